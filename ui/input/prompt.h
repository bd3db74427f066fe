/* SPDX-License-Identifier: MIT */
/*
 * A line of text being typed: editing keys, history and completion. It knows
 * nothing of what the line means; whoever runs it decides that.
 */
#ifndef UI_INPUT_PROMPT_H
#define UI_INPUT_PROMPT_H

#include "base/text.h"
#include "ui/term/canvas.h"
#include "ui/input/prompt_history.h"

/* What may stand at the cursor: whole words that replace the one that starts at `start`. */
struct completions {
	char **items; /* owned */
	size_t count, capacity;
	size_t start; /* byte of the line */
};

void completions_add(struct completions *completions, const char *word, size_t length);
void completions_clear(struct completions *completions);

/* Fills empty completions for the word that ends at byte `cursor`. */
typedef void prompt_complete(void *owner, const char *line, size_t cursor,
			     struct completions *completions);

struct prompt {
	const char *label; /* ":", "/" */
	struct text line;
	size_t cursor; /* byte */
	struct prompt_history *history;
	size_t history_at;         /* history->count: the line being typed */
	char *typed;               /* that line while an older one is shown */
	prompt_complete *complete; /* NULL: none */
	void *owner;
	struct completions completions;
	size_t completion_at;
	size_t error_at; /* byte that is wrong; SIZE_MAX: none */
};

enum prompt_result {
	PROMPT_NOTHING,
	PROMPT_EDITED,
	PROMPT_DONE,
	PROMPT_CANCELLED,
};

/* history and complete may be NULL; they must outlive the prompt. */
void prompt_init(struct prompt *prompt, const char *label, const char *text,
		 struct prompt_history *history, prompt_complete *complete, void *owner);
void prompt_clear(struct prompt *prompt);

/* PROMPT_DONE adds the line to the history. */
enum prompt_result prompt_handle(struct prompt *prompt, uint32_t key);

/* Adds pasted text as if it were typed; control characters become blanks. */
void prompt_paste(struct prompt *prompt, const char *bytes, size_t length);

/* Draws label and line into one row; *cursor is the column of the cursor. */
void prompt_draw(const struct prompt *prompt, struct canvas *line, int *cursor);

/* Draws the completions being gone through; false if there are none. */
bool prompt_draw_completions(const struct prompt *prompt, struct canvas *line);

#endif
