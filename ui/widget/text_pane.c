/* SPDX-License-Identifier: MIT */
#include "ui/widget/text_pane.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "ui/term/theme.h"

#define MOST_DETAIL_ROWS 3

struct text_pane {
	struct list_pane list;
	char *title, *text;
	const char **lines; /* into text; each ends with a NUL */
	uint32_t count;
	size_t capacity;
	size_t longest; /* bytes of a line */
};

static struct text_pane *of(struct pane *pane)
{
	return (struct text_pane *)pane;
}

static const char *row_text(const struct list_pane *list, uint32_t item)
{
	return ((const struct text_pane *)list)->lines[item];
}

static void draw_row(const struct list_pane *list, struct canvas *line, uint32_t item, int left,
		     uint16_t flags)
{
	canvas_fill(line, 0, 0, line->columns, flags);
	list_pane_draw_text(list, line, 0, left, flags, row_text(list, item));
}

static uint32_t build(struct list_pane *list)
{
	return ((struct text_pane *)list)->count;
}

static void clear(struct list_pane *list)
{
	struct text_pane *text = (struct text_pane *)list;

	free(text->lines);
	free(text->title);
	free(text->text);
}

const struct list_kind text_pane_list = {
	.size = sizeof(struct text_pane),
	.clear = clear,
	.build = build,
	.row_text = row_text,
	.draw_row = draw_row,
	.none = "",
};

void text_pane_set(struct pane *pane, const char *title, char *bytes)
{
	struct text_pane *text = of(pane);
	char *end = bytes + strlen(bytes);

	free(text->title);
	text->title = title ? alloc_text(title) : NULL;
	pane->title = text->title;
	free(text->text);
	text->text = bytes;
	text->count = 0;
	text->longest = 0;
	while (bytes < end) {
		char *newline = memchr(bytes, '\n', (size_t)(end - bytes));
		char *stop = newline ? newline : end;
		size_t length = (size_t)(stop - bytes);

		text->longest = length > text->longest ? length : text->longest;
		array_push(text->lines, text->count, text->capacity, bytes);
		*stop = '\0';
		for (char *tab = bytes; (tab = strchr(tab, '\t'));)
			*tab = ' ';
		bytes = stop + 1;
	}
	text->list.rows.left = 0;
	text->list.rows.first = 0;
	text->list.rows.selected = NONE;
	/* The rows of the old text are gone: nothing may look at them. */
	text->list.item_count = text->count;
	list_pane_keep(pane, NULL);
}

void text_pane_describe(struct pane *pane, struct text *name, struct text *numbers)
{
	const struct list_pane *list = (const struct list_pane *)pane;

	(void)numbers;
	if (list->rows.selected != NONE)
		text_add_string(name, row_text(list, list_pane_selected(list)));
}

int text_pane_detail_rows(const struct pane *pane, int columns)
{
	const struct text_pane *text = (const struct text_pane *)pane;
	size_t rows;

	if (!pane || pane->kind->list != &text_pane_list || columns <= 0)
		return 0;
	rows = (text->longest + (size_t)columns - 1) / (size_t)columns;
	return rows < 2 ? 0 : rows > MOST_DETAIL_ROWS ? MOST_DETAIL_ROWS : (int)rows;
}

void text_pane_copy(struct pane *pane, struct text *copy)
{
	const struct list_pane *list = (const struct list_pane *)pane;

	for (uint32_t i = 0; i < list->rows.count; i++)
		text_printf(copy, "%s\n", row_text(list, list_pane_item(list, i)));
}
