/* SPDX-License-Identifier: MIT */
/* Another program as a function: bytes in, bytes out. No shell is involved. */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"
#include "base/text.h"

enum process_result {
	PROCESS_GOOD,
	PROCESS_MISSING, /* there is no such program */
	PROCESS_FAILED,  /* it could not be run or did not exit with 0: see error */
};

/*
 * Runs argv[0], which is looked for in PATH, with `input` as its standard
 * input, and adds what it writes to standard output to `output`. What it says
 * on standard error is only used for the message when it fails.
 */
enum process_result process_run(const char *const *argv, const char *input, size_t length,
				struct text *output, struct error *error);

/*
 * Starts argv[0], which is looked for in PATH, with these as its descriptors 0,
 * 1 and 2, no signal blocked and SIGPIPE at its default. Returns 0, or an error
 * number if there is no child; the caller waits for it.
 */
int process_spawn(const char *const *argv, const int descriptors[3], pid_t *child);

#endif
