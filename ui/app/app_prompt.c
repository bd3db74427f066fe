/* SPDX-License-Identifier: MIT */
#include "ui/app/app_prompt.h"

#include <string.h>

void app_prompt_open(struct app *app, const char *label, const char *text)
{
	const struct app_prompt_kind *kind = app->prompts;
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
