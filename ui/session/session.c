/* SPDX-License-Identifier: MIT */
#include "ui/session/session.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "cli/load.h"
#include "cli/request.h"
#include "ui/session/session_files.h"
#include "ui/store/source_places.h"

#define STOP_WAIT 500 /* ms that leaving the program may take */

/* One job: loading a profile, building one part of a derived, or writing a report. */
struct session_work {
	struct job *job;
	struct progress *progress;
	bool loading;
	bool for_next; /* the part belongs to the next view, else to the one on the screen */
	bool stale;    /* nobody wants the result any more */

	struct request request; /* borrowed from the session's */
	struct comparison comparison;
	struct load_note *notes; /* one for each location and for the base */
	struct derived_wish wish;
	struct derived base; /* the parts made so far; still owned by the session or by `doomed` */
	struct derived doomed;
	struct report_job *report;
	struct diagnosis_wish diagnosis_wish;

	struct profile *loaded;
	struct diagnosis *diagnosis;
	struct derived made;
	bool good;
	struct error error;
};

static void *run_work(void *argument, struct progress *progress)
{
	struct session_work *work = argument;

	if (work->loading) {
		work->loaded = load_profile(&work->request, work->notes, progress, &work->error);
		work->good = work->loaded != NULL;
	} else if (work->report) {
		report_job_run(work->report, progress);
	} else if (work->wish.part == PART_DIAGNOSIS) {
		work->diagnosis = diagnosis_new(&work->diagnosis_wish, progress);
		work->good = true;
	} else {
		work->good = derived_build(&work->made, &work->base, &work->wish, &work->error);
		if (work->made.view)
			work->made.view->cancelled = &progress->cancelled;
	}
	return work;
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
	comparison_init(&session->asked, request);
	session->loaded = session->seen = session->asked;
	session_name_files(session);
}

static void free_work(struct session_work *work)
{
	derived_clear(&work->doomed);
	diagnosis_free(work->diagnosis);
	view_spec_clear(&work->wish.spec);
	free((char *)work->wish.unit);
	free(work->diagnosis_wish.thresholds);
	free(work);
}

/*
 * Stops what still runs and drops what it made. False if it does not stop
 * soon: then it still reads the profile and the request.
 */
static bool abandon_work(struct session *session)
{
	struct session_work *work = session->work;
	struct pollfd file = {.events = POLLIN};

	if (!work)
		return true;
	atomic_store(&session->progress.cancelled, true);
	file.fd = job_descriptor(work->job);
	if (poll(&file, 1, STOP_WAIT) <= 0)
		return false;
	job_join(work->job);
	profile_free(work->loaded);
	derived_clear(&work->made);
	report_job_free(work->report);
	if (work->loading)
		session_take_notes(session, &work->comparison, work->notes);
	free_work(work);
	session->work = NULL;
	return true;
}

