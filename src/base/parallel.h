/* SPDX-License-Identifier: MIT */
/*
 * Runs long loops on all cores: the work is cut into slices, each slice has its
 * own sums, and the caller adds them up in the order of the slices, so the
 * result does not depend on scheduling.
 */
#ifndef BASE_PARALLEL_H
#define BASE_PARALLEL_H

#include <stdint.h>

#define PARALLEL_LIMIT 4 /* slices; loops soon become bound by memory, not by cores */

/* The number of slices that pays for `steps` small steps: 1 ... PARALLEL_LIMIT. */
unsigned parallel_slices(uint64_t steps);

/* The number of slices for tasks that are each worth a thread; tasks that wait may be more. */
unsigned parallel_tasks(unsigned tasks);

/*
 * Calls run(context, i) for all i < slices, concurrently if possible, and
 * returns when all are done. `run` must not end the program or the thread.
 */
void parallel_run(unsigned slices, void (*run)(void *context, unsigned slice), void *context);

/* The first item of slice i of `count` items; slice i ends where i + 1 begins. */
static inline uint32_t parallel_start(uint32_t count, unsigned slices, unsigned i)
{
	return (uint32_t)((uint64_t)count * i / slices);
}

#endif
