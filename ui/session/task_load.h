/* SPDX-License-Identifier: MIT */
/* Reads the files that a session asks for as one profile. */
#ifndef UI_SESSION_TASK_LOAD_H
#define UI_SESSION_TASK_LOAD_H

#include "ui/session/task.h"

extern const struct task_kind task_load;

/* Of session->asked. */
struct task *task_load_new(const struct session *session);

#endif
