/* SPDX-License-Identifier: MIT */
#include "ui/input/prompt.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"
#include "ui/term/key.h"
#include "ui/term/theme.h"

void completions_add(struct completions *completions, const char *word, size_t length)
{
	char *copy = alloc(length + 1);

	memcpy(copy, word, length);
	copy[length] = '\0';
	array_push(completions->items, completions->count, completions->capacity, copy);
}

void completions_clear(struct completions *completions)
{
	for (size_t i = 0; i < completions->count; i++)
		free(completions->items[i]);
	free(completions->items);
	*completions = (struct completions){0};
}

void prompt_init(struct prompt *prompt, const char *label, const char *text,
		 struct prompt_history *history, prompt_complete *complete, void *owner)
{
	*prompt = (struct prompt){
		.label = label,
		.history = history,
		.history_at = history ? history->count : 0,
		.complete = complete,
		.owner = owner,
		.error_at = SIZE_MAX,
	};
	text_add_string(&prompt->line, text);
	prompt->cursor = prompt->line.length;
}

void prompt_clear(struct prompt *prompt)
{
	text_clear(&prompt->line);
	free(prompt->typed);
	completions_clear(&prompt->completions);
	*prompt = (struct prompt){0};
}

/* Replaces bytes [start, end) of the line and stands behind the new ones. */
static void replace(struct prompt *prompt, size_t start, size_t end, const char *bytes,
		    size_t length)
{
	struct text line = {0};

	text_add(&line, prompt->line.bytes, start);
	text_add(&line, bytes, length);
	text_add(&line, text_string(&prompt->line) + end, prompt->line.length - end);
	text_clear(&prompt->line);
	prompt->line = line;
	prompt->cursor = start + length;
	prompt->error_at = SIZE_MAX;
}

static size_t previous_character(const struct prompt *prompt)
{
	size_t at = prompt->cursor;

	while (at > 0 && ((unsigned char)prompt->line.bytes[--at] & 0xc0) == 0x80)
		;
	return at;
}

static size_t next_character(const struct prompt *prompt)
{
	size_t at = prompt->cursor;

	if (at < prompt->line.length)
		at++;
	while (at < prompt->line.length && ((unsigned char)prompt->line.bytes[at] & 0xc0) == 0x80)
		at++;
	return at;
}

static size_t word_start(const struct prompt *prompt)
{
	size_t at = prompt->cursor;

	while (at > 0 && prompt->line.bytes[at - 1] == ' ')
		at--;
	while (at > 0 && prompt->line.bytes[at - 1] != ' ')
		at--;
	return at;
}

/* A line that was changed is one being typed. */
static void end_walk(struct prompt *prompt)
{
	if (prompt->history)
		prompt->history_at = prompt->history->count;
}

static enum prompt_result erase(struct prompt *prompt, size_t start, size_t end)
{
	if (start == end)
		return PROMPT_NOTHING;
	replace(prompt, start, end, "", 0);
	end_walk(prompt);
	return PROMPT_EDITED;
}

static enum prompt_result go_to(struct prompt *prompt, size_t cursor)
{
	prompt->cursor = cursor;
	return PROMPT_NOTHING;
}

static void set_line(struct prompt *prompt, const char *text)
{
	replace(prompt, 0, prompt->line.length, text, strlen(text));
}

/* The next line in this direction; with `prefix` only those that start as the typed one does. */
static enum prompt_result walk_history(struct prompt *prompt, int direction, bool prefix)
{
	struct prompt_history *history = prompt->history;
	size_t at = prompt->history_at, length;

	if (!history)
		return PROMPT_NOTHING;
	if (at == history->count) {
		free(prompt->typed);
		prompt->typed = alloc_text(text_string(&prompt->line));
	}
	length = prefix ? strlen(prompt->typed) : 0;
	do {
		if (at == (direction < 0 ? 0 : history->count))
			return PROMPT_NOTHING;
		at += (size_t)direction;
	} while (at < history->count && strncmp(history->lines[at], prompt->typed, length) != 0);
	prompt->history_at = at;
	set_line(prompt, at == history->count ? prompt->typed : history->lines[at]);
	return PROMPT_EDITED;
}

/* The first Tab asks what fits, each further one shows the next of it. */
static enum prompt_result complete(struct prompt *prompt, int direction)
{
	struct completions *completions = &prompt->completions;
	const char *word;

	if (!prompt->complete)
		return PROMPT_NOTHING;
	if (!completions->count) {
		prompt->complete(prompt->owner, text_string(&prompt->line), prompt->cursor,
				 completions);
		if (!completions->count)
			return PROMPT_NOTHING;
		prompt->completion_at = direction > 0 ? 0 : completions->count - 1;
	} else {
		prompt->completion_at =
			(prompt->completion_at + completions->count + (size_t)direction) %
			completions->count;
	}
	word = completions->items[prompt->completion_at];
	replace(prompt, completions->start, prompt->cursor, word, strlen(word));
	if (completions->count == 1)
		completions_clear(completions);
	return PROMPT_EDITED;
}

