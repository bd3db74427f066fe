/* SPDX-License-Identifier: MIT */
#include "ui/app/app_visit.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "profile/gc_log.h"
#include "profile/tool_table.h"
#include "ui/pane/list.h"
#include "ui/widget/text_pane.h"

/* --- History -------------------------------------------------------------- */

void visit_clear(struct visit *visit)
{
	place_clear(&visit->place);
	view_spec_clear(&visit->spec);
	visit->kind = NULL;
}

static void capture(const struct app *app, const struct pane_kind *kind, struct visit *visit)
{
	const struct session *session = &app->session;

	visit->kind = kind;
	visit->comparison = session->seen;
	place_capture(&visit->place, &session->shown, &session->spot);
	view_spec_copy(&visit->spec, &session->settings.view);
}

static void forget_from(struct app *app, size_t from)
{
	while (app->visit_count > from)
		visit_clear(&app->visits[--app->visit_count]);
}

void app_leave(struct app *app)
{
	struct visit visit;

	if (!app->session.shown.view)
		return;
	capture(app, app_focus(app), &visit);
	forget_from(app, app->visit_at);
	array_push(app->visits, app->visit_count, app->visit_capacity, visit);
	app->visit_at = app->visit_count;
}

void app_forget_visit(struct app *app)
{
	forget_from(app, app->visit_count - 1);
	app->visit_at = app->visit_count;
}

void app_clear_visits(struct app *app)
{
	forget_from(app, 0);
	free(app->visits);
	for (size_t i = 0; i < VISIT_MARKS; i++)
		visit_clear(&app->marks[i]);
}

bool app_go_to(struct app *app, const struct visit *visit)
{
	struct session *session = &app->session;

	if (!file_selection_equal(&visit->comparison, &session->loaded) ||
	    !file_selection_equal(&visit->comparison, &session->asked)) {
		if (!session_visit(session, &visit->comparison, &visit->spec, &visit->place))
			return false;
	} else if (!view_spec_equal(&visit->spec, &session->settings.view)) {
		session_set_spec(session, &visit->spec, true, &visit->place);
	} else {
		session_go(session, &visit->place);
	}
	app_put_over(app, visit->kind->side == SIDE_OVER ? visit->kind : NULL);
	if (visit->kind->side == SIDE_LEFT)
		app->left = visit->kind;
	if (visit->kind->side != SIDE_OVER)
		app->focus_right = visit->kind->side == SIDE_RIGHT;
	return true;
}

void app_go_back(struct app *app, const struct command *command)
{
	size_t at = app->visit_at;

	(void)command;
	if (at == 0) {
		session_message(&app->session, "nothing to go back to");
		return;
	}
	if (at == app->visit_count) {
		/* The way forward ends where we are now. */
		app_leave(app);
	}
	if (app_go_to(app, &app->visits[at - 1]))
		app->visit_at = at - 1;
}

void app_go_forward(struct app *app, const struct command *command)
{
	(void)command;
	if (app->visit_at + 1 >= app->visit_count) {
		session_message(&app->session, "nothing to go forward to");
		return;
	}
	if (app_go_to(app, &app->visits[app->visit_at + 1]))
		app->visit_at++;
}

const struct pane_kind *app_home(const struct app *app)
{
	const struct view *view = app->session.shown.view;
	struct gc_log log;

	if (!view)
		return &pane_top;
	if (gc_log_find(view->profile, &log))
		return &pane_gc;
	/* A table of calls or collections has no callers to walk: what it means comes first. */
	return tool_table_find(view->profile) ? &pane_diagnosis : &pane_top;
}

/* The pane of somebody's choice, or the one that suits the profile. */
static const struct pane_kind *first_pane(const struct app *app)
{
	int chosen = app->preferences.first_pane;

	return chosen ? pane_find(first_pane_words[chosen]) : app_home(app);
}

void app_begin(struct app *app)
{
	if (app->has_view || !app->session.shown.view)
		return;
	app->has_view = true;
	if (app->left == &pane_top && !app->over && !app->focus_right)
		app_show(app, first_pane(app));
}

/* --- Bookmarks ------------------------------------------------------------ */

static struct visit *find_mark(struct app *app, uint32_t key)
{
	if (key >= 'a' && key <= 'z')
		return &app->marks[key - 'a'];
	if (key >= 'A' && key <= 'Z')
		return &app->marks[26 + key - 'A'];
	return NULL;
}

static char mark_letter(size_t number)
{
	return (char)(number < 26 ? 'a' + number : 'A' + number - 26);
}

static void ask_letter(struct app *app, const struct command *command, const char *what)
{
	if (!app->session.shown.view) {
		session_message(&app->session, "the profile is still being read");
		return;
	}
	app->asking = command;
	session_message(&app->session, "%s: press a letter, Esc gives up", what);
}

void app_set_mark(struct app *app, const struct command *command)
{
	ask_letter(app, command, "set a bookmark");
}

void app_ask_mark(struct app *app, const struct command *command)
{
	ask_letter(app, command, "go to a bookmark");
}

void app_take_letter(struct app *app, uint32_t key)
{
	const struct command *command = app->asking;
	struct visit *mark = find_mark(app, key);

	app->asking = NULL;
	if (key == NAMED_ESCAPE || key == key_control('C'))
		return;
	if (!mark) {
		session_message(&app->session, "bookmarks are letters: a to z, A to Z");
	} else if (command->run == app_set_mark) {
		visit_clear(mark);
		/* What is in front of the panes is gone when one comes back. */
		capture(app, app->focus_right ? app->right : app->left, mark);
		session_message(&app->session, "bookmark %c; '%c comes back, :marks lists all",
				(int)key, (int)key);
	} else if (!mark->kind) {
		session_message(&app->session, "there is no bookmark %c; :marks lists all",
				(int)key);
	} else {
		app_leave(app);
		app_go_to(app, mark);
	}
}

/* "a  Icicle  main.work   focus=main hide=runtime" */
static void print_mark(const struct visit *mark, char letter, struct text *text)
{
	text_printf(text, "%c  %-9s %s", letter, mark->kind->title,
		    mark->place.node.name ? mark->place.node.name : "root");
	for (int i = 0; i < FILTER_COUNT; i++)
		if (mark->spec.filters[i])
			text_printf(text, "   %s=%s", view_filter_names[i], mark->spec.filters[i]);
	text_add_char(text, '\n');
}

bool app_word_marks(struct app *app, const char *line, const char *rest, struct error *error)
{
	struct text text = {0};

	(void)line;
	(void)rest;
	for (size_t i = 0; i < VISIT_MARKS; i++)
		if (app->marks[i].kind)
			print_mark(&app->marks[i], mark_letter(i), &text);
	if (!text.length)
		return error_set(error, "there are no bookmarks; B and a letter set one");
	app_show(app, &pane_report);
	text_pane_set(app_pane(app, &pane_report), "marks", text.bytes);
	return true;
}
