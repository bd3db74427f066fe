/* SPDX-License-Identifier: MIT */
/* The prompts: a command line, a search, a filter of rows. */
#include "ui/app/app_prompt.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ui/app/command_table.h"
#include "view/typed_pattern.h"
#include "ui/app/app_source.h"
#include "ui/app/app_write.h"
#include "ui/input/complete_path.h"
#include "ui/app/complete.h"
#include "ui/pane/list.h"

/* What a prompt does: as the line changes, when it is done, when it is given up. */
struct app_prompt_kind {
	const char *label;
	prompt_complete *complete; /* NULL: nothing is completed */
	bool forgets;              /* nothing that is typed is kept */
	void (*edited)(struct app *app, const char *line);
	bool (*done)(struct app *app, const char *line); /* false: stays open */
	void (*cancelled)(struct app *app);
};

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

/* --- Search --------------------------------------------------------------- */

void app_seek(struct app *app, struct pane *pane, int direction, bool here)
{
	struct session *session = &app->session;

	if (pane_seek(pane, direction, here))
		return;
	if (pane->kind == &pane_top && session->top_rows &&
	    session->top_rows < session->shown.table->row_count)
		session_message(session, "nothing matches in the first %u rows; :top shows all",
				session->top_rows);
	else
		session_message(session, "nothing matches here");
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
			app_command(app, command_find(commands, "next-match", ""));
		return true;
	}
	pattern_free(compile(app, line, &good));
	if (!good)
		return false;
	pattern_free(app->old_search);
	app->old_search = NULL;
	return true;
}

static void search_cancelled(struct app *app)
{
	app->seek_waits = false;
	set_search(app, app->old_search);
	app->old_search = NULL;
	session_return(&app->session, &app->search_start);
}

/* --- Rows to keep --------------------------------------------------------- */

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

/* --- Commands ------------------------------------------------------------- */

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

static const struct app_prompt_kind kinds[] = {
	{":", complete_command, false, nothing_edited, command_done, nothing_cancelled},
	{"/", NULL, false, search_edited, search_done, search_cancelled},
	{"&", NULL, false, nothing_edited, keep_done, nothing_cancelled},
	{APP_PROMPT_FILE, complete_path, true, nothing_edited, app_write_named, nothing_cancelled},
	{APP_PROMPT_SOURCE, complete_path, true, nothing_edited, app_source_named,
	 nothing_cancelled},
	{APP_PROMPT_OVERWRITE, NULL, true, nothing_edited, app_write_agreed, nothing_cancelled},
};

void app_prompt_open(struct app *app, const char *label, const char *text)
{
	const struct app_prompt_kind *kind = kinds;
	struct prompt_history *history = NULL;

	while (strcmp(kind->label, label) != 0)
		kind++;
	prompt_clear(&app->prompt);
	if (!kind->forgets)
		history = kind->complete ? &app->commands : &app->searches;
	prompt_init(&app->prompt, label, text, history, kind->complete, &app->session);
	app->prompting = kind;
	app->old_search = app->session.search;
	session_keep_origin(&app->session, &app->search_start);
}

void app_prompt_close(struct app *app, bool cancelled)
{
	const struct app_prompt_kind *kind = app->prompting;

	app->prompting = NULL;
	if (cancelled)
		kind->cancelled(app);
	app->old_search = NULL;
	prompt_clear(&app->prompt);
}

static void finish(struct app *app)
{
	const struct app_prompt_kind *kind = app->prompting;

	/* Closed first: what it does may open another one. */
	app->prompting = NULL;
	if (!kind->done(app, text_string(&app->prompt.line))) {
		app->prompting = kind;
	} else if (!app->prompting) {
		app->old_search = NULL;
		prompt_clear(&app->prompt);
	}
}

void app_prompt_key(struct app *app, uint32_t key)
{
	switch (prompt_handle(&app->prompt, key)) {
	case PROMPT_DONE:
		finish(app);
		break;
	case PROMPT_CANCELLED:
		app_prompt_close(app, true);
		break;
	case PROMPT_EDITED:
		app->prompting->edited(app, text_string(&app->prompt.line));
		break;
	case PROMPT_NOTHING:
		break;
	}
}

void app_prompt_paste(struct app *app, const char *bytes, size_t length)
{
	prompt_paste(&app->prompt, bytes, length);
	app->prompting->edited(app, text_string(&app->prompt.line));
}
