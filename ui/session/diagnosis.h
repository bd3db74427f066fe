/* SPDX-License-Identifier: MIT */
/*
 * What -diagnose says of all the files of a command line, each by itself: the
 * same rules, filters and limits. Files are read anew for it unless there is
 * only one, so that nothing but the list of files holds several of them.
 */
#ifndef UI_SESSION_DIAGNOSIS_H
#define UI_SESSION_DIAGNOSIS_H

#include "base/error.h"
#include "base/job.h"
#include "diagnose/finding.h"
#include "profile/profile.h"

struct request;

struct diagnosis {
	char **names; /* what it calls the files: without directory and ending */
	bool *logs;   /* which of them are logs of the collector */
	uint32_t count;
	struct findings findings;
	bool failed; /* then `error` is all there is */
	struct error error;
};

/* Everything is borrowed but the thresholds, which the wish owns. */
struct diagnosis_wish {
	const struct request *request;
	char *const *files;         /* what they are called elsewhere */
	const struct profile *only; /* what is explored: all there is if there is one file */
	char *thresholds;           /* as -threshold has them */
};

/* Safe to run as a job; never NULL. Free with diagnosis_free, which takes NULL. */
struct diagnosis *diagnosis_new(const struct diagnosis_wish *wish, struct progress *progress);
void diagnosis_free(struct diagnosis *diagnosis);

#endif
