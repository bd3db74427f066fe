/* SPDX-License-Identifier: MIT */
#include "ui/session/task_part.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "ui/session/session.h"
#include "ui/session/session_model.h"

struct part_task {
	struct task task;
	bool for_next; /* the part belongs to the next view, else to the one on the screen */
	struct derived_wish wish;
	struct derived base; /* the parts made so far; still owned by the session or by `doomed` */
	struct derived doomed; /* of a view that nobody waits for; read until the thread ends */
	struct derived made;
	bool good;
	struct error error;
};

static void run(struct task *task, struct progress *progress)
{
	struct part_task *part = (struct part_task *)task;

	part->good = derived_build(&part->made, &part->base, &part->wish, &part->error);
	if (part->made.view)
		part->made.view->cancelled = &progress->cancelled;
}

static enum session_news absorb(struct session *session, struct task *task)
{
	struct part_task *part = (struct part_task *)task;

	if (!part->good) {
		session_error(session, &part->error);
		if (part->for_next)
			session_return_to_shown(session);
		else
			session->failed |= part->wish.part;
		return session_fail(session);
	}
	derived_absorb(part->for_next ? &session->next : &session->shown, &part->made);
	session->generation++;
	if (!part->for_next) {
		session->sandwiches += part->wish.part == PART_SANDWICH;
		session->trees += part->wish.part == PART_TREE;
	}
	return SESSION_CHANGED;
}

static void free_part(struct task *task)
{
	struct part_task *part = (struct part_task *)task;

	derived_clear(&part->made);
	derived_clear(&part->doomed);
	view_spec_clear(&part->wish.spec);
	free((char *)part->wish.unit);
	free(part);
}

/* The thread reads these parts until it is done. */
static void detach(struct session *session, struct task *task)
{
	struct part_task *part = (struct part_task *)task;

	if (!part->for_next)
		return;
	part->doomed = session->next;
	session->next = (struct derived){0};
}

const struct task_kind task_part = {
	.run = run,
	.absorb = absorb,
	.free = free_part,
	.detach = detach,
};

struct task *task_part_new(struct session *session, bool for_next, unsigned missing)
{
	struct part_task *part = alloc_zero(1, sizeof(*part));
	struct derived_wish *wish = &part->wish;

	part->task.kind = &task_part;
	part->for_next = for_next;
	part->base = for_next ? session->next : session->shown;
	/* What is shown may still be of the file as it was before it was read again. */
	wish->profile = !for_next && session->retired ? session->retired : session->profile;
	wish->part = PART_VIEW;
	while (!(missing & wish->part))
		wish->part *= 2;
	view_spec_copy(&wish->spec, &session->settings.view);
	if (wish->part == PART_SANDWICH)
		wish->centre = for_next ? session_next_centre(session) : session->spot.centre;
	wish->drop_negative = session->settings.report.drop_negative;
	wish->count_once = session->settings.report.count_once;
	wish->unit = alloc_text(session->settings.report.unit);
	return &part->task;
}

bool task_part_is_other_sandwich(const struct session *session, node_id centre)
{
	const struct part_task *part = (const struct part_task *)session->task;

	return task_is(session, &task_part) && !part->for_next &&
	       part->wish.part == PART_SANDWICH && part->wish.centre != centre;
}
