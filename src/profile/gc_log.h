/* SPDX-License-Identifier: MIT */
/*
 * A GC log (GODEBUG=gctrace=1) as a profile: each cycle is a sample and each
 * field a value type, so a log is just columns of a profile, whatever file it
 * came from. Times are in nanoseconds, sizes in bytes.
 */
#ifndef PROFILE_GC_LOG_H
#define PROFILE_GC_LOG_H

#include "profile/profile.h"

enum gc_column {
	GC_CYCLES, /* always 1: -mean divides by it */
	GC_PAUSE,  /* the world was stopped */
	GC_SWEEP_TERMINATION,
	GC_MARK, /* while the program ran */
	GC_MARK_TERMINATION,
	GC_CPU,        /* of all but idle marking */
	GC_STOP_CPU,   /* all processors, during pauses */
	GC_ASSIST_CPU, /* marking done by allocating goroutines */
	GC_BACKGROUND_CPU,
	GC_IDLE_CPU,
	GC_START,   /* since the program started */
	GC_NUMBER,  /* of the cycle, from 1 */
	GC_FORCED,  /* 1: runtime.GC or debug.FreeOSMemory */
	GC_PERCENT, /* of CPU since the program started, as printed */
	GC_HEAP_START,
	GC_HEAP_END,
	GC_LIVE_HEAP, /* marked */
	GC_GOAL,      /* of this cycle */
	GC_STACKS,    /* 0 before Go 1.18 */
	GC_GLOBALS,
	GC_PROCESSORS,
	GC_COLUMN_COUNT,
};

/* Type and unit of each column in the profile. */
extern const struct gc_column_name {
	const char *type, *unit;
} gc_columns[GC_COLUMN_COUNT];

struct gc_log {
	uint32_t count;
	const int64_t *columns[GC_COLUMN_COUNT]; /* [column][cycle], of the profile */
};

/* Returns false if the profile is not a GC log. */
bool gc_log_find(const struct profile *profile, struct gc_log *log);

#endif
