/* SPDX-License-Identifier: MIT */
#include "ui/app/run_pane.h"

#include <signal.h>
#include <string.h>

#include "ui/app/app_prompt.h"
#include "ui/app/app_visit.h"
#include "ui/app/help_page.h"
#include "ui/pane/list.h"
#include "ui/session/live.h"
#include "ui/term/terminal.h"
#include "ui/widget/text_pane.h"
#include "ui/widget/tree_traces.h"

#define STATUS_INTERRUPTED 130

void run_open(struct app *app, const struct pane_kind *kind)
{
	const struct pane_kind *focus = app_focus(app);
	struct spot *spot = &app->session.spot;

	if (kind == &pane_help) {
		app_show(app, kind);
		help_page_show(app_pane(app, kind), &app->keys, focus == kind ? NULL : focus);
		return;
	}
	if (kind == focus && !kind->centres)
		return;
	app_leave(app);
	if (kind->centres && spot->node != NONE)
		spot->centre = spot->node;
	app_show(app, kind);
}

void run_open_pane(struct app *app, const struct command *command)
{
	run_open(app, pane_find(command->argument));
}

void run_next_pane(struct app *app, const struct command *command)
{
	(void)command;
	if (app->over)
		app_put_over(app, NULL);
	else
		app_show(app, app->focus_right ? app->left : app->right);
}

void run_maximise(struct app *app, const struct command *command)
{
	(void)command;
	app->maximised = !app->maximised;
	if (!layout_is_wide(app->columns))
		session_message(&app->session, "two panes need %d columns", LAYOUT_WIDE);
}

/* The program, where a menu stands behind the explorer. */
void run_quit(struct app *app, const struct command *command)
{
	(void)command;
	app->quit = true;
	app->leaves = true;
}

/* One level: what is in front, then Peek or a lone icicle, then the program. */
void run_close(struct app *app, const struct command *command)
{
	if (app->over)
		app_put_over(app, NULL);
	else if (app->focus_right)
		app_show(app, app->left);
	else if (app->left != app_home(app))
		app_show(app, app_home(app));
	else
		app->quit = true;
	(void)command;
}

/* What runs ends; a pane that is being computed is left for the one before it. */
void run_interrupt(struct app *app, const struct command *command)
{
	if (live_cancel(app->session.live))
		return;
	if (session_cancel(&app->session)) {
		session_message(&app->session, "stopped");
		if (app->session.profile)
			return;
	} else if (app->session.shown.view && !app_ready_pane(app)) {
		task_drop(&app->session);
		if (app->visit_at)
			app_go_back(app, command);
		else
			app_show(app, &pane_top);
		session_message(&app->session, "stopped");
		return;
	} else if (app->session.task) {
		session_message(&app->session, "still computing; Q quits");
		return;
	}
	app->quit = true;
	app->status = STATUS_INTERRUPTED;
}

/* As a text in the pager; Backspace or q goes back. */
void run_traces(struct app *app, const struct command *command)
{
	struct session *session = &app->session;
	uint32_t frame;
	char *text;

	(void)command;
	if (!app_ready_pane(app))
		return;
	frame = session_frame(session);
	frame = frame == NONE ? session->spot.zoom : frame;
	text = tree_traces(session, frame);
	app_leave(app);
	app_show(app, &pane_report);
	text_pane_set(app_pane(app, &pane_report), "Stacks", text);
}

void run_prompt(struct app *app, const struct command *command)
{
	(void)command;
	app_prompt_open(app, ":", "");
}

void run_keep_rows(struct app *app, const struct command *command)
{
	(void)command;
	app_prompt_open(app, "&", "");
}

void run_reload(struct app *app, const struct command *command)
{
	(void)command;
	if (!strcmp(session_location(&app->session), "-"))
		session_message(&app->session, "standard input cannot be read again");
	else if (app->session.live && app->session.shown.view)
		live_capture(app->session.live, &app->session);
	else
		app_load(app);
}

void run_redraw(struct app *app, const struct command *command)
{
	(void)app;
	(void)command;
	terminal_redraw();
}

void run_suspend(struct app *app, const struct command *command)
{
	(void)app;
	(void)command;
	raise(SIGTSTP);
}
