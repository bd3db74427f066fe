/* SPDX-License-Identifier: MIT */
#include "picture.h"

#include <string.h>

/* In pixels: a cell, the frame around the screen, and where text stands in its row. */
#define CELL_WIDTH 8.4
#define CELL_HEIGHT 17
#define FRAME 10
#define BASE_LINE 13

/* What a terminal with a dark background shows for its default colours. */
#define DEFAULT_TEXT 0xd4d9e0
#define DEFAULT_BACK 0x16191f

struct look {
	unsigned text, back;
	bool bold, underlined;
};

/* The colors of xterm; libvterm's own are others. */
static unsigned indexed_color(unsigned index)
{
	static const unsigned first[16] = {
		0x000000, 0xcd3131, 0x0dbc79, 0xe5e510, 0x2472c8, 0xbc3fbc, 0x11a8cd, 0xe5e5e5,
		0x666666, 0xf14c4c, 0x23d18b, 0xf5f543, 0x3b8eea, 0xd670d6, 0x29b8db, 0xffffff,
	};
	static const unsigned levels[6] = {0, 95, 135, 175, 215, 255};

	if (index < 16)
		return first[index];
	if (index >= 232)
		return (8 + 10 * (index - 232)) * 0x10101;
	index -= 16;
	return levels[index / 36] << 16 | levels[index / 6 % 6] << 8 | levels[index % 6];
}

static unsigned rgb(VTermColor color, bool text)
{
	if (VTERM_COLOR_IS_DEFAULT_FG(&color) || VTERM_COLOR_IS_DEFAULT_BG(&color))
		return text ? DEFAULT_TEXT : DEFAULT_BACK;
	if (VTERM_COLOR_IS_INDEXED(&color))
		return indexed_color(color.indexed.idx);
	return (unsigned)color.rgb.red << 16 | (unsigned)color.rgb.green << 8 | color.rgb.blue;
}

static struct look look_of(const VTermScreenCell *cell)
{
	struct look look = {
		.text = rgb(cell->fg, true),
		.back = rgb(cell->bg, false),
		.bold = cell->attrs.bold,
		.underlined = cell->attrs.underline != 0,
	};

	if (cell->attrs.reverse) {
		unsigned text = look.text;

		look.text = look.back;
		look.back = text;
	}
	return look;
}

static bool same_look(const struct look *a, const struct look *b)
{
	return a->text == b->text && a->back == b->back && a->bold == b->bold &&
	       a->underlined == b->underlined;
}

static void add_rune(struct buffer *svg, uint32_t rune)
{
	static const struct {
		uint32_t rune;
		const char *text;
	} marks[] = {
		{'<', "&lt;"}, {'>', "&gt;"}, {'&', "&amp;"}, {'"', "&quot;"}, {' ', "&#160;"},
	};

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (marks[i].rune == rune) {
			buffer_printf(svg, "%s", marks[i].text);
			return;
		}
	if (rune < 0x80)
		buffer_printf(svg, "%c", rune >= ' ' ? (char)rune : ' ');
	else
		buffer_printf(svg, "&#x%x;", rune);
}

/* Cells of one row that look alike, from `first` to before `end`. */
static void draw_run(const struct screen *screen, struct look look, int row, int first, int end,
		     struct buffer *svg)
{
	double x = FRAME + first * CELL_WIDTH, width = (end - first) * CELL_WIDTH;
	int y = FRAME + row * CELL_HEIGHT;
	bool blank = true;
	struct buffer text = {0};

	for (int column = first; column < end; column++) {
		VTermScreenCell cell;

		vterm_screen_get_cell(screen->cells, (VTermPos){row, column}, &cell);
		/* The right half of a wide character. */
		if (cell.chars[0] == (uint32_t)-1)
			continue;
		blank = blank && (!cell.chars[0] || cell.chars[0] == ' ');
		add_rune(&text, cell.chars[0] ? cell.chars[0] : ' ');
		for (int i = 1; cell.chars[0] && i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
			add_rune(&text, cell.chars[i]);
	}
	if (look.back != DEFAULT_BACK)
		buffer_printf(
			svg,
			"<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#%06x\"/>\n",
			x, y, width, CELL_HEIGHT, look.back);
	if (!blank)
		buffer_printf(
			svg,
			"<text x=\"%.1f\" y=\"%d\" textLength=\"%.1f\" fill=\"#%06x\"%s%s>%s</text>\n",
			x, y + BASE_LINE, width, look.text,
			look.bold ? " font-weight=\"bold\"" : "",
			look.underlined ? " text-decoration=\"underline\"" : "",
			buffer_string(&text));
	buffer_clear(&text);
}

static void draw_row(const struct screen *screen, int row, struct buffer *svg)
{
	struct look look = {0};
	int first = 0;

	for (int column = 0; column <= screen->columns; column++) {
		VTermScreenCell cell = {0};
		struct look next = {0};

		if (column < screen->columns) {
			vterm_screen_get_cell(screen->cells, (VTermPos){row, column}, &cell);
			next = look_of(&cell);
			if (column && same_look(&look, &next))
				continue;
		}
		if (column)
			draw_run(screen, look, row, first, column, svg);
		look = next;
		first = column;
	}
}

void picture_draw(const struct screen *screen, struct buffer *svg)
{
	double width = 2 * FRAME + screen->columns * CELL_WIDTH;
	int height = 2 * FRAME + screen->rows * CELL_HEIGHT;

	buffer_printf(
		svg,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%d\" "
		"viewBox=\"0 0 %.0f %d\" font-size=\"14\" "
		"font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\">\n"
		"<rect width=\"100%%\" height=\"100%%\" rx=\"8\" fill=\"#%06x\"/>\n",
		width, height, width, height, DEFAULT_BACK);
	for (int row = 0; row < screen->rows; row++)
		draw_row(screen, row, svg);
	buffer_printf(svg, "</svg>\n");
}
