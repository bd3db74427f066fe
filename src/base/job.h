/* SPDX-License-Identifier: MIT */
/*
 * Work in the background: one thread, a progress that both sides may read, a
 * request to stop, and a file descriptor to poll for the end.
 */
#ifndef BASE_JOB_H
#define BASE_JOB_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* Shared between a worker and whoever watches it. All zero is a fresh start. */
struct progress {
	_Atomic uint64_t done, total; /* in bytes of input; total 0: unknown */
	atomic_bool cancelled;        /* set by the watcher; the worker stops soon with an error */
};

struct job;

/* Runs run(argument, progress) on a thread of its own. progress must outlive the job. */
struct job *job_start(void *(*run)(void *argument, struct progress *progress), void *argument,
		      struct progress *progress);

/* Becomes readable when the job has ended. */
int job_descriptor(const struct job *job);

/* Waits for the end, frees the job and returns what run returned. */
void *job_join(struct job *job);

#endif
