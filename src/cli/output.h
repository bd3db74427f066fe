/* SPDX-License-Identifier: MIT */
/*
 * Where a report goes: a file or standard output. Up to some megabyte is held
 * back, so that a report that fails early leaves nothing behind; what is
 * longer goes straight through. To a terminal it goes as a whole, made safe.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/error.h"

struct output;

/*
 * file: "" for standard output. extension: of a report that is not for
 * terminals, which goes to a new file if standard output is one; NULL for text.
 * Both must outlive the output. *stream is what to write to, for output_close to
 * close.
 */
struct output *output_open(const char *file, const char *extension, FILE **stream,
			   struct error *error);

/*
 * Sends what is held back if `good`; if not, a file that has been started is
 * removed and *error stays. True if all has arrived.
 */
bool output_close(struct output *output, bool good, struct error *error);

/* What to do about errno after a write that failed. */
const char *output_remedy(void);

/* Makes a new file profileNNN.EXTENSION in the current folder. Its name is from malloc; NULL: an error. */
char *output_new_file(const char *extension, struct error *error);

#endif
