/* SPDX-License-Identifier: MIT */
#include "ui/widget/rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/bitset.h"
#include "profile/ids.h"
#include "ui/term/theme.h"

#define SCROLL_COLUMNS 8
#define FAR 1000000
#define COPY_LEAST 79 /* cells of a copy, whatever its rows need */
#define LEAST_TEXT 24 /* cells that scrolling leaves of the longest text */

void rows_init(struct rows *rows, const struct rows_source *source, const void *owner)
{
	*rows = (struct rows){.source = source, .owner = owner, .selected = NONE, .height = 1};
}

void rows_clear(struct rows *rows)
{
	free(rows->matches);
	*rows = (struct rows){0};
}

void rows_set_count(struct rows *rows, uint32_t count)
{
	free(rows->matches);
	rows->matches = NULL;
	rows->match_count = 0;
	rows->count = count;
	rows->selected = NONE;
	if (rows->first >= count)
		rows->first = 0;
}

static bool selectable(const struct rows *rows, uint32_t row)
{
	return rows->source->text(rows->owner, row) != NULL;
}

/* The nearest row that can be selected, first in one direction, then in the other; NONE: none. */
static uint32_t nearest(const struct rows *rows, int64_t row, int direction)
{
	int64_t last = (int64_t)rows->count - 1;

	row = row < 0 ? 0 : row > last ? last : row;
	for (int64_t i = row; i >= 0 && i <= last; i += direction)
		if (selectable(rows, (uint32_t)i))
			return (uint32_t)i;
	for (int64_t i = row; i >= 0 && i <= last; i -= direction)
		if (selectable(rows, (uint32_t)i))
			return (uint32_t)i;
	return NONE;
}

void rows_select(struct rows *rows, uint32_t row)
{
	rows->selected = rows->count ? nearest(rows, row, 1) : NONE;
}

static void scroll_to_selected(struct rows *rows)
{
	uint32_t last_first = rows->count > rows->height ? rows->count - rows->height : 0;

	if (rows->selected != NONE && rows->selected < rows->first)
		rows->first = rows->selected;
	if (rows->selected != NONE && rows->selected >= rows->first + rows->height)
		rows->first = rows->selected - rows->height + 1;
	if (rows->first > last_first)
		rows->first = last_first;
}

void rows_move_to(struct rows *rows, uint32_t row)
{
	rows_select(rows, row);
	scroll_to_selected(rows);
}

void rows_centre(struct rows *rows, uint32_t row)
{
	rows_select(rows, row);
	rows->centre = true;
}

static void draw_row(struct rows *rows, struct canvas *canvas, int at, uint32_t row, bool focused)
{
	struct canvas line = canvas_part(canvas, at, 0, 1, canvas->columns);
	uint16_t flags = focused ? STYLE_SELECTED : STYLE_FOLLOWED;

	rows->source->draw(rows->owner, &line, row, rows->left, row == rows->selected ? flags : 0);
}

void rows_draw(struct rows *rows, struct canvas *canvas, bool focused)
{
	uint32_t shown;
	bool outside;

	rows->top = canvas->top;
	rows->height = canvas->rows > 0 ? (uint32_t)canvas->rows : 1;
	if (rows->centre && rows->selected != NONE)
		rows->first =
			rows->selected > rows->height / 2 ? rows->selected - rows->height / 2 : 0;
	rows->centre = false;
	if (focused || rows->follows || rows->first + rows->height > rows->count)
		scroll_to_selected(rows);
	shown = rows->count - rows->first;
	if (shown > (uint32_t)canvas->rows)
		shown = (uint32_t)canvas->rows;
	outside = rows->selected != NONE &&
		  (rows->selected < rows->first || rows->selected >= rows->first + rows->height);
	for (uint32_t i = 0; i < shown; i++) {
		bool pinned = outside && i + 1 == shown;

		draw_row(rows, canvas, (int)i, pinned ? rows->selected : rows->first + i, focused);
		/* It is no neighbour of the row above. */
		if (pinned)
			canvas_glyph(canvas, (int)i, 0, 1, STYLE_KEY,
				     rows->selected < rows->first ? GLYPH_UP : GLYPH_DOWN);
	}
}

void rows_copy(const struct rows *rows, int beside,
	       void (*header)(const void *owner, struct canvas *line), struct text *text)
{
	int width = COPY_LEAST - beside;
	struct canvas canvas;
	char *bytes = NULL;
	size_t length = 0;
	FILE *memory;

	for (uint32_t i = 0; i < rows->count; i++) {
		const char *row = rows->source->text(rows->owner, i);
		int needs = row ? canvas_width(CHARSET_UTF8, row, strlen(row), FAR) : 0;

		width = needs > width ? needs : width;
	}
	memory = open_memstream(&bytes, &length);
	if (!memory)
		alloc_fail((size_t)(beside + width));
	canvas_init(&canvas, 1, beside + width, CHARSET_UTF8, false);
	if (header) {
		header(rows->owner, &canvas);
		canvas_dump(&canvas, false, memory);
	}
	for (uint32_t i = 0; i < rows->count; i++) {
		rows->source->draw(rows->owner, &canvas, i, 0, 0);
		canvas_dump(&canvas, false, memory);
	}
	canvas_clear(&canvas);
	fclose(memory);
	text_add(text, bytes, length);
	free(bytes);
}

