/* SPDX-License-Identifier: MIT */
#include "ui/term/canvas.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/alloc.h"
#include "base/pattern.h"
#include "base/utf8.h"
#include "ui/term/theme.h"

static const struct {
	uint32_t utf8;
	uint32_t acs; /* terminal.c knows these code points as its line drawing set */
	char ascii;
} glyphs[GLYPH_COUNT] = {
	[GLYPH_HLINE] = {0x2500, 0x2500, '-'},    [GLYPH_VLINE] = {0x2502, 0x2502, '|'},
	[GLYPH_ELLIPSIS] = {0x2026, '~', '~'},    [GLYPH_DOT] = {0xb7, '.', '.'},
	[GLYPH_COLON] = {':', ':', ':'},          [GLYPH_BLOCK] = {0x2588, '#', '#'},
	[GLYPH_SHADE] = {0x2592, '=', '='},       [GLYPH_EIGHTH_1] = {0x258f, ' ', ' '},
	[GLYPH_EIGHTH_2] = {0x258e, ' ', ' '},    [GLYPH_EIGHTH_3] = {0x258d, ' ', ' '},
	[GLYPH_EIGHTH_4] = {0x258c, '#', '#'},    [GLYPH_EIGHTH_5] = {0x258b, '#', '#'},
	[GLYPH_EIGHTH_6] = {0x258a, '#', '#'},    [GLYPH_EIGHTH_7] = {0x2589, '#', '#'},
	[GLYPH_LEVEL_1] = {0x2581, '.', '.'},     [GLYPH_LEVEL_1 + 1] = {0x2582, ':', ':'},
	[GLYPH_LEVEL_1 + 2] = {0x2583, '-', '-'}, [GLYPH_LEVEL_1 + 3] = {0x2584, '=', '='},
	[GLYPH_LEVEL_1 + 4] = {0x2585, '+', '+'}, [GLYPH_LEVEL_1 + 5] = {0x2586, '*', '*'},
	[GLYPH_LEVEL_1 + 6] = {0x2587, '%', '%'}, [GLYPH_LEVEL_8] = {0x2588, '#', '#'},
	[GLYPH_DOWN] = {0x2193, 'v', 'v'},        [GLYPH_UP] = {0x2191, '^', '^'},
};

/* One character as it is drawn: itself, a replacement or the text of an escape. */
struct drawn {
	uint32_t rune;
	int columns; /* 0: a combining mark, to be added to the character before */
	const char *escape;
};

static uint32_t glyph_rune(enum charset charset, enum glyph glyph)
{
	if (charset == CHARSET_UTF8)
		return glyphs[glyph].utf8;
	return charset == CHARSET_ACS ? glyphs[glyph].acs : (uint32_t)glyphs[glyph].ascii;
}

/* Says how the next character of the text is drawn; returns its size in bytes. */
static size_t next_drawn(enum charset charset, const char *text, size_t length,
			 char escape[UTF8_ESCAPE_SIZE], struct drawn *drawn)
{
	size_t size = utf8_decode(text, length, &drawn->rune);

	drawn->escape = NULL;
	drawn->columns = 1;
	if (size == 1 && drawn->rune >= 0x20 && drawn->rune < 0x7f)
		return size;
	if (utf8_escape(text, size, drawn->rune, escape)) {
		drawn->escape = escape;
	} else if (charset != CHARSET_UTF8) {
		/* Curves in texts look as ours do. */
		drawn->rune = drawn->rune >= 0x2581 && drawn->rune <= 0x2588
				      ? (uint32_t)glyphs[GLYPH_LEVEL_1 + drawn->rune - 0x2581].ascii
				      : '?';
		return size;
	} else {
		drawn->columns = wcwidth((wchar_t)drawn->rune);
		if (drawn->columns < 0) {
			snprintf(escape, UTF8_ESCAPE_SIZE,
				 drawn->rune > 0xffff ? "\\U%08x" : "\\u%04x",
				 (unsigned)drawn->rune);
			drawn->escape = escape;
		}
	}
	if (drawn->escape)
		drawn->columns = (int)strlen(escape);
	return size;
}

