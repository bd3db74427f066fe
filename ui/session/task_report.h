/* SPDX-License-Identifier: MIT */
/* Writes a report as text. */
#ifndef UI_SESSION_TASK_REPORT_H
#define UI_SESSION_TASK_REPORT_H

#include "ui/session/report_job.h"
#include "ui/session/task.h"

extern const struct task_kind task_report;

/* Takes the report over. */
struct task *task_report_new(struct report_job *report);

#endif
