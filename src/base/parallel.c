/* SPDX-License-Identifier: MIT */
#include "base/parallel.h"

#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/thread.h"

/* A thread costs some 50 microseconds; this many steps take a millisecond. */
#define STEPS_WORTH_A_SLICE ((uint64_t)512 * 1024)

struct slice {
	pthread_t thread;
	bool threaded;
	unsigned number;
	void (*run)(void *context, unsigned slice);
	void *context;
};

unsigned parallel_tasks(unsigned tasks)
{
	long online;

	if (tasks <= 1)
		return 1;
	online = sysconf(_SC_NPROCESSORS_ONLN);
	if (tasks > PARALLEL_LIMIT)
		tasks = PARALLEL_LIMIT;
	return online < 1 ? 1 : online < (long)tasks ? (unsigned)online : tasks;
}

unsigned parallel_slices(uint64_t steps)
{
	uint64_t worth = steps / STEPS_WORTH_A_SLICE;

	return parallel_tasks(worth > PARALLEL_LIMIT ? PARALLEL_LIMIT : (unsigned)worth);
}

static void *run_slice(void *argument)
{
	const struct slice *slice = argument;

	slice->run(slice->context, slice->number);
	return NULL;
}

void parallel_run(unsigned slices, void (*run)(void *context, unsigned slice), void *context)
{
	struct slice *others = alloc_zero(slices, sizeof(*others));

	for (unsigned i = 1; i < slices; i++) {
		others[i] = (struct slice){.number = i, .run = run, .context = context};
		others[i].threaded = thread_start(&others[i].thread, run_slice, &others[i]) == 0;
	}
	run(context, 0);
	for (unsigned i = 1; i < slices; i++) {
		if (others[i].threaded)
			pthread_join(others[i].thread, NULL);
		else
			run(context, i); /* no thread could be had */
	}
	free(others);
}
