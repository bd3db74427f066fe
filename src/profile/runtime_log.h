/* SPDX-License-Identifier: MIT */
/*
 * Sums over the lines of Go's scheduler (GODEBUG=schedtrace) and scavenger
 * (scavtrace), which a log may have beside its GC cycles, and the memory limit
 * that the collector has to respect.
 */
#ifndef PROFILE_RUNTIME_LOG_H
#define PROFILE_RUNTIME_LOG_H

#include <stdint.h>

struct runtime_log {
	/* From the scheduler. A queue holds goroutines waiting for a processor; all queues are added up. */
	int64_t schedules, last_milliseconds;
	int64_t processors, threads; /* the last GOMAXPROCS; the most threads */
	int64_t queue_sum, queue_max;
	int64_t starving; /* lines with waiting goroutines and no idle processor */
	/* From the scavenger. */
	int64_t releases, forced_releases, released; /* bytes returned to the system */
	int64_t held, used_percent; /* bytes, and how much of them is in use, on the last line */
	int64_t memory_limit;       /* GOMEMLIMIT in bytes; 0: not printed */
};

#endif
