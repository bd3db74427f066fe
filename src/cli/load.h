/* SPDX-License-Identifier: MIT */
/* From the words of a command line to the profile that everything shows. */
#ifndef CLI_LOAD_H
#define CLI_LOAD_H

#include "base/job.h"
#include "profile/profile.h"
#include "transform/redact.h"

struct request;

/* What one file of several was, before it was merged with the others. */
struct load_note {
	bool read; /* it could be */
	int64_t time_nanos, duration_nanos;
	uint32_t type_count;
	struct load_total {
		char *type, *unit;
		int64_t total;
	} * totals; /* by sample type */
};

void load_note_clear(struct load_note *note);

/*
 * Reads the profiles of a request and applies what holds for every view of
 * them. progress may be NULL; NULL with an error that names the file. Safe to
 * run as a job: reads the request, changes nothing. notes: NULL, or one for
 * each location and one for the base, which tell afterwards what was read.
 */
struct profile *load_profile(const struct request *request, struct load_note *notes,
			     struct progress *progress, struct error *error);

/*
 * True if a profile that was read with request->names_later has addresses whose binaries were not
 * asked: read it again without.
 */
bool load_names_wait(const struct request *request, const struct profile *profile);

/* Can it be read twice? Pipes and servers cannot. */
bool load_repeats(const struct request *request);

/* The rules of -redact and -redact-rules; NULL with an error that names file and line. */
struct redact_rules *load_redact_rules(const struct request *request, struct error *error);

/*
 * Reads the profiles of a request each by itself, with all that load_profile
 * applies, into profiles[location_count], each to be freed. progress may be
 * NULL. False with an error if one cannot be read; then there are none.
 */
bool load_each(const struct request *request, struct profile **profiles, struct progress *progress,
	       struct error *error);

/*
 * What the profiles are called where people see it: their paths, without the
 * secrets that redaction finds there. [location_count] texts, each to be freed;
 * NULL with an error.
 */
char **load_names(const struct request *request, struct error *error);

#endif
