/* SPDX-License-Identifier: MIT */
/*
 * What the scheduler (GODEBUG=schedtrace) and the scavenger (scavtrace) of Go
 * say in a log, added up: they come beside the cycles of the collector. And the
 * memory limit that the collector has to keep.
 */
#ifndef PROFILE_RUNTIME_LOG_H
#define PROFILE_RUNTIME_LOG_H

#include <stdint.h>

struct runtime_log {
	/* Lines of the scheduler. A queue is of goroutines that wait for a processor, all queues together. */
	int64_t schedules, last_milliseconds;
	int64_t processors, threads; /* the last GOMAXPROCS; the most threads */
	int64_t queue_sum, queue_max;
	int64_t starving; /* lines with a queue and without an idle processor */
	/* Lines of the scavenger. */
	int64_t releases, forced_releases, released; /* bytes given back to the system */
	int64_t held, used_percent; /* bytes; how much of them is in use; of the last line */
	int64_t memory_limit;       /* GOMEMLIMIT in bytes, if the program prints it; 0 */
};

#endif
