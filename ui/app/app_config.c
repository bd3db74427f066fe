/* SPDX-License-Identifier: MIT */
#include "ui/app/app_config.h"
#include "ui/session/live.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ui/store/config.h"
#include "ui/pane/list.h"
#include "ui/store/saved_config.h"
#include "ui/term/terminal.h"
#include "ui/widget/text_pane.h"
#include "base/user_file.h"

/* --- At the start --------------------------------------------------------- */

static bool is_given(const void *owner, const struct option *option)
{
	return request_gives(owner, option);
}

/* What was said on the command line goes before what the file says. */
static void apply_flags(struct preferences *values, const struct request *request)
{
	struct error error;

	if (*request->color)
		preference_set(values, preference_find("color"), request->color, &error);
	if (request->ascii || request->utf8) {
		values->ascii = request->ascii;
		values->utf8 = request->utf8;
	}
	if (request->no_history)
		values->history = false;
	if (request->no_clipboard)
		values->clipboard = false;
}

/* "~/.config/ncprof/config": a status line has no room for more. */
static const char *short_path(const char *path, struct text *name)
{
	const char *home = getenv("HOME");
	size_t length = home ? strlen(home) : 0;

	if (length > 1 && !strncmp(path, home, length) && path[length] == '/')
		text_printf(name, "~%s", path + length);
	else
		text_add_string(name, path);
	return name->bytes;
}

static void read_file(struct app *app, const char *path)
{
	const struct config config = {
		.settings = &app->session.settings,
		.preferences = &app->preferences,
		.keys = &app->keys,
		.is_given = is_given,
		.owner = app->session.request,
	};
	struct text content = {0}, name = {0};
	struct error error;
	size_t wrong;

	switch (user_file_read(path, &content, &error)) {
	case USER_FILE_READ:
		wrong = config_text(&config, short_path(path, &name), &content, &error);
		if (wrong)
			text_add_string(&app->notice, error.message);
		if (wrong > 1)
			text_printf(&app->notice, " (and %zu more)", wrong - 1);
		break;
	case USER_FILE_REFUSED:
		text_add_string(&app->notice, error.message);
		break;
	case USER_FILE_ABSENT:
		break;
	}
	text_clear(&content);
	text_clear(&name);
}

void app_read_config(struct app *app)
{
	const struct request *request = app->session.request;
	struct text path = {0};

	if (!request->no_config && user_file_path(USER_CONFIG, "config", &path))
		read_file(app, path.bytes);
	apply_flags(&app->preferences, request);
	text_clear(&path);
}

bool app_take_limits(struct request *request, struct error *error)
{
	char **limits = &request->settings.report.thresholds;
	struct settings settings;
	const struct config config = {.settings = &settings};
	struct text path = {0}, content = {0}, joined = {0};
	bool good = true;

	if (request->no_config || !user_file_path(USER_CONFIG, "config", &path)) {
		text_clear(&path);
		return true;
	}
	settings_init(&settings);
	switch (user_file_read(path.bytes, &content, error)) {
	case USER_FILE_READ:
		good = !config_text(&config, path.bytes, &content, error);
		break;
	case USER_FILE_REFUSED:
		good = false;
		break;
	case USER_FILE_ABSENT:
		break;
	}
	text_printf(&joined, "%s,%s", settings.report.thresholds, *limits);
	free(*limits);
	*limits = alloc_text(joined.bytes);
	settings_clear(&settings);
	text_clear(&path);
	text_clear(&content);
	text_clear(&joined);
	return good;
}

/* --- History -------------------------------------------------------------- */

static bool history_path(const struct app *app, struct text *path)
{
	return app->preferences.history && user_file_path(USER_STATE, "history", path);
}

void app_read_history(struct app *app)
{
	const struct kept_history kept[] = {
		{':', &app->commands}, {'/', &app->searches}, {0, NULL}};
	struct text path = {0};
	struct error error;

	if (history_path(app, &path) && !prompt_history_read(path.bytes, kept, &error) &&
	    !app->notice.length)
		text_add_string(&app->notice, error.message);
	text_clear(&path);
}

void app_write_history(struct app *app)
{
	const struct kept_history kept[] = {
		{':', &app->commands}, {'/', &app->searches}, {0, NULL}};
	struct text path = {0};
	struct error error;

	/* A directory that cannot be written to is nothing to bother anybody with at the end. */
	if (history_path(app, &path))
		prompt_history_write(path.bytes, kept, &error);
	text_clear(&path);
}

/* --- The terminal --------------------------------------------------------- */

struct terminal_options app_terminal_options(const struct app *app)
{
	const struct preferences *values = &app->preferences;
	const char *none = getenv("NO_COLOR");
	bool no_color =
		values->color == COLOR_NEVER || (values->color == COLOR_AUTO && none && *none);

