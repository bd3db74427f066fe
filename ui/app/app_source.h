/* SPDX-License-Identifier: MIT */
/* From the selection to its source: the editor, and where the files are. */
#ifndef UI_APP_APP_SOURCE_H
#define UI_APP_APP_SOURCE_H

#include "ui/app/app.h"

#define APP_PROMPT_SOURCE "the file, or a directory of sources: "

/* A command: opens the editor where the selection stands in the source. */
void app_edit(struct app *app, const struct command *command);

/* A command: asks where the file of the selection is, if it was not found. */
void app_ask_source(struct app *app, const struct command *command);

/* What was typed at that prompt; false: it stays open. */
bool app_source_named(struct app *app, const char *line);

/* What earlier runs were told. */
void app_read_places(struct app *app);

#endif