bool session_clear(struct session *session)
{
	if (!abandon_work(session))
		return false;
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

static void start_work(struct session *session, struct session_work *work)
{
	work->progress = &session->progress;
	atomic_store(&session->progress.cancelled, false);
	session->work = work;
	work->job = job_start(run_work, work, work->progress);
}

void session_load(struct session *session)
{
	struct session_work *work;

	/* What runs ends first; session_advance comes back here. */
	session->reload = session->work != NULL;
	if (session->work)
		return;
	work = alloc_zero(1, sizeof(*work));
	work->loading = true;
	work->comparison = session->asked;
	comparison_request(&work->comparison, session->request, &work->request);
	work->notes = alloc_zero((size_t)work->request.location_count + 1, sizeof(*work->notes));
	atomic_store(&session->progress.done, 0);
	atomic_store(&session->progress.total, 0);
	start_work(session, work);
}

bool session_write(struct session *session, struct report_job *report)
{
	struct settings *settings = &report->settings;
	struct session_work *work;
	struct text type = {0};

	if (session->work || !session->profile)
		return false;
	report->profile = session->profile;
	/* The keys change the type by its number. */
	text_printf(&type, "%u", settings->view.value_type);
	free(settings->sample_index);
	settings->sample_index = type.bytes;
	work = alloc_zero(1, sizeof(*work));
	work->report = report;
	start_work(session, work);
	return true;
}

int session_descriptor(const struct session *session)
{
	return session->work ? job_descriptor(session->work->job) : -1;
}

bool session_loading(const struct session *session)
{
	return session->work && session->work->loading;
}

/* --- The next view -------------------------------------------------------- */

void session_drop_part(struct session *session)
{
	struct session_work *work = session->work;

	if (!work || work->loading || work->report || work->stale)
		return;
	work->stale = true;
	atomic_store(&session->progress.cancelled, true);
	if (!work->for_next)
		return;
	/* The thread reads these parts until it is done. */
	work->doomed = session->next;
	session->next = (struct derived){0};
}

static void drop_next(struct session *session)
{
	session_drop_part(session);
	derived_clear(&session->next);
}

static void start_part(struct session *session, bool for_next, unsigned missing)
{
	struct session_work *work = alloc_zero(1, sizeof(*work));

	work->for_next = for_next;
	/* What is shown may still be of the file as it was before it was read again. */
	work->wish.profile = !for_next && session->retired ? session->retired : session->profile;
	work->base = for_next ? session->next : session->shown;
	work->wish.part = PART_VIEW;
	while (!(missing & work->wish.part))
		work->wish.part *= 2;
	view_spec_copy(&work->wish.spec, &session->settings.view);
	if (work->wish.part == PART_SANDWICH)
		work->wish.centre = for_next ? session_next_centre(session) : session->spot.centre;
	work->wish.drop_negative = session->settings.report.drop_negative;
	work->wish.count_once = session->settings.report.count_once;
	work->wish.unit = alloc_text(session->settings.report.unit);
	work->diagnosis_wish = (struct diagnosis_wish){
		.request = session->request,
		.files = session->files,
		.only = session->profile,
		.thresholds = alloc_text(session->settings.report.thresholds),
	};
	start_work(session, work);
}

static void show_next(struct session *session)
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
}

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

/* Somebody has gone on to another function: its sandwich is not waited for. */
static void drop_old_sandwich(struct session *session)
{
	const struct session_work *work = session->work;

	if (work && !work->for_next && work->wish.part == PART_SANDWICH &&
	    work->wish.centre != session->spot.centre)
		session_drop_part(session);
}

/* Starts what is missing: first of the next view what the screen needs, then the rest of it. */
static bool go_on(struct session *session)
{
	bool changed = false;
	unsigned missing;

	drop_old_sandwich(session);
	if (session->work || !session->profile)
		return false;
	if (session->changing) {
		/* A diagnosis is of all files and outlives the view. */
		missing = session->first_needs & ~(unsigned)PART_DIAGNOSIS &
			  ~derived_parts(&session->next);
		if (missing) {
			start_part(session, true, missing);
			return false;
		}
		show_next(session);
		changed = true;
	}
	session_find_frames(session);
	missing =
		(session->needs | PART_GRAPH) & ~session_current_parts(session) & ~session->failed;
	if (missing && session->shown.view)
		start_part(session, false, missing);
	return changed;
}

/* The keys change the type by its number; a file that is read again is asked for it by name. */
static void name_type(struct session *session)
{
	const struct profile *profile = session->profile;
	uint32_t type = session->settings.view.value_type;

	if (!profile || type >= profile->type_count)
		return;
	free(session->settings.sample_index);
	session->settings.sample_index =
		alloc_text(profile_text(profile, profile->types[type].type));
}

static void use_spec(struct session *session, const struct view_spec *spec,
		     const struct place *place)
{
	struct view_spec copy;

	session_depart(session, place);
	view_spec_copy(&copy, spec);
	view_spec_clear(&session->settings.view);
	session->settings.view = copy;
	/* A file that was read again may have fewer types. */
	if (session->profile && copy.value_type >= session->profile->type_count)
		session->settings.view.value_type = session_default_type(session, session->profile);
	name_type(session);
	drop_next(session);
	session->changing = true;
	go_on(session);
}

void session_set_spec(struct session *session, const struct view_spec *spec, bool undo,
		      const struct place *place)
{
	use_spec(session, spec, place);
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
		use_spec(session, &wanted, NULL);
	else
		name_type(session);
	view_spec_clear(&wanted);
	if (remade)
		session_change_report(session);
	session_format(session);
	session->generation++;
}

/* The new view cannot be had, or nobody waits for it: what is shown holds again. */
static void return_to_shown(struct session *session)
{
	struct view_spec spec;

	drop_next(session);
	session->changing = false;
	if (!session->shown.view)
		return;
	view_spec_copy(&spec, &session->shown.view->spec);
	view_spec_clear(&session->settings.view);
	session->settings.view = spec;
	name_type(session);
	session_give_up(session);
}

