/* SPDX-License-Identifier: MIT */
/* Runs commands: those of the app by their function, the others in the focused pane. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ui/app/app_config.h"
#include "ui/app/app_prompt.h"
#include "ui/app/app_visit.h"
#include "ui/app/app_word.h"
#include "ui/pane/list.h"
#include "ui/store/preferences.h"

/* Jumps inside a pane can be gone back from. */
static bool is_jump(enum command_id id)
{
	return id == COMMAND_ENTER || id == COMMAND_ZOOM_IN || id == COMMAND_ZOOM_OUT ||
	       id == COMMAND_ZOOM_RESET;
}

/* Somebody asked for it with a key, which is remembered already. */
static void go_elsewhere(struct app *app, struct visit *visit)
{
	if (app_go_to(app, visit))
		app_show(app, visit->kind);
	else
		app_forget_visit(app);
	visit_clear(visit);
	free(visit);
}

/* What a pane wants to be done after a key. */
static void take_result(struct app *app, const struct pane_result *result)
{
	struct error error;

	if (result->open)
		app_show(app, pane_find(result->open));
	switch (result->kind) {
	case PANE_SPEC:
		app_set_spec(app, result->spec);
		view_spec_clear(result->spec);
		free(result->spec);
		break;
	case PANE_VISIT:
		go_elsewhere(app, result->visit);
		break;
	case PANE_PROMPT:
		app_prompt_open(app, ":", result->line);
		free(result->line);
		break;
	case PANE_LINE:
		if (!app_run_line(app, result->line, &error))
			session_error(&app->session, &error);
		free(result->line);
		break;
	case PANE_IGNORED:
	case PANE_DONE:
	case PANE_OPEN:
		break;
	}
}

static void run_in_pane(struct app *app, struct pane *pane, enum command_id id)
{
	const struct spot *spot = &app->session.spot;
	struct spot old = *spot;
	struct pane_input input = {id, app->clicked_row, app->clicked_column};
	struct pane_result result;

	if (is_jump(id))
		app_leave(app);
	result = pane_handle(pane, &input);
	/* Clicked at again, nothing is still nothing: Enter would be about the old selection. */
	if (result.kind == PANE_IGNORED && id == COMMAND_POINT)
		app->clicked_at = 0;
	if (is_jump(id) && !result.open && result.kind != PANE_VISIT && old.zoom == spot->zoom &&
	    old.centre == spot->centre)
		app_forget_visit(app);
	take_result(app, &result);
}

void app_command(struct app *app, const struct command *command)
{
	struct pane *pane;

	if (command->run) {
		command->run(app, command);
		return;
	}
	pane = app_ready_pane(app);
	if (pane)
		run_in_pane(app, pane, command->id);
}

/* A key of another pane is said to be one: nothing happens without a reason. */
void app_explain_key(struct app *app, uint32_t key)
{
	struct session *session = &app->session;
	const struct pane_kind *kind = NULL;
	const struct command *command = NULL;
	char name[KEY_NAME_SIZE], help[KEY_NAME_SIZE];

	if (key >= NAMED_CLICK)
		return;
	key_print(key, name);
	for (size_t i = 0; pane_kinds[i] && !command; i++) {
		kind = pane_kinds[i];
		command = key_map_find(&app->keys, key, kind->groups);
	}
	key_map_first(&app->keys, "keys", app_focus(app)->groups, help);
	if (command)
		session_message(session, "%s is a key of %s: %s", name, kind->title, command->help);
	else
		session_message(session, "%s does nothing; %s lists the keys", name, help);
}

bool app_command_needs_pane(const struct command *command)
{
	return !command->run || command->needs_pane;
}

/* --- Lines ---------------------------------------------------------------- */

/* "NAME=VALUE" of the explorer itself, without a "set" in front. */
static bool is_preference(const char *line)
{
	size_t length = strcspn(line += strspn(line, " "), " =");
	char name[32] = "";

	if (line[length + strspn(line + length, " ")] != '=' || length >= sizeof(name))
		return false;
	memcpy(name, line, length);
	return preference_find(name) != NULL;
}

bool app_run_line(struct app *app, const char *line, struct error *error)
{
	const struct command *named =
		command_find(app->keys.commands, line, app_focus(app)->groups);
	const char *rest;
	const struct app_word *word = app_word_find(line, &rest);

	if (named) {
		app_command(app, named);
		return true;
	}
	if (is_preference(line))
		return app_word_set(app, line, line, error);
	if (word)
		return word->run(app, line, rest, error);
	return app_shell_line(app, line, error);
}

void app_command_line(struct app *app, const struct command *command)
{
	struct error error;

	if (!app_run_line(app, command->argument, &error))
		session_error(&app->session, &error);
}
