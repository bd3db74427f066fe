/* SPDX-License-Identifier: MIT */
#include "ui/session/session_model.h"

#include "ui/session/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ui/session/task_diagnosis.h"

unsigned session_parts(const struct session *session)
{
	return derived_parts(&session->shown) | (session->diagnosis ? PART_DIAGNOSIS : 0u);
}

unsigned session_current_parts(const struct session *session)
{
	const struct sandwich *sandwich = session->shown.sandwich;
	unsigned parts = session_parts(session);

	return sandwich && sandwich->node != session->spot.centre ? parts & ~(unsigned)PART_SANDWICH
								  : parts;
}

void session_drop_next(struct session *session)
{
	task_drop(session);
	derived_clear(&session->next);
}

/* The keys change the type by its number; a file that is read again is asked for it by name. */
void session_name_type(struct session *session)
{
	const struct profile *profile = session->profile;
	uint32_t type = session->settings.view.value_type;

	if (!profile || type >= profile->type_count)
		return;
	free(session->settings.sample_index);
	session->settings.sample_index =
		alloc_text(profile_text(profile, profile->types[type].type));
}

void session_ask(struct session *session, const struct view_spec *spec, const struct place *place)
{
	struct view_spec copy;

	session_depart(session, place);
	view_spec_copy(&copy, spec);
	view_spec_clear(&session->settings.view);
	session->settings.view = copy;
	/* A file that was read again may have fewer types. */
	if (session->profile && copy.value_type >= session->profile->type_count)
		session->settings.view.value_type = session_default_type(session, session->profile);
	session_name_type(session);
	session_drop_next(session);
	session->changing = true;
}

void session_show_next(struct session *session)
{
	session_keep_moves(session);
	derived_clear(&session->shown);
	if (session->retired)
		profile_free(session->retired);
	session->retired = NULL;
	session->shown = session->next;
	session->seen = session->loaded;
	session->next = (struct derived){0};
	session->changing = false;
	session->failed = 0;
	session->generation++;
	session->sandwiches++;
	session->trees++;
	session_format(session);
	place_find_nodes(&session->place, &session->shown, &session->spot);
	session->frame_sought = false;
	session->place_waits = true;
	session_warn_of_misses(session);
	if (session->history)
		history_note(session->history, &session->shown, session->captured);
	session->captured = false;
}

/* The new view cannot be had, or nobody waits for it: what is shown holds again. */
void session_return_to_shown(struct session *session)
{
	struct view_spec spec;

	session_drop_next(session);
	session->changing = false;
	if (!session->shown.view)
		return;
	view_spec_copy(&spec, &session->shown.view->spec);
	view_spec_clear(&session->settings.view);
	session->settings.view = spec;
	session_name_type(session);
	session_give_up(session);
}

/* What is shown stays; without anything shown there is nothing left to do. */
enum session_news session_fail(struct session *session)
{
	session->load_failed = !session->shown.view;
	return session->load_failed ? SESSION_FAILED : SESSION_CHANGED;
}

void session_format(struct session *session)
{
	if (session->shown.table)
		derived_format(&session->shown, &session->settings.report, &session->format);
}

void session_change_report(struct session *session)
{
	if (session->changing)
		session_drop_next(session);
	else
		task_drop(session);
	derived_drop_report_parts(&session->shown);
	session_forget_diagnosis(session);
	/* Labels that are frames have their unit in their names. */
	if (session->shown.tagged && !session->changing) {
		session_depart(session, NULL);
		session->changing = true;
	}
	session->generation++;
}

void session_forget_diagnosis(struct session *session)
{
	if (task_is(session, &task_diagnosis))
		task_drop(session);
	diagnosis_free(session->diagnosis);
	session->diagnosis = NULL;
}
