/* SPDX-License-Identifier: MIT */
#include "ui/session/task_load.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "cli/load.h"
#include "cli/request.h"
#include "ui/session/session.h"
#include "ui/session/session_model.h"

struct load_task {
	struct task task;
	struct request request; /* borrowed from the session's */
	char range[64];         /* its range of time, if the session has one */
	struct file_selection comparison;
	struct load_note *notes; /* one for each location and for the base; NULL: taken */
	struct profile *profile; /* NULL: `error` says why */
	struct error error;
};

static void run(struct task *task, struct progress *progress)
{
	struct load_task *load = (struct load_task *)task;

	load->profile = load_profile(&load->request, load->notes, progress, &load->error);
}

bool session_take_profile(struct session *session, struct profile *profile, struct error *error)
{
	struct arrival *arrival = &session->arrival;
	bool arrives = arrival->waits, first;

	if (session->profile && !session_same_types(session->profile, profile))
		session_forget_undo(session);
	/* Nothing else of the settings changes: formats of what is shown point into them. */
	if (!session_choose_type(session, profile, &session->settings, error)) {
		profile_free(profile);
		return error_wrap(error, "%s", session_location(session));
	}
	if (session->retired) {
		/* Read twice before the first was shown. */
		derived_clear(&session->next);
		profile_free(session->profile);
	} else {
		session->retired = session->profile;
	}
	session->profile = profile;
	if (profile->warning_count)
		session_message(session, "%s", profile->warnings[0]);
	session_check_sum(session);
	first = !session->undo.count;
	session_ask(session, &session->settings.view, arrives ? &arrival->place : NULL);
	if (arrives || first)
		session_note(session);
	session_note_files(session);
	session_forget_arrival(session);
	return true;
}

static enum session_news absorb(struct session *session, struct task *task)
{
	struct load_task *load = (struct load_task *)task;
	struct profile *profile = load->profile;

	session_take_notes(session, &load->comparison, load->notes);
	load->notes = NULL;
	load->profile = NULL;
	/* What was said of names is no news any more. */
	if (session->names_now)
		session->message[0] = '\0';
	session->names_now = false;
	session->names_wait = profile && load_names_wait(&load->request, profile);
	if (profile && session_take_profile(session, profile, &load->error)) {
		session->loaded = load->comparison;
		return SESSION_CHANGED;
	}
	if (!session->shown.view && !atomic_load(&session->progress.cancelled) &&
	    session_choose_first(session, &load->comparison)) {
		session->reload = true;
		return SESSION_CHANGED;
	}
	if (!session->reload) {
		session_give_up_files(session);
		session_forget_arrival(session);
	}
	session_error(session, &load->error);
	return session_fail(session);
}

static void free_load(struct task *task)
{
	struct load_task *load = (struct load_task *)task;

	for (int i = 0; load->notes && i <= load->request.location_count; i++)
		load_note_clear(&load->notes[i]);
	free(load->notes);
	if (load->profile)
		profile_free(load->profile);
	free(load);
}

const struct task_kind task_load = {
	.run = run,
	.absorb = absorb,
	.free = free_load,
	.lasts = true,
	.stops = true,
};

struct task *task_load_new(const struct session *session)
{
	struct load_task *load = alloc_zero(1, sizeof(*load));

	load->task.kind = &task_load;
	load->comparison = session->asked;
	file_selection_request(&load->comparison, session->request, &load->request);
	load->request.names_later = !session->names_now && load_repeats(&load->request);
	if (*session->range) {
		memcpy(load->range, session->range, sizeof(load->range));
		load->request.range = load->range;
	}
	load->notes = alloc_zero((size_t)load->request.location_count + 1, sizeof(*load->notes));
	return &load->task;
}
