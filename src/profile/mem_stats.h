/* SPDX-License-Identifier: MIT */
/* The trailer "# runtime.MemStats" of Go's heap profiles in text form, in bytes and nanoseconds. */
#ifndef PROFILE_MEM_STATS_H
#define PROFILE_MEM_STATS_H

#include <stdint.h>

/* The number of cycles whose pauses the runtime keeps. */
#define MEM_STATS_PAUSES 256

struct mem_stats {
	int64_t total_alloc, heap_alloc, heap_objects, next_gc, last_gc, cycles, forced_cycles;
	int64_t max_rss;                  /* 0: unknown */
	double gc_cpu_fraction;           /* of all CPU since the program started */
	int64_t pauses[MEM_STATS_PAUSES]; /* of cycle k, from 1: [(k - 1) % MEM_STATS_PAUSES] */
};

#endif
