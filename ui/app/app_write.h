/* SPDX-License-Identifier: MIT */
/* What a pane shows, written to a file: a report of the same content with the present filters. */
#ifndef UI_APP_APP_WRITE_H
#define UI_APP_APP_WRITE_H

#include "ui/app/app.h"

#define APP_PROMPT_FILE "write to: "
#define APP_PROMPT_OVERWRITE "it is there; replace it (y/n)? "

/* A command: asks for the file. */
void app_write(struct app *app, const struct command *command);

/* What was typed at the two prompts; false: they stay open. */
bool app_write_named(struct app *app, const char *line);
bool app_write_agreed(struct app *app, const char *line);

#endif
