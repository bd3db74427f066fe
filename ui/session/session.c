/* SPDX-License-Identifier: MIT */
#include "ui/session/session.h"

#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "cli/request.h"
#include "ui/session/history.h"
#include "ui/session/session_model.h"
#include "ui/session/task_diagnosis.h"
#include "ui/session/task_load.h"
#include "ui/session/task_part.h"
#include "ui/session/task_report.h"

/* Bytes like pprof's are for reports; who explores wants what is right, unless told otherwise. */
static void prefer_right_answers(struct session *session)
{
	const bool *given = session->request->given;

	if (!given[option_find("corrected") - options])
		session->settings.view.corrected = true;
	if (!given[option_find("count_once") - options])
		session->settings.report.count_once = true;
}

void session_init(struct session *session, const struct request *request)
{
	*session = (struct session){
		.request = request,
		.needs = PART_VIEW | PART_TABLE,
		.first_needs = PART_VIEW | PART_TABLE,
		.spot = {.node = NONE, .centre = NONE, .frame = NONE},
	};
	settings_copy(&session->settings, &request->settings);
	prefer_right_answers(session);
	file_selection_init(&session->asked, request);
	session->loaded = session->seen = session->asked;
	session_name_files(session);
}

bool session_clear(struct session *session)
{
	if (!task_abandon(session))
		return false;
	history_free(session->history);
	derived_clear(&session->shown);
	derived_clear(&session->next);
	if (session->profile)
		profile_free(session->profile);
	if (session->retired)
		profile_free(session->retired);
	session_clear_undo(session);
	place_clear(&session->place);
	session_forget_arrival(session);
	diagnosis_free(session->diagnosis);
	session_clear_files(session);
	report_job_free(session->written);
	pattern_free(session->search);
	free(session->label_key);
	for (enum chip chip = 0; chip < CHIP_COUNT; chip++)
		free(session->chips_off[chip]);
	session_clear_notes(session);
	settings_clear(&session->settings);
	return true;
}

/* --- Tasks ---------------------------------------------------------------- */

/* Addresses are on the screen: reads the profile again, with the names that binaries have for them. */
static void ask_for_names(struct session *session)
{
	if (!session->names_wait)
		return;
	session->names_wait = false;
	session->names_now = true;
	session_message(session, "names of addresses are being read from their binaries");
	session_load(session);
}

/*
 * Starts what is missing: first what the screen needs of the next view, then
 * the rest of it. True if there is another view to draw.
 */
static bool go_on(struct session *session)
{
	bool changed = false;
	unsigned missing;

	/* Somebody has gone on to another function: its sandwich is not waited for. */
	if (task_part_is_other_sandwich(session, session->spot.centre))
		task_drop(session);
	if (session->task || !session->profile)
		return false;
	if (session->changing) {
		/* A diagnosis is of all files and outlives the view. */
		missing = session->first_needs & ~(unsigned)PART_DIAGNOSIS &
			  ~derived_parts(&session->next);
		if (missing) {
			task_start(session, task_part_new(session, true, missing));
			return false;
		}
		session_show_next(session);
		changed = true;
	}
	session_find_frames(session);
	missing =
		(session->needs | PART_GRAPH) & ~session_current_parts(session) & ~session->failed;
	if (!session->shown.view)
		return changed;
	if (!missing) {
		ask_for_names(session);
		return changed;
	}
	/* The last part of all. */
	task_start(session, missing == PART_DIAGNOSIS ? task_diagnosis_new(session)
						      : task_part_new(session, false, missing));
	return changed;
}

void session_load(struct session *session)
{
	/* What runs ends first; session_advance comes back here. */
	session->reload = session->task != NULL;
	if (session->task)
		return;
	atomic_store(&session->progress.done, 0);
	atomic_store(&session->progress.total, 0);
	task_start(session, task_load_new(session));
}

void session_set_range(struct session *session, int64_t from, int64_t to)
{
	session->range[0] = '\0';
	if (to)
		snprintf(session->range, sizeof(session->range), "%lldns:%lldns", (long long)from,
			 (long long)to);
	session_load(session);
}

