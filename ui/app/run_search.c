/* SPDX-License-Identifier: MIT */
#include "ui/app/run_search.h"

#include "ui/app/app_prompt.h"
#include "ui/pane/list.h"

void run_search(struct app *app, const struct command *command)
{
	(void)command;
	app_prompt_open(app, "/", "");
}

static void seek(struct app *app, int direction)
{
	struct pane *pane = app_ready_pane(app);
	uint32_t zoom = app->session.spot.zoom;

	if (!app->session.search)
		session_message(&app->session, "no search; / starts one");
	else if (pane)
		app_seek(app, pane, direction, false);
	if (app->session.spot.zoom != zoom)
		session_message(&app->session, "zoomed to the match; 0 shows everything");
}

void run_next_match(struct app *app, const struct command *command)
{
	(void)command;
	seek(app, 1);
}

void run_previous_match(struct app *app, const struct command *command)
{
	(void)command;
	seek(app, -1);
}

void run_search_selected(struct app *app, const struct command *command)
{
	struct text expression = {0};
	struct error error;

	(void)command;
	if (!session_quote(&app->session, app->session.spot.node, true, &expression))
		return;
	pattern_free(app->session.search);
	app->session.search = pattern_new(expression.bytes, false, &error);
	app_search(app);
	text_clear(&expression);
}

void run_escape(struct app *app, const struct command *command)
{
	struct session *session = &app->session;

	(void)command;
	if (session->search) {
		pattern_free(session->search);
		session->search = NULL;
		app_search(app);
	} else if (app->over) {
		app_put_over(app, NULL);
	} else if ((session->spot.zoom || app_focus(app) == &pane_sandwich) &&
		   command_find(app->keys.commands, "zoom-out", app_focus(app)->groups)) {
		app_command(app,
			    command_find(app->keys.commands, "zoom-out", app_focus(app)->groups));
	}
}
