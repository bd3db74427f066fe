/* SPDX-License-Identifier: MIT */
/* The prompts: a command line, a search, a filter of rows, names of files and folders. */
#ifndef UI_APP_APP_PROMPT_H
#define UI_APP_APP_PROMPT_H

#include "ui/app/app.h"

/* Opens one by its label (":", "/", "&", APP_PROMPT_...) with a text to edit. */
void app_prompt_open(struct app *app, const char *label, const char *text);
void app_prompt_key(struct app *app, uint32_t key);
void app_prompt_paste(struct app *app, const char *bytes, size_t length);
void app_prompt_close(struct app *app, bool cancelled);

/* Goes to the next match of the search in a pane that is ready, or says that there is none. */
void app_seek(struct app *app, struct pane *pane, int direction, bool here);

#endif
