/* SPDX-License-Identifier: MIT */
/*
 * Big walks on all cores: the work is cut into slices, each slice sums for
 * itself, and the caller adds the sums up in the order of the slices, so that
 * the result does not depend on who ran when.
 */
#ifndef BASE_PARALLEL_H
#define BASE_PARALLEL_H

#include <stdint.h>

#define PARALLEL_LIMIT 4 /* slices; walks soon wait for memory, not for cores */

/* How many slices `steps` small steps are worth: 1 ... PARALLEL_LIMIT. */
unsigned parallel_slices(uint64_t steps);

/* The same for tasks that are each worth a thread. Tasks that wait for others may be more. */
unsigned parallel_tasks(unsigned tasks);

/*
 * Calls run(context, i) for all i < slices, at the same time where it can,
 * and returns when all are done. run must not end the program or the thread.
 */
void parallel_run(unsigned slices, void (*run)(void *context, unsigned slice), void *context);

/* Where slice i of `count` items begins; slice i ends where i + 1 begins. */
static inline uint32_t parallel_start(uint32_t count, unsigned slices, unsigned i)
{
	return (uint32_t)((uint64_t)count * i / slices);
}

#endif