static enum prompt_result insert(struct prompt *prompt, uint32_t key)
{
	char bytes[4];

	if (!key_is_text(key))
		return PROMPT_NOTHING;
	replace(prompt, prompt->cursor, prompt->cursor, bytes, utf8_encode(key, bytes));
	end_walk(prompt);
	return PROMPT_EDITED;
}

/* Keys of terminals and of Emacs for the same things; ^X is written as 'X' & 0x1f. */
static enum prompt_result edit(struct prompt *prompt, uint32_t key)
{
	size_t length = prompt->line.length;

	switch (key) {
	case 'A' & 0x1f:
	case NAMED_HOME:
		return go_to(prompt, 0);
	case 'E' & 0x1f:
	case NAMED_END:
		return go_to(prompt, length);
	case 'B' & 0x1f:
	case NAMED_LEFT:
		return go_to(prompt, previous_character(prompt));
	case 'F' & 0x1f:
	case NAMED_RIGHT:
		return go_to(prompt, next_character(prompt));
	case 'W' & 0x1f:
		return erase(prompt, word_start(prompt), prompt->cursor);
	case 'U' & 0x1f:
		return erase(prompt, 0, prompt->cursor);
	case 'K' & 0x1f:
		return erase(prompt, prompt->cursor, length);
	case 'D' & 0x1f:
	case NAMED_DELETE:
		return erase(prompt, prompt->cursor, next_character(prompt));
	case NAMED_BACKSPACE:
		return length ? erase(prompt, previous_character(prompt), prompt->cursor)
			      : PROMPT_CANCELLED;
	case 'P' & 0x1f:
		return walk_history(prompt, -1, false);
	case NAMED_UP:
		return walk_history(prompt, -1, true);
	case 'N' & 0x1f:
		return walk_history(prompt, 1, false);
	case NAMED_DOWN:
		return walk_history(prompt, 1, true);
	default:
		return insert(prompt, key);
	}
}

enum prompt_result prompt_handle(struct prompt *prompt, uint32_t key)
{
	switch (key) {
	case NAMED_ENTER:
		if (prompt->history)
			prompt_history_add(prompt->history, text_string(&prompt->line));
		/* A line that is refused goes on being typed. */
		end_walk(prompt);
		return PROMPT_DONE;
	case NAMED_ESCAPE:
	case 'C' & 0x1f:
		return PROMPT_CANCELLED;
	case NAMED_TAB:
		return complete(prompt, 1);
	case NAMED_BACKTAB:
		return complete(prompt, -1);
	default:
		completions_clear(&prompt->completions);
		return edit(prompt, key);
	}
}

void prompt_paste(struct prompt *prompt, const char *bytes, size_t length)
{
	struct text clean = {0};

	prompt_history_clean(&clean, bytes, length);
	completions_clear(&prompt->completions);
	replace(prompt, prompt->cursor, prompt->cursor, text_string(&clean), clean.length);
	end_walk(prompt);
	text_clear(&clean);
}

void prompt_draw(const struct prompt *prompt, struct canvas *line, int *cursor)
{
	const char *text = text_string(&prompt->line);
	int label = (int)strlen(prompt->label), room = line->columns - label - 1;
	int before = canvas_width(line->charset, text, prompt->cursor, INT16_MAX), left = 0;
	struct canvas box = canvas_part(line, 0, label, 1, line->columns - label);

	if (before > room)
		left = before - room;
	canvas_text(&box, 0, -left, STYLE_PLAIN, text, prompt->line.length);
	if (prompt->error_at < prompt->line.length) {
		int at = canvas_width(line->charset, text, prompt->error_at, INT16_MAX);

		canvas_text(&box, 0, at - left, STYLE_ERROR | STYLE_SELECTED,
			    text + prompt->error_at, 1);
	}
	canvas_string(line, 0, 0, STYLE_KEY, prompt->label);
	*cursor = label + before - left;
}

bool prompt_draw_completions(const struct prompt *prompt, struct canvas *line)
{
	const struct completions *completions = &prompt->completions;
	size_t first = prompt->completion_at > 2 ? prompt->completion_at - 2 : 0;
	int column = 0;

	if (completions->count < 2)
		return false;
	canvas_fill(line, 0, 0, line->columns, STYLE_PLAIN);
	for (size_t i = first; i < completions->count && column < line->columns; i++) {
		const char *item = completions->items[i];

		column = canvas_fit(line, 0, column, line->columns - column,
				    i == prompt->completion_at ? STYLE_SELECTED : STYLE_PLAIN, item,
				    strlen(item)) +
			 2;
	}
	return true;
}
