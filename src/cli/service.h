/* SPDX-License-Identifier: MIT */
/*
 * What a running service offers: the index of Go's net/http/pprof, or the handlers of gperftools,
 * which have none. Reading it takes some small requests and captures nothing.
 */
#ifndef CLI_SERVICE_H
#define CLI_SERVICE_H

#include "base/job.h"
#include "source/fetch.h"

struct service_profile {
	char *name;        /* the last element of its path */
	char *path;        /* to ask for */
	int64_t count;     /* of records there are now; -1: unknown */
	const char *about; /* what it is, in a few words */
	const char
		*off; /* why there is nothing in it and how that is switched on; NULL: it is on */
	bool timed;   /* is captured for some seconds */
	bool delta;   /* with seconds it is what changed in that time */
	bool text;    /* no profile: something to read */
};

struct service {
	char *location;     /* as it was named, without a password */
	char *command_line; /* of the process, words apart by blanks; "" if it is not told */
	struct service_profile *profiles;
	size_t count, capacity;
	bool is_store; /* a path is TYPE{SELECTOR} */
};

/* The seconds that a capture takes if nobody says otherwise. */
#define SERVICE_SECONDS 30

/* True if a location is a server without a path, or a store without a type: what is there must be asked for. */
bool service_is_bare(const char *location);

/* False with an error that begins with the location. */
bool service_read(const char *location, const struct fetch_options *options,
		  struct progress *progress, struct service *service, struct error *error);
void service_clear(struct service *service);

/* Of which capture. */
enum service_capture {
	CAPTURE_ONLY,
	CAPTURE_BEFORE, /* of two whose difference is shown */
	CAPTURE_AFTER,
};

/*
 * Adds the location to capture a profile from; seconds 0: a snapshot, the default of a timed one, or
 * the range of a store that its location names. The two of a difference are told apart by what is
 * behind "#", which servers do not see; of a store they are two ranges.
 */
void service_location(const struct service *service, const struct service_profile *profile,
		      int64_t seconds, enum service_capture which, struct text *location);

/* Adds the list as lines of text. */
void service_print(const struct service *service, struct text *text);

#endif
