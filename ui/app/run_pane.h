/* SPDX-License-Identifier: MIT */
/* Commands about panes and the program: open, close, quit, read again. */
#ifndef UI_APP_RUN_PANE_H
#define UI_APP_RUN_PANE_H

#include "ui/app/app.h"

void run_open_pane(struct app *app, const struct command *command);
void run_next_pane(struct app *app, const struct command *command);
void run_maximise(struct app *app, const struct command *command);
void run_quit(struct app *app, const struct command *command);
void run_close(struct app *app, const struct command *command);
void run_interrupt(struct app *app, const struct command *command);
void run_traces(struct app *app, const struct command *command);
void run_prompt(struct app *app, const struct command *command);
void run_keep_rows(struct app *app, const struct command *command);
void run_reload(struct app *app, const struct command *command);
void run_redraw(struct app *app, const struct command *command);
void run_suspend(struct app *app, const struct command *command);

/* Opens a pane, which can be gone back from. */
void run_open(struct app *app, const struct pane_kind *kind);

#endif
