/* SPDX-License-Identifier: MIT */
/* Commands of the search. */
#ifndef UI_APP_RUN_SEARCH_H
#define UI_APP_RUN_SEARCH_H

#include "ui/app/app.h"

void run_search(struct app *app, const struct command *command);
void run_next_match(struct app *app, const struct command *command);
void run_previous_match(struct app *app, const struct command *command);
void run_search_selected(struct app *app, const struct command *command);
void run_escape(struct app *app, const struct command *command);

#endif
