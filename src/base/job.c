/* SPDX-License-Identifier: MIT */
#include "base/job.h"

#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/thread.h"

struct job {
	pthread_t thread;
	int descriptor;
	bool inline_run; /* no thread could be had: the work was done at once */
	void *(*run)(void *argument, struct progress *progress);
	void *argument;
	struct progress *progress;
	void *result;
};

static void *run_job(void *argument)
{
	struct job *job = argument;

	job->result = job->run(job->argument, job->progress);
	eventfd_write(job->descriptor, 1);
	return NULL;
}

struct job *job_start(void *(*run)(void *argument, struct progress *progress), void *argument,
		      struct progress *progress)
{
	struct job *job = alloc_zero(1, sizeof(*job));

	job->run = run;
	job->argument = argument;
	job->progress = progress;
	job->descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	job->inline_run = thread_start(&job->thread, run_job, job) != 0;
	if (job->inline_run)
		run_job(job);
	return job;
}

int job_descriptor(const struct job *job)
{
	return job->descriptor;
}

void *job_join(struct job *job)
{
	void *result;

	if (!job->inline_run)
		pthread_join(job->thread, NULL);
	result = job->result;
	close(job->descriptor);
	free(job);
	return result;
}
