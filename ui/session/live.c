/* SPDX-License-Identifier: MIT */
#include "ui/session/live.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "cli/load.h"
#include "cli/request.h"
#include "source/captures.h"
#include "source/source.h"
#include "source/store.h"
#include "ui/session/session.h"
#include "ui/session/session_settle.h"
#include "ui/session/task_load.h"

#define STOP_WAIT 500    /* ms that leaving the program may take */
#define CAPTURE_WAIT 250 /* ms between two looks at a capture that runs */
#define LEAST_INTERVAL 200
#define MOST_KEPT 1000

/* One capture. */
struct live_work {
	struct job *job; /* NULL: none runs */
	struct progress progress;
	struct request request;
	struct file_selection comparison;
	struct load_note *notes;
	struct profile *profile; /* NULL: the error says why */
	struct error error;
};

struct live {
	const struct request *request;
	struct captures *stage; /* copies that nobody reads yet */
	struct live_work work;
	int64_t interval_ms, due_ms; /* due_ms 0: nothing is */
	int64_t begun_ms;            /* of the last capture */
	bool paused;
	unsigned count; /* captures that were shown, the first one too */
	char **kept;    /* files of -keep, the oldest first */
	size_t kept_count, kept_most;
};

struct live *live_new(const struct session *session)
{
	const struct request *request = session->request;
	struct live *live;
	bool remote = false;

	for (int i = 0; i < request->location_count; i++)
		remote = remote || source_is_remote(request->locations[i]);
	if (!remote || !request->fetch.captures)
		return NULL;
	live = alloc_zero(1, sizeof(*live));
	live->request = request;
	live->stage = captures_new();
	live->count = 1;
	live->kept_most = (size_t)strtoul(request->keep, NULL, 10);
	live->kept_most = live->kept_most > MOST_KEPT ? MOST_KEPT : live->kept_most;
	live->kept = alloc_zero(live->kept_most + 1, sizeof(*live->kept));
	return live;
}

static void clear_work(struct live_work *work)
{
	for (int i = 0; work->notes && i <= work->request.location_count; i++)
		load_note_clear(&work->notes[i]);
	free(work->notes);
	work->notes = NULL;
	if (work->profile)
		profile_free(work->profile);
	work->profile = NULL;
}

bool live_free(struct live *live)
{
	struct pollfd file = {.events = POLLIN};

	if (!live)
		return true;
	if (live->work.job) {
		atomic_store(&live->work.progress.cancelled, true);
		file.fd = job_descriptor(live->work.job);
		if (poll(&file, 1, STOP_WAIT) <= 0)
			return false;
		job_join(live->work.job);
		clear_work(&live->work);
	}
	captures_free(live->stage);
	for (size_t i = 0; i < live->kept_count; i++)
		free(live->kept[i]);
	free(live->kept);
	free(live);
	return true;
}

void live_set_interval(struct live *live, int64_t ms)
{
	live->interval_ms = ms && ms < LEAST_INTERVAL ? LEAST_INTERVAL : ms;
	live->paused = false;
	live->due_ms = ms ? session_clock() + live->interval_ms : 0;
}

bool live_parse(struct live *live, const char *text, struct error *error)
{
	int64_t ms = 0;

	if (strcmp(text, "off") != 0 && strcmp(text, "0") != 0 &&
	    (!store_parse_duration(text, &ms) || ms == 0))
		return error_set(error, "refresh=%s: give a time such as 10s or 1m, or off", text);
	live_set_interval(live, ms);
	return true;
}

bool live_is_on(const struct live *live)
{
	return live && live->interval_ms;
}

static void *run(void *argument, struct progress *progress)
{
	struct live_work *work = argument;

	work->profile = load_profile(&work->request, work->notes, progress, &work->error);
	return NULL;
}

void live_capture(struct live *live, struct session *session)
{
	static char no[] = "no", yes[] = "";
	struct live_work *work = &live->work;

	if (work->job)
		return;
	work->comparison = session->asked;
	file_selection_request(&work->comparison, live->request, &work->request);
	work->request.fetch.anew = true;
	work->request.fetch.stage = live->stage;
	work->request.save = live->kept_most ? yes : no;
	work->notes = alloc_zero((size_t)work->request.location_count + 1, sizeof(*work->notes));
	atomic_store(&work->progress.cancelled, false);
	live->due_ms = 0;
	live->begun_ms = session_clock();
	work->job = job_start(run, work, &work->progress);
}

