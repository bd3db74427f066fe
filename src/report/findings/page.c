/* SPDX-License-Identifier: MIT */
#include "report/findings/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"

#define MOST_COLUMNS 64

static void add_line(struct page *page, enum page_kind kind, size_t index, size_t item,
		     const struct text *text)
{
	struct page_line line = {kind, (uint32_t)index, (uint32_t)item,
				 alloc_text(text ? text_string(text) : "")};

	array_push(page->lines, page->count, page->capacity, line);
}

static void add_counts(struct page *page, const struct findings *findings)
{
	uint32_t counts[SEVERITY_COUNT] = {0};
	struct text text = {0};

	for (size_t i = 0; i < findings->count; i++)
		counts[findings->items[i].severity]++;
	text_printf(&text, "%u critical, %u warning%s, %u note%s", counts[SEVERITY_CRITICAL],
		    counts[SEVERITY_WARNING], counts[SEVERITY_WARNING] == 1 ? "" : "s",
		    counts[SEVERITY_NOTE], counts[SEVERITY_NOTE] == 1 ? "" : "s");
	if (counts[SEVERITY_UNKNOWN])
		text_printf(&text, ", %u that the data cannot answer", counts[SEVERITY_UNKNOWN]);
	add_line(page, PAGE_COUNTS, 0, 0, &text);
	text_clear(&text);
}

/* The text in lines of `width`, each behind an indent as wide as `first`, which stands in the first. */
static void add_wrapped(struct page *page, enum page_kind kind, size_t index, const char *first,
			const char *text, size_t width)
{
	size_t indent = strlen(first), column = indent;
	struct text line = {0};

	text_add_string(&line, first);
	while (*text) {
		size_t length = strcspn(text, " "), blanks = strspn(text + length, " ");

		if (column > indent && column + length > width) {
			add_line(page, kind, index, 0, &line);
			text_reset(&line);
			text_printf(&line, "%*s", (int)indent, "");
			column = indent;
		}
		text_add(&line, text, length);
		column += length + 1;
		text += length + blanks;
		if (*text && column + strcspn(text, " ") <= width)
			text_add_char(&line, ' ');
	}
	add_line(page, kind, index, 0, &line);
	text_clear(&line);
}

static void add_jumps(struct page *page, const struct finding *finding, size_t index,
		      const char *const *names, uint32_t name_count)
{
	static const char *const kinds[JUMP_KIND_COUNT] = {
		[JUMP_FUNCTION] = "",    [JUMP_LABEL] = "label ",
		[JUMP_CYCLE] = "cycle ", [JUMP_CLASS] = "class ",
		[JUMP_FILE] = "",        [JUMP_STACKS] = "stacks with such a frame",
	};
	struct text text = {0};

	for (uint32_t i = 0; i < finding->jump_count; i++) {
		const struct jump *jump = &finding->jumps[i];

		text_reset(&text);
		text_printf(&text, "%*s> %s%s", PAGE_INDENT, "", kinds[jump->kind],
			    jump->kind == JUMP_STACKS ? "" : jump->text);
		if (name_count > 1 && jump->input < name_count && jump->kind != JUMP_FILE)
			text_printf(&text, "   in %s", names[jump->input]);
		add_line(page, PAGE_JUMP, index, i, &text);
	}
	text_clear(&text);
}

void page_add_finding(struct page *page, const struct findings *findings, size_t index,
		      size_t width, size_t title_width, const char *const *names,
		      uint32_t name_count)
{
	const struct finding *finding = &findings->items[index];
	char indent[32];
	struct text title = {0};

	add_line(page, PAGE_BLANK, 0, 0, NULL);
	snprintf(indent, sizeof(indent), "%-*s", PAGE_INDENT, severity_names[finding->severity]);
	text_printf(&title, "%s [%s]", finding->title, finding->rule);
	add_wrapped(page, PAGE_TITLE, index, indent, title.bytes, title_width);
	text_clear(&title);
	snprintf(indent, sizeof(indent), "%*s", PAGE_INDENT, "");
	add_wrapped(page, PAGE_EVIDENCE, index, indent, finding->evidence, width);
	snprintf(indent, sizeof(indent), "%*s-> ", PAGE_INDENT, "");
	add_wrapped(page, PAGE_ADVICE, index, indent, finding->advice, width);
	if (names)
		add_jumps(page, finding, index, names, name_count);
}

static int column_width(const struct table *table, uint32_t column)
{
	size_t widest = utf8_count(table->columns[column]);

	for (size_t i = column; i < table->cell_count; i += table->column_count) {
		size_t width = utf8_count(table->cells[i].text);

		widest = width > widest ? width : widest;
	}
	return (int)widest;
}

/* Texts to the left, numbers to the right. */
static void add_cell(struct text *line, const char *text, int width, bool right, bool last)
{
	if (right)
		text_printf(line, "  %*s", utf8_width(text, width), text);
	else if (last)
		text_printf(line, "  %s", text);
	else
		text_printf(line, "  %-*s", utf8_width(text, width), text);
}

void page_add_table(struct page *page, const struct table *table, size_t index)
{
	uint32_t count = table->column_count < MOST_COLUMNS ? table->column_count : MOST_COLUMNS;
	int widths[MOST_COLUMNS];
	struct text line = {0};

	add_line(page, PAGE_BLANK, 0, 0, NULL);
	text_add_string(&line, table->title);
	add_line(page, PAGE_TABLE, index, 0, &line);
	text_reset(&line);
	for (uint32_t c = 0; c < count; c++) {
		bool number = table->cell_count > c && table->cells[c].is_number;

		widths[c] = column_width(table, c);
		add_cell(&line, table->columns[c], widths[c], number, c + 1 == table->column_count);
	}
	add_line(page, PAGE_COLUMNS, index, 0, &line);
	for (size_t row = 0; row < table->cell_count / table->column_count; row++) {
		const struct table_cell *cells = &table->cells[row * table->column_count];

		text_reset(&line);
		for (uint32_t c = 0; c < count; c++)
			add_cell(&line, cells[c].text, widths[c], cells[c].is_number,
				 c + 1 == table->column_count);
		add_line(page, PAGE_ROW, index, row, &line);
	}
	text_clear(&line);
}

void page_build(struct page *page, const struct findings *findings, size_t width,
		size_t title_width, const char *const *names, uint32_t name_count)
{
	page_clear(page);
	add_counts(page, findings);
	if (!findings->count)
		add_wrapped(page, PAGE_COUNTS, 0, "", "nothing here reaches a limit", width);
	for (size_t i = 0; i < findings->count; i++)
		page_add_finding(page, findings, i, width, title_width, names, name_count);
	for (size_t i = 0; i < findings->table_count; i++)
		page_add_table(page, &findings->tables[i], i);
}

void page_clear(struct page *page)
{
	for (size_t i = 0; i < page->count; i++)
		free(page->lines[i].text);
	free(page->lines);
	*page = (struct page){0};
}
