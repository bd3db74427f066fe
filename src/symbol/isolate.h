/* SPDX-License-Identifier: MIT */
/*
 * Work on data that may be hostile, in a process of its own: it may crash, loop
 * or eat memory, and what it had written before still counts.
 */
#ifndef SYMBOL_ISOLATE_H
#define SYMBOL_ISOLATE_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/job.h"

struct isolate_limits {
	uint64_t memory;  /* bytes beyond what the program has */
	unsigned seconds; /* by the clock */
};

struct isolate_work {
	/* In the child: writes what it finds to the descriptor. */
	void (*run)(void *context, int out);
	/* In the caller: takes the bytes as they come, in pieces of any size. False: enough of it. */
	bool (*take)(void *context, const char *bytes, size_t length);
	void *context;
};

/*
 * Runs the work and returns when it has ended. progress: may be NULL; when it is
 * cancelled the work is, too. False with an error that says how it ended, without
 * a name: "it took longer than 60 s".
 */
bool isolate_run(const struct isolate_work *work, const struct isolate_limits *limits,
		 const struct progress *progress, struct error *error);

#endif
