/* SPDX-License-Identifier: MIT */
#include "ui/app/app.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "cli/message.h"
#include "cli/request.h"
#include "ui/app/app_config.h"
#include "ui/app/app_mouse.h"
#include "ui/app/app_prompt.h"
#include "ui/app/app_source.h"
#include "ui/app/app_visit.h"
#include "ui/app/command_table.h"
#include "ui/app/prompt_table.h"
#include "ui/app/run_pane.h"
#include "ui/term/key.h"
#include "ui/pane/list.h"
#include "ui/session/history.h"
#include "ui/session/live.h"
#include "ui/session/session_settle.h"
#include "ui/term/terminal.h"

#define STATUS_ERROR 2
#define STATUS_INTERRUPTED 130
#define FIRST_SETTLE 20 /* ms: a small profile needs no screen that says it is being read */
#define SETTLE 150      /* ms for which a change may hold up the next key */
#define PROGRESS 250    /* ms between two paints while loading */

/* --- Panes ---------------------------------------------------------------- */

void app_init(struct app *app, const struct request *request)
{
	*app = (struct app){.left = &pane_top,
			    .right = &pane_icicle,
			    .followed = NONE,
			    .keys.commands = commands,
			    .prompts = prompt_table};
	file_watch_init(&app->watch);
	preferences_init(&app->preferences);
	session_init(&app->session, request);
	app->session.columns = &app->preferences.columns;
	app->session.settings.report.places = &app->places;
}

bool app_clear(struct app *app)
{
	if (!live_free(app->session.live))
		return false;
	app->session.live = NULL;
	for (size_t i = 0; i < APP_MOST_PANES; i++)
		if (app->panes[i].pane)
			pane_close(app->panes[i].pane);
	app_clear_visits(app);
	file_watch_stop(&app->watch);
	free(app->file);
	text_clear(&app->notice);
	key_map_clear(&app->keys);
	prompt_clear(&app->prompt);
	prompt_history_clear(&app->commands);
	prompt_history_clear(&app->searches);
	source_places_clear(&app->places);
	place_clear(&app->search_start.place);
	if (app->old_search != app->session.search)
		pattern_free(app->old_search);
	canvas_clear(&app->canvas);
	return session_clear(&app->session);
}

/* --- Events --------------------------------------------------------------- */

/* Before the first view there is no other pane to look at instead: to open one waits for its turn. */
static bool must_wait(struct app *app, const struct command *command)
{
	if (!app->session.task || app_is_ready(app))
		return false;
	return app_command_needs_pane(command) ||
	       (app->waiting_count && !app->session.shown.view && command->run == run_open_pane);
}

static void run_key(struct app *app, uint32_t key)
{
	const struct pane_kind *focus = app_focus(app);
	const struct command *command = key_map_find(&app->keys, key, focus->groups);

	if (app->asking) {
		app_take_letter(app, key);
		return;
	}
	if (key == ' ' && !app->over && live_is_on(app->session.live)) {
		live_pause(app->session.live, &app->session);
		return;
	}
	if (!command) {
		app_explain_key(app, key);
		return;
	}
	if (app->awaited != focus)
		app->waiting_count = 0;
	if (must_wait(app, command)) {
		app->awaited = focus;
		if (app->waiting_count < APP_MOST_WAITING)
			app->waiting[app->waiting_count++] = key;
		return;
	}
	app_command(app, command);
}

/* Runs the keys that waited for the focused pane; a pane that was left forgets its own. */
static void run_waiting(struct app *app)
{
	while (app->waiting_count && !app->prompting) {
		uint32_t key = app->waiting[0];

		if (app->awaited != app_focus(app)) {
			app->waiting_count = 0;
			return;
		}
		if (!app_is_ready(app))
			return;
		memmove(app->waiting, app->waiting + 1,
			--app->waiting_count * sizeof(*app->waiting));
		run_key(app, key);
		app_update_needs(app);
		app->awaited = app_focus(app);
	}
}

static void seek_waiting(struct app *app)
{
	struct pane *pane = app->seek_waits ? app_ready_pane(app) : NULL;

	if (!pane)
		return;
	app->seek_waits = false;
	if (app->session.search)
		app_seek(app, pane, 1, true);
}

/* What the last keys asked for is still being made. */
static bool is_pending(struct app *app)
{
	return app->session.changing || (app->session.shown.view && !app_is_ready(app));
}