void live_pause(struct live *live, struct session *session)
{
	live->paused = !live->paused;
	live->due_ms = live->paused ? 0 : session_clock();
	session_message(session,
			live->paused ? "paused; Space goes on, R captures once" : "captures go on");
}

bool live_cancel(struct live *live)
{
	if (!live || !live->work.job)
		return false;
	atomic_store(&live->work.progress.cancelled, true);
	return true;
}

/* The file that load_profile has saved, of which only so many stay. */
static void keep_file(struct live *live, const struct profile *profile)
{
	static const char saved[] = "Saved profile in ";

	for (uint32_t i = 0; live->kept_most && i < profile->warning_count; i++) {
		if (strncmp(profile->warnings[i], saved, strlen(saved)) != 0)
			continue;
		if (live->kept_count == live->kept_most) {
			unlink(live->kept[0]);
			free(live->kept[0]);
			memmove(live->kept, live->kept + 1,
				--live->kept_count * sizeof(*live->kept));
		}
		live->kept[live->kept_count++] = alloc_text(profile->warnings[i] + strlen(saved));
		return;
	}
}

static void take(struct live *live, struct session *session)
{
	struct live_work *work = &live->work;
	struct profile *profile = work->profile;
	struct error error;

	work->profile = NULL;
	keep_file(live, profile);
	for (int i = 0; i < work->request.location_count; i++)
		captures_move(live->request->fetch.captures, live->stage,
			      work->request.locations[i]);
	if (!file_selection_equal(&work->comparison, &session->asked)) {
		/* Another side of it is looked at meanwhile: it is read from the copies. */
		profile_free(profile);
		session_load(session);
	} else {
		profile->warning_count = 0;
		session_forget_diagnosis(session);
		session_take_notes(session, &work->comparison, work->notes);
		work->notes = NULL;
		if (!session_take_profile(session, profile, &error))
			session_error(session, &error);
	}
	live->count++;
	session->captured = true;
}

/* The capture has ended; what is shown stays if it failed. */
static void end(struct live *live, struct session *session)
{
	struct live_work *work = &live->work;

	job_join(work->job);
	work->job = NULL;
	if (work->profile) {
		take(live, session);
	} else if (atomic_load(&work->progress.cancelled)) {
		session_message(session, "the capture is cancelled; the last one stays");
	} else {
		error_wrap(&work->error, "the last capture stays");
		session_error(session, &work->error);
	}
	clear_work(work);
	if (live->interval_ms && !live->paused) {
		live->due_ms = live->begun_ms + live->interval_ms;
		if (live->due_ms < session_clock())
			live->due_ms = session_clock() + 1;
	}
}

bool live_advance(struct live *live, struct session *session)
{
	struct pollfd file = {.events = POLLIN};

	if (!live)
		return false;
	if (live->work.job) {
		/* What the session builds at the moment reads the profile that would be replaced. */
		if (session->task || session->changing)
			return false;
		file.fd = job_descriptor(live->work.job);
		if (poll(&file, 1, 0) <= 0)
			return false;
		end(live, session);
		return true;
	}
	if (live->due_ms && session_clock() >= live->due_ms && session->shown.view)
		live_capture(live, session);
	return false;
}

int live_wait(const struct live *live)
{
	int64_t left;

	if (!live)
		return -1;
	if (live->work.job)
		return CAPTURE_WAIT;
	if (!live->due_ms)
		return -1;
	left = live->due_ms - session_clock();
	return left < 1 ? 1 : left > CAPTURE_WAIT ? CAPTURE_WAIT : (int)left;
}

void live_print(const struct live *live, struct text *text)
{
	struct text elapsed = {0};

	if (!live || (!live->interval_ms && !live->work.job))
		return;
	text_printf(text, "live #%u", live->count);
	if (live->paused)
		text_add_string(text, " paused");
	if (live->work.job) {
		fetch_print_progress(&live->work.progress, &elapsed);
		text_printf(text, " capturing %.*s", (int)strcspn(text_string(&elapsed), ","),
			    text_string(&elapsed));
	}
	text_clear(&elapsed);
}
