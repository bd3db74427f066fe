/* SPDX-License-Identifier: MIT */
/*
 * What is read and shown, and what is to be shown next: the steps between them
 * that session.c and the tasks share. None of them starts a task; session.c
 * does that when a step is over.
 *
 *	session_ask        settings.view is what is wanted, nothing of it is built
 *	  task_part ...    `next` gets its parts one by one
 *	session_show_next  `next` becomes `shown`
 *	session_return_to_shown instead: settings.view is that of `shown` again
 */
#ifndef UI_SESSION_SESSION_MODEL_H
#define UI_SESSION_SESSION_MODEL_H

#include "ui/session/session.h"

/* Wants another spec, to be at `place` in it; NULL: where we are. */
void session_ask(struct session *session, const struct view_spec *spec, const struct place *place);

/* Forgets what was built of the next view. */
void session_drop_next(struct session *session);

/* The next view has what the screen needs. */
void session_show_next(struct session *session);

/* The new view cannot be had, or nobody waits for it. */
void session_return_to_shown(struct session *session);

/* Something cannot be had. What is shown stays; without anything shown there is nothing left to do. */
enum session_news session_fail(struct session *session);

/* Keeps the name of the sample type that was chosen by its number: a file is asked for it by name. */
void session_name_type(struct session *session);

#endif
