/* SPDX-License-Identifier: MIT */
/* Runs other programs: bytes in, bytes out. No shell is involved. */
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
	PROCESS_FAILED,  /* it could not be run or did not exit with status 0: see the error */
};

/*
 * Runs argv[0], which is looked up in PATH, with `input` as its standard input,
 * and appends its standard output to `output`. Its standard error is used only
 * for the error message if it fails.
 */
enum process_result process_run(const char *const *argv, const char *input, size_t length,
				struct text *output, struct error *error);

/*
 * Starts argv[0], which is looked up in PATH, with the given descriptors as 0, 1
 * and 2, no signals blocked and the default action for SIGPIPE. Returns 0, or an
 * error number if no child was started. The caller waits for the child.
 */
int process_spawn(const char *const *argv, const int descriptors[3], pid_t *child);

#endif
