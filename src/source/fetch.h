/* SPDX-License-Identifier: MIT */
/* From the address of a profile to its bytes, which a server sends. */
#ifndef SOURCE_FETCH_H
#define SOURCE_FETCH_H

#include "source/http.h"
#include "source/passwords.h"
#include "source/stream.h"

/* The default of the limit of an answer, in bytes. */
#define FETCH_LIMIT ((uint64_t)4 << 30)

enum fetch_news {
	FETCH_STEP,   /* as pprof says it */
	FETCH_FAILED, /* one of several sources; the others go on */
};

struct fetch_options {
	struct http_options http;
	int64_t seconds, timeout;    /* in s; 0: not given */
	struct passwords *passwords; /* NULL: none are hidden */
	struct captures
		*captures;      /* what was captured is read from there; NULL: nowhere is it kept */
	struct captures *stage; /* where copies go instead; NULL: to `captures` */
	bool anew;              /* whatever is kept, servers are asked */
	/* Told of what takes long before it begins, and of what failed; by several threads. May be NULL. */
	void (*say)(enum fetch_news news, const char *line);
};

/* A capture begins that takes so long; 0: nobody knows. progress may be NULL. */
void fetch_begin(struct progress *progress, int64_t seconds);

/* Adds how far a capture is: "12 s of 30 s, "; "" if none runs. */
void fetch_print_progress(const struct progress *progress, struct text *text);

/*
 * The address that is asked for a location, with its password and -seconds. False if it is none.
 */
bool fetch_address(const char *location, const struct fetch_options *options,
		   struct address *address);

/* How long the whole exchange may take: -timeout, else 1.5 times the seconds, else 60 s; and 5 s more. */
int64_t fetch_timeout_ms(const struct fetch_options *options, const struct address *address);

/*
 * Opens an address, of which `capture` (NULL: none) keeps a copy. NULL with an error that does not
 * repeat the location.
 */
struct stream *fetch_open(const char *location, const struct fetch_options *options,
			  struct capture *capture, struct progress *progress, struct error *error);

/*
 * Sends `body`, or asks with GET if it is NULL, and adds the whole answer, of at most `limit`
 * bytes, to `answer`.
 */
bool fetch_text(const struct address *address, const struct fetch_options *options,
		const char *content_type, const struct text *body, uint64_t limit,
		struct progress *progress, struct text *answer, struct error *error);

#endif
