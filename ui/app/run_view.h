/* SPDX-License-Identifier: MIT */
/* Commands that change the view: filters, sample types, units, granularity, classes. */
#ifndef UI_APP_RUN_VIEW_H
#define UI_APP_RUN_VIEW_H

#include "ui/app/app.h"

void run_filter(struct app *app, const struct command *command);
void run_undo(struct app *app, const struct command *command);
void run_redo(struct app *app, const struct command *command);
void run_next_type(struct app *app, const struct command *command);
void run_previous_type(struct app *app, const struct command *command);
void run_relative(struct app *app, const struct command *command);
void run_recursion(struct app *app, const struct command *command);
void run_invert_trees(struct app *app, const struct command *command);
void run_own_code(struct app *app, const struct command *command);
void run_classes(struct app *app, const struct command *command);
void run_display(struct app *app, const struct command *command);
void run_unit(struct app *app, const struct command *command);
void run_granularity(struct app *app, const struct command *command);

#endif
