/* SPDX-License-Identifier: MIT */
/* The prompts: a command line, a search, a filter of rows, names of files and directories. */
#ifndef UI_APP_APP_PROMPT_H
#define UI_APP_APP_PROMPT_H

#include "ui/app/app.h"
#include "ui/input/prompt.h"

/* What a prompt does: as the line changes, when it is done, when it is given up. */
struct app_prompt_kind {
	const char *label;
	prompt_complete *complete; /* NULL: nothing is completed */
	bool forgets;              /* nothing that is typed is kept */
	void (*edited)(struct app *app, const char *line);
	bool (*done)(struct app *app, const char *line); /* false: stays open */
	void (*cancelled)(struct app *app);
};

/* Opens one of app->prompts by its label (":", "/", "&", APP_PROMPT_...) with a text to edit. */
void app_prompt_open(struct app *app, const char *label, const char *text);
void app_prompt_key(struct app *app, uint32_t key);
void app_prompt_paste(struct app *app, const char *bytes, size_t length);
void app_prompt_close(struct app *app, bool cancelled);

/* Goes to the next match of the search in a pane that is ready, or says that there is none. */
void app_seek(struct app *app, struct pane *pane, int direction, bool here);

#endif
