/* SPDX-License-Identifier: MIT */
/*
 * Work of a session in the background: one task at a time, on a thread of its
 * own. What a kind of task does is one file, task_KIND.c.
 */
#ifndef UI_SESSION_TASK_H
#define UI_SESSION_TASK_H

#include "base/job.h"

struct session;
struct task;

/* What a session has to tell after a step. */
enum session_news {
	SESSION_NOTHING,
	SESSION_CHANGED, /* there is something new to draw */
	SESSION_FAILED,  /* the first view cannot be had: load_failed is set */
};

struct task_kind {
	/* Does the work. It shares nothing with the session that changes meanwhile. */
	void (*run)(struct task *task, struct progress *progress);
	/* The work has ended: the session takes what it made. Not called if the task was dropped. */
	enum session_news (*absorb)(struct session *session, struct task *task);
	/* Frees the task and what absorb has left in it. */
	void (*free)(struct task *task);
	/* Before it is dropped: keeps what the thread still reads. NULL: nothing of the session. */
	void (*detach)(struct session *session, struct task *task);
	bool lasts; /* not dropped where something else is asked for */
	bool stops; /* ^C stops it before it gives up the next view */
};

/* The first member of every task. */
struct task {
	const struct task_kind *kind;
	struct job *job;
	bool dropped; /* nobody wants the result any more */
};

/* Runs a task as the session's only one, which takes it over. */
void task_start(struct session *session, struct task *task);

/* Stops what runs unless it lasts; its result will be forgotten. */
void task_drop(struct session *session);

/* True if what runs is a task of this kind. */
bool task_is(const struct session *session, const struct task_kind *kind);

/* If the running task has ended, absorbs and frees it: *ended. */
enum session_news task_advance(struct session *session, bool *ended);

/* Waits shortly for the end and forgets the result; false if it still runs, reading what it was given. */
bool task_abandon(struct session *session);

#endif
