/* SPDX-License-Identifier: MIT */
#include "ui/session/task_diagnosis.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "ui/session/session.h"

struct diagnosis_task {
	struct task task;
	struct diagnosis_wish wish;
	struct diagnosis *diagnosis; /* NULL: taken */
};

static void run(struct task *task, struct progress *progress)
{
	struct diagnosis_task *diagnosis = (struct diagnosis_task *)task;

	diagnosis->diagnosis = diagnosis_new(&diagnosis->wish, progress);
}

static enum session_news absorb(struct session *session, struct task *task)
{
	struct diagnosis_task *diagnosis = (struct diagnosis_task *)task;

	session->diagnosis = diagnosis->diagnosis;
	diagnosis->diagnosis = NULL;
	session->generation++;
	return SESSION_CHANGED;
}

static void free_diagnosis(struct task *task)
{
	struct diagnosis_task *diagnosis = (struct diagnosis_task *)task;

	diagnosis_free(diagnosis->diagnosis);
	free(diagnosis->wish.thresholds);
	free(diagnosis);
}

const struct task_kind task_diagnosis = {
	.run = run,
	.absorb = absorb,
	.free = free_diagnosis,
	.stops = true,
};

struct task *task_diagnosis_new(const struct session *session)
{
	struct diagnosis_task *diagnosis = alloc_zero(1, sizeof(*diagnosis));

	diagnosis->task.kind = &task_diagnosis;
	diagnosis->wish = (struct diagnosis_wish){
		.request = session->request,
		.files = session->files,
		.only = session->profile,
		.thresholds = alloc_text(session->settings.report.thresholds),
	};
	return &diagnosis->task;
}
