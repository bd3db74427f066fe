/* SPDX-License-Identifier: MIT */
/* Diagnoses all files. */
#ifndef UI_SESSION_TASK_DIAGNOSIS_H
#define UI_SESSION_TASK_DIAGNOSIS_H

#include "ui/session/task.h"

extern const struct task_kind task_diagnosis;

struct task *task_diagnosis_new(const struct session *session);

#endif
