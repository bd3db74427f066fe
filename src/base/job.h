/* SPDX-License-Identifier: MIT */
/*
 * Background work: a thread, a progress counter that both sides may read, a way
 * to cancel, and a file descriptor that can be polled for completion.
 */
#ifndef BASE_JOB_H
#define BASE_JOB_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* Shared between a worker and its watcher. All zero to begin with. */
struct progress {
	_Atomic uint64_t done, total; /* in bytes of input; total 0: unknown */
	atomic_bool cancelled; /* set by the watcher; the worker then soon stops with an error */
	_Atomic int64_t begun_ms, expected_ms; /* a capture, by CLOCK_MONOTONIC; 0: none */
};

struct job;

/* Calls run(argument, progress) on a new thread. `progress` must outlive the job. */
struct job *job_start(void *(*run)(void *argument, struct progress *progress), void *argument,
		      struct progress *progress);

/* A descriptor that becomes readable when the job has ended. */
int job_descriptor(const struct job *job);

/* Waits for the job to end, frees it and returns what `run` returned. */
void *job_join(struct job *job);

#endif