	bool light =
		values->theme == THEME_LIGHT ||
		(values->theme != THEME_DARK && theme_background_is_light(getenv("COLORFGBG")));

	return (struct terminal_options){.no_color = no_color,
					 .light = light,
					 .blind = values->theme == THEME_BLIND,
					 .ascii = values->ascii,
					 .utf8 = values->utf8,
					 .mouse = values->mouse};
}

static void change_preferences(struct app *app, const struct preferences *wanted)
{
	struct terminal_options before = app_terminal_options(app), how;

	app->preferences = *wanted;
	how = app_terminal_options(app);
	if (!memcmp(&before, &how, sizeof(how)))
		return;
	terminal_change(&how);
	app->rows = 0; /* the next picture is drawn in another way */
}

/* --- At the prompt -------------------------------------------------------- */

void app_list_settings(struct app *app)
{
	const struct config config = {.settings = &app->session.settings,
				      .preferences = &app->preferences};
	struct text text = {0};

	config_print(&config, &text);
	app_show(app, &pane_report);
	text_pane_set(app_pane(app, &pane_report), APP_SETTINGS_TITLE, text.bytes);
}

bool app_word_set(struct app *app, const char *line, const char *rest, struct error *error)
{
	struct preferences wanted = app->preferences;
	struct settings settings;
	const struct config config = {
		.settings = &settings, .preferences = &wanted, .profile = app->session.profile};
	bool good;

	if (!*rest) {
		app_list_settings(app);
		return true;
	}
	settings_copy(&settings, &app->session.settings);
	good = config_line(&config, line, error);
	if (!good) {
		settings_clear(&settings);
		return false;
	}
	change_preferences(app, &wanted);
	app_use_settings(app, &settings);
	return true;
}

bool app_word_bind(struct app *app, const char *line, const char *rest, struct error *error)
{
	const struct config config = {.keys = &app->keys};

	if (!config_line(&config, line, error))
		return false;
	session_message(&app->session, "%.200s", line + strspn(line, " "));
	(void)rest;
	return true;
}

/* --- Saved under a name --------------------------------------------------- */

/* The name alone: blanks behind it go. */
static void take_name(const char *rest, struct text *name)
{
	size_t length = strlen(rest);

	while (length > 0 && rest[length - 1] == ' ')
		length--;
	text_add(name, rest, length);
}

bool app_word_save(struct app *app, const char *line, const char *rest, struct error *error)
{
	const struct session *session = &app->session;
	struct settings settings;
	struct text name = {0};
	bool replaced, good;
	uint32_t type;

	take_name(rest, &name);
	settings_copy(&settings, &session->settings);
	/* The type that a profile shows by itself needs no name, so that other profiles take it, too. */
	if (session->profile && profile_find_type(session->profile, "", &type, error) &&
	    type == settings.view.value_type)
		*settings.sample_index = '\0';
	good = saved_config_write(text_string(&name), &settings, &replaced, error);
	settings_clear(&settings);
	if (good)
		session_message(&app->session, "%s %s; load %s brings it back",
				replaced ? "replaced" : "saved", name.bytes, name.bytes);
	text_clear(&name);
	return good || error_at(error, (size_t)(rest - line));
}

bool app_word_load(struct app *app, const char *line, const char *rest, struct error *error)
{
	struct session *session = &app->session;
	struct settings settings;
	struct text name = {0};
	bool good;

	take_name(rest, &name);
	good = session->profile || error_set(error, "the profile is still being read");
	good = good && saved_config_read(text_string(&name), &settings, session->profile, error);
	text_clear(&name);
	if (!good)
		return error_at(error, (size_t)(rest - line));
	/* Without a type of its own it is about whatever is shown. */
	if (!*settings.sample_index) {
		free(settings.sample_index);
		settings.sample_index = alloc_text(session->settings.sample_index);
		settings.view.value_type = session->settings.view.value_type;
	}
	app_use_settings(app, &settings);
	return true;
}

static void add_config(void *owner, const char *name)
{
	struct text *text = owner, summary = {0};

	saved_config_summary(name, &summary);
	text_printf(text, "%-20s %s\n", name, text_string(&summary));
	text_clear(&summary);
}

bool app_word_configs(struct app *app, const char *line, const char *rest, struct error *error)
{
	struct text text = {0};

	(void)line;
	(void)rest;
	saved_config_list(add_config, &text);
	if (!text.length)
		return error_set(error, "no configs are saved; save NAME keeps the present one");
	app_show(app, &pane_report);
	text_pane_set(app_pane(app, &pane_report), "configs", text.bytes);
	return true;
}

bool app_word_refresh(struct app *app, const char *line, const char *rest, struct error *error)
{
	(void)line;
	if (!app->session.live)
		return error_set(error, "no server and no store is looked at: nothing to refresh");
	return live_parse(app->session.live, rest, error);
}
