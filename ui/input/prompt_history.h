/* SPDX-License-Identifier: MIT */
/* What was typed at a prompt before, oldest first; kept from run to run in a file. */
#ifndef UI_INPUT_PROMPT_HISTORY_H
#define UI_INPUT_PROMPT_HISTORY_H

#include "base/error.h"
#include "base/text.h"

#define HISTORY_LINES 500
#define HISTORY_LINE_LIMIT 1000 /* bytes; a longer line is not kept */

struct prompt_history {
	char **lines; /* owned */
	size_t count, capacity;
	size_t added; /* the last ones that are of this run */
};

void prompt_history_clear(struct prompt_history *history);

/* Adds a line unless it is empty or the last one again; the oldest go. */
void prompt_history_add(struct prompt_history *history, const char *line);

/* Adds bytes as one line of text: what is no text becomes a blank. */
void prompt_history_clean(struct text *text, const char *bytes, size_t length);

/* One history in the file: its lines start with this character. */
struct kept_history {
	char mark;
	struct prompt_history *history;
};

/*
 * Reads the histories, ended by a mark of 0, from a file; false with an error
 * if it is there and was refused (user_file.h).
 */
bool prompt_history_read(const char *path, const struct kept_history *kept, struct error *error);

/*
 * Adds what is new of them to the file, so that programs that run side by side
 * keep both; the oldest lines go beyond HISTORY_LINES of each and
 * USER_FILE_LIMIT of all.
 */
bool prompt_history_write(const char *path, const struct kept_history *kept, struct error *error);

#endif
