/* SPDX-License-Identifier: MIT */
#include "ui/session/task.h"

#include <poll.h>

#include "ui/session/session.h"

#define STOP_WAIT 500 /* ms that leaving the program may take */

static void *run(void *argument, struct progress *progress)
{
	struct task *task = argument;

	task->kind->run(task, progress);
	return task;
}

void task_start(struct session *session, struct task *task)
{
	atomic_store(&session->progress.cancelled, false);
	session->task = task;
	task->job = job_start(run, task, &session->progress);
}

void task_drop(struct session *session)
{
	struct task *task = session->task;

	if (!task || task->kind->lasts || task->dropped)
		return;
	task->dropped = true;
	atomic_store(&session->progress.cancelled, true);
	if (task->kind->detach)
		task->kind->detach(session, task);
}

bool task_is(const struct session *session, const struct task_kind *kind)
{
	return session->task && session->task->kind == kind;
}

static bool has_ended(const struct task *task, int milliseconds)
{
	struct pollfd file = {.fd = job_descriptor(task->job), .events = POLLIN};

	return poll(&file, 1, milliseconds) > 0;
}

enum session_news task_advance(struct session *session, bool *ended)
{
	struct task *task = session->task;
	enum session_news news = SESSION_NOTHING;

	*ended = has_ended(task, 0);
	if (!*ended)
		return SESSION_NOTHING;
	job_join(task->job);
	session->task = NULL;
	if (!task->dropped)
		news = task->kind->absorb(session, task);
	task->kind->free(task);
	return news;
}

bool task_abandon(struct session *session)
{
	struct task *task = session->task;

	if (!task)
		return true;
	atomic_store(&session->progress.cancelled, true);
	if (!has_ended(task, STOP_WAIT))
		return false;
	job_join(task->job);
	task->kind->free(task);
	session->task = NULL;
	return true;
}
