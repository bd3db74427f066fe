/* SPDX-License-Identifier: MIT */
/* Builds one part of a view. */
#ifndef UI_SESSION_TASK_PART_H
#define UI_SESSION_TASK_PART_H

#include "profile/ids.h"
#include "ui/session/task.h"

extern const struct task_kind task_part;

/* The first part of those that are missing, of the next view or of the one that is shown. */
struct task *task_part_new(struct session *session, bool for_next, unsigned missing);

/* True if a task builds the sandwich of another function than this, for the view that is shown. */
bool task_part_is_other_sandwich(const struct session *session, node_id centre);

#endif