bool session_cancel(struct session *session)
{
	if (session_loading(session) ||
	    (session->work &&
	     (session->work->report || session->work->wish.part == PART_DIAGNOSIS))) {
		atomic_store(&session->progress.cancelled, true);
		return true;
	}
	if (!session->changing || !session->shown.view)
		return false;
	return_to_shown(session);
	return true;
}

/* --- Ends of jobs --------------------------------------------------------- */

static bool take_profile(struct session *session, struct profile *profile, struct error *error)
{
	struct arrival *arrival = &session->arrival;
	bool arrives = arrival->waits;

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
	if (session->places)
		source_places_apply(session->places, profile, &session->settings.view);
	session_set_spec(session, &session->settings.view, arrives || !session->undo.count,
			 arrives ? &arrival->place : NULL);
	session_note_files(session);
	session_forget_arrival(session);
	return true;
}

/* What is shown stays; without anything shown there is nothing left to do. */
static enum session_news failed(struct session *session)
{
	session->hopeless = !session->shown.view;
	return session->hopeless ? SESSION_FAILED : SESSION_CHANGED;
}

static enum session_news end_loading(struct session *session, struct session_work *work)
{
	if (work->good && take_profile(session, work->loaded, &work->error)) {
		session->loaded = work->comparison;
		return SESSION_CHANGED;
	}
	if (!session->shown.view && !atomic_load(&session->progress.cancelled) &&
	    session_choose_first(session, &work->comparison)) {
		session->reload = true;
		return SESSION_CHANGED;
	}
	if (!session->reload) {
		session_give_up_files(session);
		session_forget_arrival(session);
	}
	session_error(session, &work->error);
	return failed(session);
}

static enum session_news end_part(struct session *session, struct session_work *work)
{
	if (work->stale) {
		derived_clear(&work->made);
		return SESSION_NOTHING;
	}
	if (!work->good) {
		session_error(session, &work->error);
		if (work->for_next)
			return_to_shown(session);
		else
			session->failed |= work->wish.part;
		return failed(session);
	}
	derived_absorb(work->for_next ? &session->next : &session->shown, &work->made);
	if (work->diagnosis)
		session->diagnosis = work->diagnosis;
	work->diagnosis = NULL;
	session->generation++;
	if (!work->for_next) {
		session->sandwiches += work->wish.part == PART_SANDWICH;
		session->trees += work->wish.part == PART_TREE;
	}
	return SESSION_CHANGED;
}

static enum session_news end_report(struct session *session, struct session_work *work)
{
	if (atomic_load(&session->progress.cancelled)) {
		report_job_free(work->report);
		return SESSION_CHANGED;
	}
	report_job_free(session->written);
	session->written = work->report;
	return SESSION_CHANGED;
}

enum session_news session_advance(struct session *session)
{
	struct session_work *work = session->work;
	struct pollfd file = {.events = POLLIN};
	enum session_news news;

	if (!work)
		return go_on(session) ? SESSION_CHANGED : SESSION_NOTHING;
	file.fd = job_descriptor(work->job);
	if (poll(&file, 1, 0) <= 0)
		return SESSION_NOTHING;
	job_join(work->job);
	session->work = NULL;
	if (work->loading)
		session_take_notes(session, &work->comparison, work->notes);
	if (work->report)
		news = end_report(session, work);
	else
		news = work->loading ? end_loading(session, work) : end_part(session, work);
	free_work(work);
	/* What is to be read anew is not worth building anything from. */
	if (session->reload)
		session_load(session);
	else if (go_on(session))
		news = SESSION_CHANGED;
	return news;
}

void session_format(struct session *session)
{
	if (session->shown.table)
		derived_format(&session->shown, &session->settings.report, &session->format);
}

void session_change_report(struct session *session)
{
	if (session->changing)
		drop_next(session);
	else
		session_drop_part(session);
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
	if (session->work && session->work->wish.part == PART_DIAGNOSIS)
		session_drop_part(session);
	diagnosis_free(session->diagnosis);
	session->diagnosis = NULL;
}

void session_need(struct session *session, unsigned parts, unsigned first)
{
	session->needs = parts | PART_VIEW | PART_TABLE;
	session->first_needs = first | PART_VIEW | PART_TABLE;
	go_on(session);
}
