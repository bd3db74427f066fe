/* SPDX-License-Identifier: MIT */
/* The selection for the clipboard of the terminal. */
#ifndef UI_APP_APP_COPY_H
#define UI_APP_APP_COPY_H

#include "ui/app/app.h"

/* A command: the full name of the selection, or the line of a text. */
void app_copy_name(struct app *app, const struct command *command);

/* A command: with its numbers; in call trees the stack, a frame a line, the leaf first. */
void app_copy_row(struct app *app, const struct command *command);

#endif