void canvas_init(struct canvas *canvas, int rows, int columns, enum charset charset, bool color)
{
	*canvas = (struct canvas){
		.cells = alloc_zero((size_t)rows * (size_t)columns, sizeof(struct cell)),
		.rows = rows,
		.columns = columns,
		.stride = columns,
		.charset = charset,
		.color = color,
	};
	for (int row = 0; row < rows; row++)
		canvas_fill(canvas, row, 0, columns, 0);
}

void canvas_clear(struct canvas *canvas)
{
	free(canvas->cells);
	*canvas = (struct canvas){0};
}

static int clamp(int value, int least, int most)
{
	return value < least ? least : value > most ? most : value;
}

struct canvas canvas_part(const struct canvas *canvas, int row, int column, int rows, int columns)
{
	struct canvas part = *canvas;

	row = clamp(row, 0, canvas->rows);
	column = clamp(column, 0, canvas->columns);
	part.rows = clamp(rows, 0, canvas->rows - row);
	part.columns = clamp(columns, 0, canvas->columns - column);
	part.cells = canvas->cells + (ptrdiff_t)row * canvas->stride + column;
	part.top = canvas->top + row;
	part.left = canvas->left + column;
	return part;
}

static struct cell *cell_at(const struct canvas *canvas, int row, int column)
{
	if (row < 0 || row >= canvas->rows || column < 0 || column >= canvas->columns)
		return NULL;
	return &canvas->cells[(ptrdiff_t)row * canvas->stride + column];
}

static void put(const struct canvas *canvas, int row, int column, uint16_t style, uint32_t rune)
{
	struct cell *cell = cell_at(canvas, row, column);

	if (cell)
		*cell = (struct cell){.runes = {rune}, .style = style};
}

void canvas_fill(struct canvas *canvas, int row, int column, int columns, uint16_t style)
{
	for (int i = 0; i < columns; i++)
		put(canvas, row, column + i, style, ' ');
}

/* A wide character that the edge cuts in two is drawn as a blank. */
static void put_wide(const struct canvas *canvas, int row, int column, uint16_t style,
		     uint32_t rune)
{
	bool whole = cell_at(canvas, row, column) && cell_at(canvas, row, column + 1);

	put(canvas, row, column, style, whole ? rune : ' ');
	put(canvas, row, column + 1, style, whole ? 0 : ' ');
}

static void put_mark(const struct canvas *canvas, int row, int column, uint32_t rune)
{
	struct cell *cell = cell_at(canvas, row, column);

	if (cell && !cell->runes[0])
		cell = cell_at(canvas, row, column - 1);
	/* Variation selectors change the width of a character in some terminals only. */
	if (!cell || (rune >= 0xfe00 && rune <= 0xfe0f))
		return;
	for (int i = 1; i < CELL_RUNES; i++) {
		if (!cell->runes[i]) {
			cell->runes[i] = rune;
			return;
		}
	}
}

int canvas_text(struct canvas *canvas, int row, int column, uint16_t style, const char *text,
		size_t length)
{
	char escape[UTF8_ESCAPE_SIZE];
	struct drawn drawn;
	int start = column;
	size_t at = 0;

	/* Marks of the last cell stand behind it. */
	while (at < length && column <= canvas->columns) {
		at += next_drawn(canvas->charset, text + at, length - at, escape, &drawn);
		if (drawn.escape) {
			for (int i = 0; i < drawn.columns; i++)
				put(canvas, row, column + i, style, (uint32_t)drawn.escape[i]);
		} else if (drawn.columns == 2) {
			put_wide(canvas, row, column, style, drawn.rune);
		} else if (drawn.columns == 1) {
			put(canvas, row, column, style, drawn.rune);
		} else if (column > start) {
			put_mark(canvas, row, column - 1, drawn.rune);
		}
		column += drawn.columns;
	}
	return column;
}

int canvas_string(struct canvas *canvas, int row, int column, uint16_t style, const char *string)
{
	return canvas_text(canvas, row, column, style, string, strlen(string));
}

int canvas_printf(struct canvas *canvas, int row, int column, uint16_t style, const char *format,
		  ...)
{
	char text[512];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	return canvas_string(canvas, row, column, style, text);
}