bool session_write(struct session *session, struct report_job *report)
{
	struct settings *settings = &report->settings;
	struct text type = {0};

	if (session->task || !session->profile)
		return false;
	report->profile = session->profile;
	if (report->report->pairs && !*settings->report.split &&
	    session->seen.base != COMPARISON_ALL) {
		report->request = session->request;
		report->files = session->files;
		report->selection = session->seen;
	}
	/* The keys change the type by its number. */
	text_printf(&type, "%u", settings->view.value_type);
	free(settings->sample_index);
	settings->sample_index = type.bytes;
	task_start(session, task_report_new(report));
	return true;
}

int session_descriptor(const struct session *session)
{
	return session->task ? job_descriptor(session->task->job) : -1;
}

bool session_loading(const struct session *session)
{
	return task_is(session, &task_load);
}

enum session_news session_advance(struct session *session)
{
	enum session_news news = SESSION_NOTHING;
	bool ended = true;

	if (session->task)
		news = task_advance(session, &ended);
	if (!ended)
		return SESSION_NOTHING;
	/* What is to be read anew is not worth building anything from. */
	if (session->reload)
		session_load(session);
	else if (go_on(session))
		news = SESSION_CHANGED;
	return news;
}

/* --- What is asked for ---------------------------------------------------- */

bool session_compare(struct session *session, const struct file_selection *comparison)
{
	if (file_selection_reads_input(comparison, session->request)) {
		session_message(session, "standard input cannot be read again");
		return false;
	}
	session_forget_arrival(session);
	session->asked = *comparison;
	session_load(session);
	return true;
}

bool session_visit(struct session *session, const struct file_selection *comparison,
		   const struct view_spec *spec, const struct place *place)
{
	if (!session_compare(session, comparison))
		return false;
	session->arrival.waits = true;
	view_spec_copy(&session->arrival.spec, spec);
	place_copy(&session->arrival.place, place);
	return true;
}

void session_set_spec(struct session *session, const struct view_spec *spec, bool undo,
		      const struct place *place)
{
	session_ask(session, spec, place);
	go_on(session);
	if (undo)
		session_note(session);
}

/* True if parts are made with these options. */
static bool makes_other_parts(const struct report_options *a, const struct report_options *b)
{
	return strcmp(a->unit, b->unit) != 0 || a->count_once != b->count_once ||
	       a->drop_negative != b->drop_negative || strcmp(a->thresholds, b->thresholds) != 0;
}

void session_use_settings(struct session *session, struct settings *settings)
{
	bool remade = makes_other_parts(&settings->report, &session->settings.report);
	struct view_spec wanted = settings->view;

	/* No option: what was saved or written down knows nothing of it. */
	settings->report.hide_source = session->settings.report.hide_source;
	/* The view follows when it is built; everything else holds at once. */
	settings->view = session->settings.view;
	session->settings.view = (struct view_spec){0};
	settings_clear(&session->settings);
	session->settings = *settings;
	if (!view_spec_equal(&wanted, &session->settings.view))
		session_set_spec(session, &wanted, false, NULL);
	else
		session_name_type(session);
	view_spec_clear(&wanted);
	if (remade)
		session_change_report(session);
	session_format(session);
	session->generation++;
}

bool session_cancel(struct session *session)
{
	if (session->task && session->task->kind->stops) {
		atomic_store(&session->progress.cancelled, true);
		return true;
	}
	if (!session->changing || !session->shown.view)
		return false;
	session_return_to_shown(session);
	return true;
}

/* Parts are made anew, and files read, only as far as they must be. */
static bool step(struct session *session, int direction)
{
	struct file_selection comparison;
	struct settings settings;

	if (!session_step(session, direction, &settings, &comparison))
		return false;
	session_use_settings(session, &settings);
	if (!file_selection_equal(&comparison, &session->asked))
		session_compare(session, &comparison);
	return true;
}

bool session_undo(struct session *session)
{
	return step(session, -1);
}

bool session_redo(struct session *session)
{
	return step(session, 1);
}

void session_need(struct session *session, unsigned parts, unsigned first)
{
	session->needs = parts | PART_VIEW | PART_TABLE;
	session->first_needs = first | PART_VIEW | PART_TABLE;
	go_on(session);
}
