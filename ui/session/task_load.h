/* SPDX-License-Identifier: MIT */
/* Reads the files that a session asks for as one profile. */
#ifndef UI_SESSION_TASK_LOAD_H
#define UI_SESSION_TASK_LOAD_H

#include "base/error.h"
#include "ui/session/task.h"

struct profile;

extern const struct task_kind task_load;

/* Of session->asked. */
struct task *task_load_new(const struct session *session);

/*
 * Takes a profile that was loaded otherwise as the one that is explored; nothing may run. False with
 * an error; it is freed then.
 */
bool session_take_profile(struct session *session, struct profile *profile, struct error *error);

#endif
