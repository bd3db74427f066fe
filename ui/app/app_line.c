/* SPDX-License-Identifier: MIT */
/* A line of pprof's shell, typed at the command prompt. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "cli/shell.h"
#include "ui/app/app_config.h"
#include "ui/app/app_visit.h"
#include "ui/app/run_pane.h"
#include "ui/app/help_topic.h"
#include "ui/pane/list.h"
#include "ui/widget/text_pane.h"

static bool specs_equal(const struct app *app, const struct settings *settings)
{
	return view_spec_equal(&settings->view, &app->session.settings.view);
}

/* "top" means all rows here; only a number of one's own cuts the table. */
static uint32_t wanted_rows(const char *line, const struct settings *settings)
{
	bool has_number = strpbrk(line, "0123456789") != NULL;

	return has_number && settings->report.node_count > 0 ? (uint32_t)settings->report.node_count
							     : 0;
}

/* "top" and "text": the Top pane with as many rows as they would print. */
static void show_top(struct app *app, uint32_t rows, bool cum)
{
	struct session *session = &app->session;

	app_leave(app);
	app_show(app, &pane_top);
	session->top_rows = rows;
	session_note(session);
	top_sort(app_pane(app, &pane_top), cum);
	if (rows)
		session_message(session, "the first %u rows; :top shows all, u undoes it", rows);
}

/* --- Reports -------------------------------------------------------------- */

/* How many functions match, and the heaviest of them; NONE: none. */
static uint32_t count_matches(const struct derived *shown, const struct pattern *pattern,
			      node_id *best)
{
	uint32_t count = 0;
	int64_t most = -1;

	*best = NONE;
	for (uint32_t i = 0; i < shown->table->row_count; i++) {
		const struct function_row *row = &shown->table->rows[i];
		const char *name = shown->view->node_names[row->node];

		if (!pattern_matches(pattern, name, strlen(name)))
			continue;
		count++;
		if (llabs(function_row_cum(row)) > most) {
			most = llabs(function_row_cum(row));
			*best = row->node;
		}
	}
	return count;
}

/* One function has its lines in Source; the listing of several is a text. */
static bool show_list(struct app *app, const char *expression)
{
	struct session *session = &app->session;
	struct error error; /* the report says the same */
	struct pattern *pattern = pattern_new(expression, false, &error);
	bool one = false;
	node_id node;

	if (pattern)
		one = count_matches(&session->shown, pattern, &node) == 1;
	pattern_free(pattern);
	if (!one)
		return false;
	app_leave(app);
	session_select_node(session, node);
	app_show(app, &pane_source);
	return true;
}

/* Centres on the heaviest match; with several, a search cycles through them. */
static bool show_peek(struct app *app, const char *expression, struct error *error)
{
	struct session *session = &app->session;
	struct pattern *pattern = pattern_new(expression, false, error);
	node_id best;
	uint32_t count;

	if (!pattern)
		return false;
	count = count_matches(&session->shown, pattern, &best);
	if (best == NONE) {
		pattern_free(pattern);
		return error_set(error, "no function matches \"%s\"", expression);
	}
	app_leave(app);
	session_select_node(session, best);
	if (count > 1) {
		struct pane *top;

		app_show(app, &pane_top);
		top = app_pane(app, &pane_top);
		pane_keep(top, pattern);
		session_message(session,
				"%u functions match; Enter looks at one, & and Enter shows all",
				count);
		return true;
	}
	pattern_free(pattern);
	session->spot.centre = best;
	app_show(app, &pane_peek);
	return true;
}

static bool run_report(struct app *app, const char *line, const struct shell_command *command,
		       struct error *error)
{
	const struct settings *settings = &command->settings;
	bool plain = specs_equal(app, settings) && !*settings->output;

	if (!app->session.shown.table)
		return error_set(error, "the profile is still being read");
	if (plain &&
	    (command->report == report_find("top") || command->report == report_find("text"))) {
		show_top(app, wanted_rows(line, settings), settings->report.cum);
		return true;
	}
	if (plain && command->report == report_find("diagnose")) {
		run_open(app, &pane_diagnosis);
		return true;
	}
	if (plain && command->report == report_find("peek"))
		return show_peek(app, command->argument, error);
	if (plain && command->report == report_find("list") && show_list(app, command->argument))
		return true;
	if (plain && command->report == report_find("tags")) {
		app_leave(app);
		app_show(app, &pane_labels);
		return true;
	}
	return app_start_report(app, report_job_new(line, command), error);
}

/* --- Help ----------------------------------------------------------------- */

static bool show_help(struct app *app, const char *topic, struct error *error)
{
	struct text text = {0};

	if (!topic || !*topic) {
		run_open(app, &pane_help);
		return true;
	}
	if (!help_topic_print(topic, &app->keys, &text))
		return error_set(error, "no help for \"%s\"; help alone lists what there is",
				 topic);
	app_show(app, &pane_help);
	text_pane_set(app_pane(app, &pane_help), "Help", text.bytes);
	return true;
}

/* --- Lines ---------------------------------------------------------------- */

static bool run_parsed(struct app *app, const char *line, struct shell_command *command,
		       struct settings *settings, struct error *error)
{
	/* Filters stand on the first line; what else is set is not to be seen in every pane. */
	bool seen = !app->over && !specs_equal(app, settings);

	switch (command->action) {
	case SHELL_SET:
		app_use_settings(app, settings);
		settings_init(settings); /* taken over */
		if (!seen && !*app->session.message)
			session_message(&app->session, "%.200s", line + strspn(line, " "));
		return true;
	case SHELL_REPORT:
		return run_report(app, line, command, error);
	case SHELL_OPTIONS:
		app_list_settings(app);
		return true;
	case SHELL_HELP:
		return show_help(app, command->topic, error);
	case SHELL_QUIT:
		app->quit = true;
		return true;
	case SHELL_NOTHING:
		break;
	}
	return true;
}

/* The byte where the argument of a report stands in its line. */
static size_t find_argument(const char *line, const char *argument)
{
	const char *word = line + strspn(line, " "), *found;

	found = strstr(word + strcspn(word, " "), argument);
	return found ? (size_t)(found - line) : 0;
}

bool app_shell_line(struct app *app, const char *line, struct error *error)
{
	struct shell_command command;
	struct settings settings;
	bool good;

	settings_copy(&settings, &app->session.settings);
	good = shell_parse(line, &settings, app->session.profile, &command, error);
	if (good) {
		good = run_parsed(app, line, &command, &settings, error);
		if (!good && command.argument)
			error->at += find_argument(line, command.argument);
		shell_command_clear(&command);
	}
	settings_clear(&settings);
	return good;
}
