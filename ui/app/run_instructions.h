/* SPDX-License-Identifier: MIT */
/* The command that shows the instructions of the selected function. */
#ifndef UI_APP_RUN_INSTRUCTIONS_H
#define UI_APP_RUN_INSTRUCTIONS_H

#include "ui/app/app.h"

void run_instructions(struct app *app, const struct command *command);

#endif
