/* SPDX-License-Identifier: MIT */
#include "ui/session/task_report.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "ui/session/session.h"

struct report_task {
	struct task task;
	struct report_job *report; /* NULL: taken */
};

static void run(struct task *task, struct progress *progress)
{
	report_job_run(((struct report_task *)task)->report, progress);
}

static enum session_news absorb(struct session *session, struct task *task)
{
	struct report_task *report = (struct report_task *)task;

	if (atomic_load(&session->progress.cancelled))
		return SESSION_CHANGED;
	report_job_free(session->written);
	session->written = report->report;
	report->report = NULL;
	return SESSION_CHANGED;
}

static void free_report(struct task *task)
{
	report_job_free(((struct report_task *)task)->report);
	free(task);
}

const struct task_kind task_report = {
	.run = run,
	.absorb = absorb,
	.free = free_report,
	.lasts = true,
	.stops = true,
};

struct task *task_report_new(struct report_job *report)
{
	struct report_task *task = alloc_zero(1, sizeof(*task));

	task->task.kind = &task_report;
	task->report = report;
	return &task->task;
}
