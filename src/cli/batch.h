/* SPDX-License-Identifier: MIT */
/*
 * Commands on standard input, run as pprof's shell runs them, prompt included:
 *
 *     echo "top10 -cum" | ncprof cpu.pb.gz
 */
#ifndef CLI_BATCH_H
#define CLI_BATCH_H

#include <stdio.h>

#include "setting/options.h"

/*
 * Runs all lines of `in` until its end or "quit". Errors go to standard error
 * and do not end the run. Returns the number of commands that were there; 0
 * means that nothing was written.
 */
int batch_run(FILE *in, struct settings *settings, const struct profile *profile);

#endif
