/* SPDX-License-Identifier: MIT */
#include "report/text/tab_table.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"

/* A run of characters up to a tab or the end of its line. */
struct cell {
	size_t start, length;
	size_t width; /* in characters */
	size_t block; /* of a column's consecutive lines; all its cells get one width */
};

struct table {
	struct cell *cells;
	size_t cell_count, cell_capacity;
	size_t *block_widths;
	size_t block_count, block_capacity;
};

static size_t measure(const char *text, size_t length)
{
	size_t width = 0;
	uint32_t rune;

	for (size_t at = 0; at < length; at += utf8_decode(text + at, length - at, &rune))
		width++;
	return width;
}

/* Joins the cells of a line to the blocks of the line before; the last cell is in no column. */
static void place_line(struct table *table, size_t before, size_t line)
{
	for (size_t i = line; i + 1 < table->cell_count; i++) {
		size_t above = before + (i - line);
		struct cell *cell = &table->cells[i];

		if (above + 1 < line) {
			cell->block = table->cells[above].block;
		} else {
			cell->block = table->block_count;
			array_push(table->block_widths, table->block_count, table->block_capacity,
				   0);
		}
		if (table->block_widths[cell->block] < cell->width + 1)
			table->block_widths[cell->block] = cell->width + 1;
	}
}

static void find_cells(struct table *table, const char *text, size_t length)
{
	size_t before = 0, line = 0; /* first cells of the line before and of this one */

	for (size_t start = 0, at = 0; at <= length; at++) {
		bool end = at == length || text[at] == '\n' || text[at] == '\f';

		if (!end && text[at] != '\t' && text[at] != '\v')
			continue;
		array_push(
			table->cells, table->cell_count, table->cell_capacity,
			((struct cell){start, at - start, measure(text + start, at - start), 0}));
		start = at + 1;
		if (!end)
			continue;
		place_line(table, before, line);
		/* A form feed begins all columns anew. */
		before = at < length && text[at] == '\f' ? table->cell_count : line;
		line = table->cell_count;
	}
}

void tab_table_write(const char *text, size_t length, FILE *out)
{
	struct table table = {0};

	find_cells(&table, text, length);
	for (size_t i = 0; i < table.cell_count; i++) {
		const struct cell *cell = &table.cells[i];
		size_t end = cell->start + cell->length;
		bool column = end < length && (text[end] == '\t' || text[end] == '\v');

		if (column)
			for (size_t k = cell->width; k < table.block_widths[cell->block]; k++)
				fputc(' ', out);
		fwrite(text + cell->start, 1, cell->length, out);
		if (end < length && !column)
			fputc('\n', out);
	}
	free(table.cells);
	free(table.block_widths);
}
