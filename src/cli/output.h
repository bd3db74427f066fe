/* SPDX-License-Identifier: MIT */
/*
 * Where a report goes: a file, which appears whole or not at all, or standard
 * output. Up to some megabyte is held back, so that a report that fails early
 * writes nothing; what is longer goes straight through. To a terminal it goes
 * as a whole, made safe.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/error.h"

struct output;

struct output_target {
	const char *file;      /* "" for standard output */
	const char *extension; /* of a report that is not for terminals; NULL for text */
	/* It goes to a numbered file even if standard output is no terminal. */
	bool numbered;
};

/* The target's strings must outlive the output. *stream is what to write to, for output_close to close. */
struct output *output_open(const struct output_target *target, FILE **stream, struct error *error);

/*
 * Sends what is held back if `good`; if not, what has been written to a file is
 * forgotten and *error stays. True if all has arrived.
 */
bool output_close(struct output *output, bool good, struct error *error);

/* What to do about errno after a write that failed. */
const char *output_remedy(void);

#endif
