/* SPDX-License-Identifier: MIT */
/* Settings and keys of a person: read from the config file, changed at the prompt. */
#ifndef UI_APP_APP_CONFIG_H
#define UI_APP_APP_CONFIG_H

#include "cli/request.h"
#include "ui/app/app.h"

/*
 * Before the terminal is opened: the config file, then what the command line
 * says. What is wrong in the file goes to app->notice.
 */
void app_read_config(struct app *app);

/*
 * Puts the limits that the config file sets before those of the command line,
 * for a report that judges. False with an error about lines that were left out.
 */
bool app_take_limits(struct request *request, struct error *error);

/* What was typed at prompts in earlier runs, and for later ones; nothing with history=off. */
void app_read_history(struct app *app);
void app_write_history(struct app *app);

/* How to open the terminal as the preferences say. */
struct terminal_options app_terminal_options(const struct app *app);

/* Rows of app_word.h. */
bool app_word_set(struct app *app, const char *line, const char *rest, struct error *error);
bool app_word_bind(struct app *app, const char *line, const char *rest, struct error *error);
bool app_word_save(struct app *app, const char *line, const char *rest, struct error *error);
bool app_word_load(struct app *app, const char *line, const char *rest, struct error *error);
bool app_word_refresh(struct app *app, const char *line, const char *rest, struct error *error);
bool app_word_configs(struct app *app, const char *line, const char *rest, struct error *error);

/* Lists all settings with their values in the pager, under this title. */
#define APP_SETTINGS_TITLE "settings"
void app_list_settings(struct app *app);

#endif
