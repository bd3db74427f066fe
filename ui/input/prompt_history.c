/* SPDX-License-Identifier: MIT */
#include "ui/input/prompt_history.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"
#include "base/user_file.h"

#define MOST_HISTORIES 4

void prompt_history_clear(struct prompt_history *history)
{
	for (size_t i = 0; i < history->count; i++)
		free(history->lines[i]);
	free(history->lines);
	*history = (struct prompt_history){0};
}

void prompt_history_add(struct prompt_history *history, const char *line)
{
	if (!*line || strlen(line) > HISTORY_LINE_LIMIT ||
	    (history->count && !strcmp(history->lines[history->count - 1], line)))
		return;
	if (history->count == HISTORY_LINES) {
		free(history->lines[0]);
		memmove(history->lines, history->lines + 1,
			--history->count * sizeof(*history->lines));
	}
	array_push(history->lines, history->count, history->capacity, alloc_text(line));
	if (history->added < history->count)
		history->added++;
}

void prompt_history_clean(struct text *text, const char *bytes, size_t length)
{
	uint32_t rune;
	size_t size;

	for (size_t at = 0; at < length; at += size) {
		size = utf8_decode(bytes + at, length - at, &rune);
		if (utf8_is_hostile(rune) || rune == UTF8_BROKEN)
			text_add_char(text, ' ');
		else
			text_add(text, bytes + at, size);
	}
}

/* --- The file ------------------------------------------------------------- */

static void take_line(const struct kept_history *kept, const char *line, size_t length)
{
	struct text clean = {0};

	for (; length > 1 && kept->mark; kept++) {
		if (kept->mark != line[0])
			continue;
		prompt_history_clean(&clean, line + 1, length - 1);
		prompt_history_add(kept->history, text_string(&clean));
		break;
	}
	text_clear(&clean);
}

bool prompt_history_read(const char *path, const struct kept_history *kept, struct error *error)
{
	struct text content = {0};
	enum user_file_state state = user_file_read(path, &content, error);
	const char *at = text_string(&content), *end = at + content.length;

	while (state == USER_FILE_READ && at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));

		take_line(kept, at, (size_t)((stop ? stop : end) - at));
		at = stop ? stop + 1 : end;
	}
	for (; kept->mark; kept++)
		kept->history->added = 0;
	text_clear(&content);
	return state != USER_FILE_REFUSED;
}

/* The last lines of all that fit. */
static bool write_text(const char *path, const struct text *text, struct error *error)
{
	const char *bytes = text_string(text);
	size_t length = text->length;

	while (length > USER_FILE_LIMIT) {
		const char *stop = memchr(bytes, '\n', length);

		length -= (size_t)(stop - bytes) + 1;
		bytes = stop + 1;
	}
	return user_file_write(path, bytes, length, error);
}

bool prompt_history_write(const char *path, const struct kept_history *kept, struct error *error)
{
	struct prompt_history merged[MOST_HISTORIES] = {0};
	struct kept_history now[MOST_HISTORIES + 1] = {0};
	struct text text = {0};
	size_t count = 0, added = 0;
	bool good;

	for (; count < MOST_HISTORIES && kept[count].mark; count++) {
		now[count] = (struct kept_history){kept[count].mark, &merged[count]};
		added += kept[count].history->added;
	}
	if (!added)
		return true;
	good = prompt_history_read(path, now, error);
	for (size_t i = 0; good && i < count; i++) {
		const struct prompt_history *history = kept[i].history;

		for (size_t line = history->count - history->added; line < history->count; line++)
			prompt_history_add(&merged[i], history->lines[line]);
		for (size_t line = 0; line < merged[i].count; line++) {
			text_add_char(&text, kept[i].mark);
			prompt_history_clean(&text, merged[i].lines[line],
					     strlen(merged[i].lines[line]));
			text_add_char(&text, '\n');
		}
	}
	good = good && write_text(path, &text, error);
	for (size_t i = 0; i < count; i++)
		prompt_history_clear(&merged[i]);
	text_clear(&text);
	return good;
}