void app_key(struct app *app, uint32_t key)
{
	text_reset(&app->notice);
	app->session.message[0] = '\0';
	if (app->prompting)
		app_prompt_key(app, key);
	else
		run_key(app, key);
	app_update_needs(app);
	if (!is_pending(app))
		app->slow = false;
	else if (!app->slow)
		session_settle(&app->session, SETTLE);
	/* Waiting again for each further key of a slow change would only pile them up. */
	app->slow = is_pending(app);
	run_waiting(app);
	app_renew_report(app);
	app_check_files(app);
}

void app_wake(struct app *app)
{
	struct error error;

	app_check_files(app);

	session_advance(&app->session);
	app_begin(app);
	if (!app_take_report(app, &error))
		session_error(&app->session, &error);
	seek_waiting(app);
	run_waiting(app);
	app_renew_report(app);
}

static void paint(struct app *app)
{
	int rows, columns, row, column;

	terminal_size(&rows, &columns);
	if (rows != app->rows || columns != app->columns) {
		app_resize(app, rows, columns, terminal_charset(),
			   terminal_palette() == PALETTE_256);
		app_update_needs(app);
		/* The first screen says that it is being read. */
		if (!session_loading(&app->session))
			session_settle(&app->session, SETTLE);
	}
	app_begin(app);
	app_draw(app, &row, &column);
	terminal_paint(&app->canvas, row, column);
}

/* Nothing could be read or built: the message of the session is why. */
static void give_up(struct app *app)
{
	app->quit = true;
	app->status =
		atomic_load(&app->session.progress.cancelled) ? STATUS_INTERRUPTED : STATUS_ERROR;
}

static void take_event(struct app *app, const struct event *event)
{
	uint32_t key;

	switch (event->kind) {
	case EVENT_KEY:
		app_key(app, event->key);
		break;
	case EVENT_PASTE:
		if (app->prompting)
			app_prompt_paste(app, event->text, event->length);
		break;
	case EVENT_MOUSE:
		key = app_mouse(app, &event->mouse, session_clock());
		if (key != NAMED_NONE)
			app_key(app, key);
		break;
	case EVENT_WAKE:
		app_wake(app);
		break;
	case EVENT_CLOSED:
		app->quit = true;
		break;
	case EVENT_NONE:
	case EVENT_RESIZE:
		break;
	}
}

/* -refresh, and what can be captured again without it. */
static void start_live(struct app *app)
{
	struct session *session = &app->session;
	struct error error;

	session->live = live_new(session);
	if (!session->live)
		return;
	session->history = history_new();
	if (*session->request->refresh &&
	    !live_parse(session->live, session->request->refresh, &error))
		session_error(session, &error);
}

static void explore(struct app *app)
{
	struct event event;
	bool painted = false;

	start_live(app);
	app_load(app);
	session_settle(&app->session, FIRST_SETTLE);
	if (!app->notice.length)
		text_add_string(&app->notice, terminal_notice());
	while (!app->quit && !app->session.load_failed) {
		int wait = !painted                         ? 0
			   : session_loading(&app->session) ? PROGRESS
							    : live_wait(app->session.live);

		const int descriptors[] = {session_descriptor(&app->session),
					   app->watch.descriptor};

		terminal_next(&event, descriptors, wait);
		if (event.kind == EVENT_NONE) {
			if (live_advance(app->session.live, &app->session)) {
				session_settle(&app->session, SETTLE);
				app_wake(app);
			}
			paint(app);
			painted = true;
			continue;
		}
		take_event(app, &event);
		painted = false;
	}
	if (app->session.load_failed && !app->quit)
		give_up(app);
}

int app_run(struct request *request, struct error *error)
{
	struct app *app = alloc_zero(1, sizeof(*app));
	struct terminal_options how;
	int status;

	app_init(app, request);
	app_read_config(app);
	app_read_history(app);
	app_read_places(app);
	how = app_terminal_options(app);
	if (!terminal_open(&how, error)) {
		app_clear(app);
		free(app);
		return APP_NO_TERMINAL;
	}
	explore(app);
	terminal_close();
	app_write_history(app);
	status = app->status;
	request->leaves = app->leaves;
	if (status == STATUS_ERROR && request->wants_message)
		error_set(error, "%s", app->session.message);
	else if (status == STATUS_ERROR)
		message_print(app->session.message);
	if (app_clear(app))
		free(app);
	else
		request->busy = true;
	return status;
}
