/* SPDX-License-Identifier: MIT */
#include "ui/widget/text_pane.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "ui/widget/rows.h"
#include "ui/term/theme.h"

#define MOST_DETAIL_ROWS 3

struct text_pane {
	struct pane pane;
	char *title, *text;
	const char **lines; /* into text; each ends with a NUL */
	uint32_t count;
	size_t capacity;
	size_t longest;       /* bytes of a line */
	struct pattern *kept; /* only lines that match; NULL: all */
	const char **shown;   /* those of `lines` */
	struct rows rows;
};

static struct text_pane *of(struct pane *pane)
{
	return (struct text_pane *)pane;
}

static const char *line_text(const void *owner, uint32_t row)
{
	return ((const struct text_pane *)owner)->shown[row];
}

static void draw_line(const void *owner, struct canvas *line, uint32_t row, int left,
		      uint16_t flags)
{
	const char *text = line_text(owner, row);

	canvas_fill(line, 0, 0, line->columns, flags);
	canvas_matches(line, 0, -left, flags, text, strlen(text),
		       ((const struct text_pane *)owner)->pane.session->search);
	canvas_clip(line, 0, left, flags, text);
}

static const struct rows_source source = {line_text, draw_line};

struct pane *text_pane_open(struct session *session, const struct pane_kind *kind)
{
	struct text_pane *text = alloc_zero(1, sizeof(*text));

	text->pane = (struct pane){.kind = kind, .session = session};
	rows_init(&text->rows, &source, text);
	return &text->pane;
}

static void arrange(struct text_pane *text)
{
	uint32_t kept = 0;

	text->shown = alloc_resize(text->shown, text->count, sizeof(*text->shown));
	for (uint32_t i = 0; i < text->count; i++)
		if (!text->kept ||
		    pattern_matches(text->kept, text->lines[i], strlen(text->lines[i])))
			text->shown[kept++] = text->lines[i];
	rows_set_count(&text->rows, kept);
	text->rows.first = 0;
	rows_select(&text->rows, 0);
	rows_search(&text->rows, text->pane.session->search);
}

void text_pane_keep(struct pane *pane, struct pattern *pattern)
{
	struct text_pane *text = of(pane);

	pattern_free(text->kept);
	text->kept = pattern;
	arrange(text);
}

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
	text->rows.left = 0;
	pane->keeps = false;
	text_pane_keep(pane, NULL);
}

void text_pane_close(struct pane *pane)
{
	struct text_pane *text = of(pane);

	rows_clear(&text->rows);
	pattern_free(text->kept);
	free(text->shown);
	free(text->lines);
	free(text->title);
	free(text->text);
	free(text);
}

void text_pane_refresh(struct pane *pane)
{
	(void)pane;
}

void text_pane_draw(struct pane *pane, struct canvas *canvas, bool focused)
{
	rows_draw(&of(pane)->rows, canvas, focused);
	if (!of(pane)->rows.count && of(pane)->kept)
		canvas_string(canvas, 0, 1, STYLE_MUTED, "no line matches; & and Enter shows all");
}

bool text_pane_handle(struct pane *pane, enum command_id command)
{
	of(pane)->rows.pointed = pane->point_row;
	return rows_handle(&of(pane)->rows, command);
}

void text_pane_search(struct pane *pane)
{
	rows_search(&of(pane)->rows, pane->session->search);
}

bool text_pane_seek(struct pane *pane, int direction, bool here)
{
	return rows_seek(&of(pane)->rows, direction, here);
}

void text_pane_matches(struct pane *pane, uint32_t *number, uint32_t *count)
{
	*number = rows_match_number(&of(pane)->rows);
	*count = of(pane)->rows.match_count;
}

void text_pane_describe(struct pane *pane, struct text *name, struct text *numbers)
{
	const struct text_pane *text = of(pane);

	(void)numbers;
	if (text->rows.selected != NONE)
		text_add_string(name, text->shown[text->rows.selected]);
}

int text_pane_detail_rows(const struct pane *pane, int columns)
{
	const struct text_pane *text = (const struct text_pane *)pane;
	size_t rows;

	if (!pane || pane->kind->draw != text_pane_draw || columns <= 0)
		return 0;
	rows = (text->longest + (size_t)columns - 1) / (size_t)columns;
	return rows < 2 ? 0 : rows > MOST_DETAIL_ROWS ? MOST_DETAIL_ROWS : (int)rows;
}

void text_pane_copy(struct pane *pane, struct text *copy)
{
	const struct text_pane *text = of(pane);

	for (uint32_t i = 0; i < text->rows.count; i++)
		text_printf(copy, "%s\n", text->shown[i]);
}
