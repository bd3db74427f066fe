/* SPDX-License-Identifier: MIT */
#include "ui/widget/list_pane.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "profile/ids.h"
#include "ui/term/theme.h"

static struct list_pane *of(struct pane *pane)
{
	return (struct list_pane *)pane;
}

static const struct list_kind *list_kind_of(const struct list_pane *list)
{
	return list->pane.kind->list;
}

uint32_t list_pane_item(const struct list_pane *list, uint32_t row)
{
	return row == NONE || !list->shown ? row : list->shown[row];
}

uint32_t list_pane_selected(const struct list_pane *list)
{
	return list_pane_item(list, list->rows.selected);
}

/* --- As a source of rows -------------------------------------------------- */

static const char *row_text(const void *owner, uint32_t row)
{
	const struct list_pane *list = owner;

	return list_kind_of(list)->row_text(list, list_pane_item(list, row));
}

static void draw_row(const void *owner, struct canvas *line, uint32_t row, int left, uint16_t flags)
{
	const struct list_pane *list = owner;

	list_kind_of(list)->draw_row(list, line, list_pane_item(list, row), left, flags);
}

static void draw_header(const void *owner, struct canvas *line)
{
	const struct list_pane *list = owner;

	list_kind_of(list)->draw_header(list, line);
}

static const struct rows_source source = {row_text, draw_row};

int list_pane_draw_text(const struct list_pane *list, struct canvas *line, int column, int left,
			uint16_t style, const char *text)
{
	struct canvas rest = canvas_part(line, 0, column, 1, line->columns - column);
	int end = canvas_matches(&rest, 0, -left, style, text, strlen(text),
				 list->pane.session->search);

	canvas_clip(&rest, 0, left, style, text);
	return column + end;
}

/* --- Items ---------------------------------------------------------------- */

void list_pane_set_count(struct list_pane *list, uint32_t count, uint32_t selected)
{
	rows_set_count(&list->rows, count);
	rows_search(&list->rows, list->pane.session->search);
	rows_select(&list->rows, selected);
}

static bool is_kept(const struct list_pane *list, uint32_t item)
{
	const char *text = list_kind_of(list)->row_text(list, item);

	return text && pattern_matches(list->kept, text, strlen(text));
}

/* Lists the items that are kept, in their order; the row of `selected` or the next one is selected. */
static void filter_items(struct list_pane *list, uint32_t selected)
{
	uint32_t row = 0;

	list->shown_count = 0;
	if (!list->kept) {
		free(list->shown);
		list->shown = NULL;
		list->shown_capacity = 0;
		list_pane_set_count(list, list->item_count, selected == NONE ? 0 : selected);
		return;
	}
	array_reserve(list->shown, list->shown_capacity, 1);
	for (uint32_t i = 0; i < list->item_count; i++)
		if (is_kept(list, i))
			array_push(list->shown, list->shown_count, list->shown_capacity, i);
	while (selected != NONE && row + 1 < list->shown_count && list->shown[row] < selected)
		row++;
	list_pane_set_count(list, list->shown_count, row);
}

/* --- The callbacks -------------------------------------------------------- */

struct pane *list_pane_open(const struct pane_kind *kind, struct session *session)
{
	struct list_pane *list = alloc_zero(1, kind->list->size);

	list->pane = (struct pane){.kind = kind, .session = session};
	rows_init(&list->rows, &source, list);
	list->rows.follows = kind->list->follows;
	if (kind->list->init)
		kind->list->init(list);
	return &list->pane;
}

void list_pane_close(struct pane *pane)
{
	struct list_pane *list = of(pane);

	if (list_kind_of(list)->clear)
		list_kind_of(list)->clear(list);
	rows_clear(&list->rows);
	pattern_free(list->kept);
	free(list->shown);
	free(list);
}

void list_pane_refresh(struct pane *pane)
{
	struct list_pane *list = of(pane);
	uint32_t selected = list_pane_selected(list);

	if (list_kind_of(list)->arrange) {
		list_kind_of(list)->arrange(list);
		return;
	}
	list->item_count = list_kind_of(list)->build(list);
	filter_items(list, selected);
}

void list_pane_draw(struct pane *pane, struct canvas *canvas, bool focused)
{
	struct list_pane *list = of(pane);
	struct canvas body = *canvas;

	if (list_kind_of(list)->draw_header) {
		draw_header(list, canvas);
		body = canvas_part(canvas, 1, 0, canvas->rows - 1, canvas->columns);
	}
	rows_draw(&list->rows, &body, focused);
	if (list->rows.count)
		return;
	if (list->kept || !list_kind_of(list)->none)
		canvas_string(&body, 0, 1, STYLE_MUTED, ROWS_NONE_KEPT);
	else
		canvas_string(&body, 1, 2, STYLE_STRONG, list_kind_of(list)->none);
}

struct pane_result list_pane_handle(struct pane *pane, const struct pane_input *input)
{
	struct list_pane *list = of(pane);

	list->rows.pointed = input->row;
	if (!rows_handle(&list->rows, input->command))
		return pane_ignored;
	if (list_kind_of(list)->moved)
		list_kind_of(list)->moved(list);
	return pane_done;
}

void list_pane_copy(struct pane *pane, struct text *text)
{
	const struct list_pane *list = of(pane);
	const struct list_kind *kind = list_kind_of(list);

	rows_copy(&list->rows, kind->beside ? kind->beside(list) : 0,
		  kind->draw_header ? draw_header : NULL, text);
}

bool list_pane_keep(struct pane *pane, struct pattern *pattern)
{
	struct list_pane *list = of(pane);
	const struct list_kind *kind = list_kind_of(list);
	uint32_t selected = list_pane_selected(list);

	if (kind->whole)
		return false;
	pattern_free(list->kept);
	list->kept = pattern;
	if (kind->arrange)
		kind->arrange(list);
	else
		filter_items(list, selected);
	return true;
}

void list_pane_search(struct pane *pane)
{
	rows_search(&of(pane)->rows, pane->session->search);
}

bool list_pane_seek(struct pane *pane, int direction, bool here)
{
	struct list_pane *list = of(pane);

	if (!rows_seek(&list->rows, direction, here))
		return false;
	if (list_kind_of(list)->moved)
		list_kind_of(list)->moved(list);
	return true;
}

void list_pane_matches(struct pane *pane, uint32_t *number, uint32_t *count)
{
	*number = rows_match_number(&of(pane)->rows);
	*count = of(pane)->rows.match_count;
}
