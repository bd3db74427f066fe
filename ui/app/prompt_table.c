/* SPDX-License-Identifier: MIT */
#include "ui/app/prompt_table.h"

#include <ctype.h>
#include <string.h>

#include "ui/app/app_source.h"
#include "ui/app/app_write.h"
#include "ui/app/complete.h"
#include "ui/app/run_search.h"
#include "ui/input/complete_path.h"
#include "view/typed_pattern.h"

/* Small letters match both, a capital one means itself. */
static bool ignores_case(const char *expression)
{
	for (; *expression; expression++) {
		if (*expression == '\\' && expression[1])
			expression++; /* \S is no capital letter */
		else if (isupper((unsigned char)*expression))
			return false;
	}
	return true;
}

/* NULL for an empty line; *good is false with a message if it does not compile. */
static struct pattern *compile(struct app *app, const char *line, bool *good)
{
	struct pattern *pattern = NULL;
	struct text quoted = {0};
	struct error error;

	*good = true;
	if (!*line)
		return NULL;
	if (app->session.profile)
		pattern = pattern_new(
			typed_pattern(app->session.profile, line, ignores_case(line), &quoted),
			ignores_case(line), &error);
	else
		pattern = pattern_new(line, ignores_case(line), &error);
	text_clear(&quoted);
	if (!pattern) {
		session_error(&app->session, &error);
		app->prompt.error_at = error.at;
		*good = false;
	}
	return pattern;
}

static void set_search(struct app *app, struct pattern *pattern)
{
	if (app->session.search != app->old_search)
		pattern_free(app->session.search);
	app->session.search = pattern;
	app_search(app);
}

/* Each letter searches anew from where the search began. */
static void search_edited(struct app *app, const char *line)
{
	struct session *session = &app->session;
	struct pane *pane;
	struct pattern *pattern;
	bool good;

	pattern = compile(app, line, &good);
	if (!good)
		return;
	set_search(app, pattern);
	session_return(&app->session, &app->search_start);
	pane = app_ready_pane(app);
	app->seek_waits = !pane && session->search;
	if (pane && session->search)
		app_seek(app, pane, 1, true);
}

static bool search_done(struct app *app, const char *line)
{
	bool good;

	/* An empty line repeats the last search. */
	if (!*line) {
		set_search(app, app->old_search);
		app->old_search = NULL;
		if (app->session.search)
			run_next_match(app, NULL);
		return true;
	}
	pattern_free(compile(app, line, &good));
	if (!good)
		return false;
	pattern_free(app->old_search);
	app->old_search = NULL;
	app->searched = app->over;
	return true;
}

static void search_cancelled(struct app *app)
{
	app->seek_waits = false;
	set_search(app, app->old_search);
	app->old_search = NULL;
	session_return(&app->session, &app->search_start);
}

static bool keep_done(struct app *app, const char *line)
{
	struct pane *pane = app_pane(app, app_focus(app));
	bool good;
	struct pattern *pattern = compile(app, line, &good);

	if (!good || !pane) {
		pattern_free(pattern);
		return good;
	}
	if (!pane_keep(pane, pattern))
		session_message(&app->session, "%s always shows all rows", pane->kind->title);
	else if (pattern)
		session_message(&app->session, "only rows that match %.80s; & and Enter shows all",
				line);
	return true;
}

static bool command_done(struct app *app, const char *line)
{
	struct error error;

	if (app_run_line(app, line, &error))
		return true;
	app->prompt.error_at = error.at;
	session_error(&app->session, &error);
	return false;
}

static void nothing_edited(struct app *app, const char *line)
{
	(void)app;
	(void)line;
}

static void nothing_cancelled(struct app *app)
{
	(void)app;
}

const struct app_prompt_kind prompt_table[] = {
	{":", complete_command, false, nothing_edited, command_done, nothing_cancelled},
	{"/", NULL, false, search_edited, search_done, search_cancelled},
	{"&", NULL, false, nothing_edited, keep_done, nothing_cancelled},
	{APP_PROMPT_FILE, complete_path, true, nothing_edited, app_write_named, nothing_cancelled},
	{APP_PROMPT_SOURCE, complete_path, true, nothing_edited, app_source_named,
	 nothing_cancelled},
	{APP_PROMPT_OVERWRITE, NULL, true, nothing_edited, app_write_agreed, nothing_cancelled},
	{.label = NULL},
};