int canvas_fit(struct canvas *canvas, int row, int column, int columns, uint16_t style,
	       const char *text, size_t length)
{
	int width = canvas_width(canvas->charset, text, length, columns);
	struct canvas part;

	if (columns <= 0)
		return column;
	part = canvas_part(canvas, row, column, 1, width > columns ? columns - 1 : columns);
	if (column < 0 || row < 0 || !part.rows)
		return column + columns;
	canvas_text(&part, 0, 0, style, text, length);
	if (width <= columns)
		return column + width;
	put(canvas, row, column + columns - 1, style, glyph_rune(canvas->charset, GLYPH_ELLIPSIS));
	return column + columns;
}

void canvas_clip(struct canvas *canvas, int row, int left, uint16_t style, const char *string)
{
	int visible = left + canvas->columns;

	if (canvas_width(canvas->charset, string, strlen(string), visible) > visible)
		put(canvas, row, canvas->columns - 1, style,
		    glyph_rune(canvas->charset, GLYPH_ELLIPSIS));
}

void canvas_glyph(struct canvas *canvas, int row, int column, int count, uint16_t style,
		  enum glyph glyph)
{
	for (int i = 0; i < count; i++)
		put(canvas, row, column + i, style, glyph_rune(canvas->charset, glyph));
}

int canvas_matches(struct canvas *canvas, int row, int column, uint16_t style, const char *text,
		   size_t length, const struct pattern *pattern)
{
	size_t at = 0, start, end;

	while (pattern && column < canvas->columns && at < length &&
	       pattern_find(pattern, text, length, at, &start, &end) && end > start) {
		column = canvas_text(canvas, row, column, style, text + at, start - at);
		column = canvas_text(canvas, row, column, style | STYLE_MATCH, text + start,
				     end - start);
		at = end;
	}
	return canvas_text(canvas, row, column, style, text + at, length - at);
}

int canvas_width(enum charset charset, const char *text, size_t length, int limit)
{
	char escape[UTF8_ESCAPE_SIZE];
	struct drawn drawn;
	int width = 0;

	for (size_t at = 0; at < length && width <= limit; width += drawn.columns)
		at += next_drawn(charset, text + at, length - at, escape, &drawn);
	return width;
}

size_t canvas_prefix(enum charset charset, const char *text, size_t length, int columns)
{
	char escape[UTF8_ESCAPE_SIZE];
	struct drawn drawn;
	size_t at = 0, size;
	int width = 0;

	while (at < length) {
		size = next_drawn(charset, text + at, length - at, escape, &drawn);
		width += drawn.columns;
		if (width > columns && at > 0)
			break;
		at += size;
	}
	return at;
}

static void dump_text(const struct cell *cells, int columns, FILE *out)
{
	char bytes[4];

	while (columns > 0 && cells[columns - 1].runes[0] == ' ')
		columns--;
	for (int column = 0; column < columns; column++)
		for (int i = 0; i < CELL_RUNES && cells[column].runes[i]; i++)
			fwrite(bytes, 1, utf8_encode(cells[column].runes[i], bytes), out);
	fputc('\n', out);
}

/* Styles as letters: . is plain, letters go on with the number, capitals are selected. */
static void dump_styles(const struct cell *cells, int columns, FILE *out)
{
	while (columns > 0 && !cells[columns - 1].style)
		columns--;
	if (!columns)
		return;
	fputs("  ~ ", out);
	for (int column = 0; column < columns; column++) {
		uint16_t style = cells[column].style;

		if (!style)
			fputc('.', out);
		else
			fputc((style & 0xff00 ? 'A' : 'a') + (style & 0xff) % 26, out);
	}
	fputc('\n', out);
}

void canvas_dump(const struct canvas *canvas, bool styles, FILE *out)
{
	for (int row = 0; row < canvas->rows; row++) {
		const struct cell *cells = canvas->cells + (ptrdiff_t)row * canvas->stride;

		dump_text(cells, canvas->columns, out);
		if (styles)
			dump_styles(cells, canvas->columns, out);
	}
}