static bool move(struct rows *rows, int64_t distance)
{
	int64_t from = rows->selected == NONE ? 0 : rows->selected;

	if (rows->count)
		rows->selected = nearest(rows, from + distance, distance < 0 ? -1 : 1);
	/* Now and not when it is drawn: a burst of keys scrolls like single ones. */
	scroll_to_selected(rows);
	return true;
}

static bool scroll(struct rows *rows, int distance)
{
	int64_t first = (int64_t)rows->first + distance;
	int64_t last = (int64_t)rows->count - rows->height;

	if (first < 0 || first > (last < 0 ? 0 : last) || rows->selected == NONE)
		return true;
	rows->first = (uint32_t)first;
	if (rows->selected < rows->first)
		rows->selected = nearest(rows, first, 1);
	else if (rows->selected >= rows->first + rows->height)
		rows->selected = nearest(rows, first + rows->height - 1, -1);
	return true;
}

/* Bytes of the longest text on the screen, which is at least its cells. */
static int64_t longest_text(const struct rows *rows)
{
	size_t longest = 0;

	for (uint32_t i = 0; i < rows->height && rows->first + i < rows->count; i++) {
		const char *text = rows->source->text(rows->owner, rows->first + i);
		size_t length = text ? strlen(text) : 0;

		longest = length > longest ? length : longest;
	}
	return (int64_t)longest;
}

/* Something of the longest text stays. */
static bool scroll_columns(struct rows *rows, int distance)
{
	int64_t left = (int64_t)rows->left + distance, most = longest_text(rows) - LEAST_TEXT;

	if (left > most && distance > 0)
		left = most > rows->left ? most : rows->left;
	rows->left = left < 0 ? 0 : left > FAR ? FAR : (int)left;
	return true;
}

static bool point(struct rows *rows)
{
	int64_t row = (int64_t)rows->first + rows->pointed - rows->top;

	if (rows->pointed < rows->top || row >= rows->count || !selectable(rows, (uint32_t)row))
		return false;
	rows->selected = (uint32_t)row;
	return true;
}

bool rows_handle(struct rows *rows, enum command_id command)
{
	int64_t page = rows->height > 1 ? rows->height - 1 : 1;

	switch (command) {
	case COMMAND_DOWN:
		return move(rows, 1);
	case COMMAND_UP:
		return move(rows, -1);
	case COMMAND_PAGE_DOWN:
		return move(rows, page);
	case COMMAND_PAGE_UP:
		return move(rows, -page);
	case COMMAND_HALF_DOWN:
		return move(rows, (page + 1) / 2);
	case COMMAND_HALF_UP:
		return move(rows, -(page + 1) / 2);
	case COMMAND_FIRST:
		return move(rows, -(int64_t)rows->count);
	case COMMAND_LAST:
		return move(rows, rows->count);
	case COMMAND_SCROLL_DOWN:
		return scroll(rows, 1);
	case COMMAND_SCROLL_UP:
		return scroll(rows, -1);
	case COMMAND_LEFT:
		return scroll_columns(rows, -SCROLL_COLUMNS);
	case COMMAND_RIGHT:
		return scroll_columns(rows, SCROLL_COLUMNS);
	case COMMAND_LINE_START:
		return scroll_columns(rows, -FAR);
	case COMMAND_LINE_END:
		return scroll_columns(rows, FAR);
	case COMMAND_POINT:
		return point(rows);
	default:
		return false;
	}
}

void rows_search(struct rows *rows, const struct pattern *pattern)
{
	free(rows->matches);
	rows->matches = NULL;
	rows->match_count = 0;
	if (!pattern)
		return;
	rows->matches = alloc_zero(bitset_words(rows->count), sizeof(uint64_t));
	for (uint32_t i = 0; i < rows->count; i++) {
		const char *text = rows->source->text(rows->owner, i);

		if (text && pattern_matches(pattern, text, strlen(text))) {
			bitset_add(rows->matches, i);
			rows->match_count++;
		}
	}
}

bool rows_seek(struct rows *rows, int direction, bool here)
{
	int64_t count = rows->count, at = rows->selected == NONE ? 0 : rows->selected;

	if (!rows->match_count)
		return false;
	for (int64_t i = here ? 0 : 1; i <= count; i++) {
		int64_t row = ((at + i * direction) % count + count) % count;

		if (bitset_has(rows->matches, (size_t)row)) {
			rows->selected = (uint32_t)row;
			scroll_to_selected(rows);
			return true;
		}
	}
	return false;
}

uint32_t rows_match_number(const struct rows *rows)
{
	uint32_t number = 0;

	if (!rows->matches || rows->selected == NONE || !bitset_has(rows->matches, rows->selected))
		return 0;
	for (uint32_t i = 0; i <= rows->selected; i++)
		number += bitset_has(rows->matches, i);
	return number;
}
