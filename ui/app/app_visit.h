/* SPDX-License-Identifier: MIT */
/* Going back and forward, and bookmarks: pane, selection, zoom and filters each. */
#ifndef UI_APP_APP_VISIT_H
#define UI_APP_APP_VISIT_H

#include "ui/app/app.h"

/* Remembers where we are, before going somewhere else. */
void app_leave(struct app *app);

/* The last app_leave led nowhere else. */
void app_forget_visit(struct app *app);

void app_clear_visits(struct app *app);

/* The pane that is made for what is explored. */
const struct pane_kind *app_home(const struct app *app);

/* When the first view is there: opens that pane, where nobody has chosen another one. */
void app_begin(struct app *app);

/* Goes there; false with a message if its files cannot be read again. */
bool app_go_to(struct app *app, const struct visit *visit);

/* Commands. */
void app_go_back(struct app *app, const struct command *command);
void app_go_forward(struct app *app, const struct command *command);

/* Commands: the next key is a letter; then app_take_letter has it. */
void app_set_mark(struct app *app, const struct command *command);
void app_ask_mark(struct app *app, const struct command *command);
void app_take_letter(struct app *app, uint32_t key);

/* ":marks" of app_word.h: lists the bookmarks. */
bool app_word_marks(struct app *app, const char *line, const char *rest, struct error *error);

#endif
