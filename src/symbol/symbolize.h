/* SPDX-License-Identifier: MIT */
/*
 * Names, files and lines for the addresses of a profile, from the binaries of
 * this machine: what pprof does with llvm-symbolizer (internal/symbolizer,
 * driver/fetch.go), in the same order and with the same messages, but without a
 * tool. Each binary is read in a process of its own, within limits of time and
 * memory: a broken one is a message, and its addresses stay.
 */
#ifndef SYMBOL_SYMBOLIZE_H
#define SYMBOL_SYMBOLIZE_H

#include "base/job.h"
#include "base/text.h"
#include "profile/profile.h"

struct symbolize_options {
	bool fast;            /* names from symbol tables alone */
	bool force;           /* also mappings that have names */
	const char *binary;   /* of the first mapping; "": as the profile has it */
	const char *build_id; /* of the first mapping if it has none; "" */
};

/*
 * Finds the binaries of all mappings: their files are replaced by what is found
 * in PPROF_BINARY_PATH, and by options->binary. messages: lines for a person.
 */
void symbolize_locate(struct profile *profile, const struct symbolize_options *options,
		      struct text *messages);

/*
 * Names the locations of a profile that was just loaded and that nobody else
 * reads yet; it is changed in place. Functions have their linkage names: demangle
 * them next. progress: NULL, or what cancels it; then some are left as they were.
 */
void symbolize_local(struct profile *profile, const struct symbolize_options *options,
		     struct text *messages, const struct progress *progress);

/*
 * True if a binary of this machine is to be asked for names: symbolize_local may take seconds then.
 * After symbolize_locate.
 */
bool symbolize_waits(const struct profile *profile, const struct symbolize_options *options);

#endif
