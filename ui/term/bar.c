/* SPDX-License-Identifier: MIT */
#include "ui/term/bar.h"

#include "ui/term/theme.h"

/* Eighths of a cell of a share, at least one if there is any. */
static int eighths(double share, int columns)
{
	int count;

	if (!(share > 0))
		return 0;
	count = share >= 1 ? columns * 8 : (int)(share * columns * 8 + 0.5);
	return count ? count : 1;
}

static void draw_part(struct canvas *canvas, int row, int column, int part, uint16_t style)
{
	canvas_glyph(canvas, row, column, 1, style, (enum glyph)(GLYPH_EIGHTH_1 + part - 1));
}

/* The dark part ends inside a cell; the rest of the cell is light up to where cum ends. */
static void draw_fine(struct canvas *canvas, int row, int column, int flat, int cum)
{
	int cell = flat / 8;

	canvas_glyph(canvas, row, column, cell, STYLE_BAR_FLAT, GLYPH_BLOCK);
	if (flat % 8) {
		bool on_cum = cum >= (cell + 1) * 8;

		draw_part(canvas, row, column + cell, flat % 8,
			  on_cum ? STYLE_BAR_EDGE : STYLE_BAR_FLAT);
		cell++;
	}
	if (cum / 8 > cell)
		canvas_glyph(canvas, row, column + cell, cum / 8 - cell, STYLE_BAR_CUM,
			     GLYPH_BLOCK);
	if (cum % 8 && cum / 8 >= cell)
		draw_part(canvas, row, column + cum / 8, cum % 8, STYLE_BAR_CUM);
}

static void draw_coarse(struct canvas *canvas, int row, int column, int flat, int cum)
{
	flat = (flat + 4) / 8;
	cum = (cum + 4) / 8;
	canvas_glyph(canvas, row, column, flat, STYLE_BAR_FLAT, GLYPH_BLOCK);
	if (cum > flat)
		canvas_glyph(canvas, row, column + flat, cum - flat, STYLE_BAR_CUM, GLYPH_SHADE);
}

void bar_draw(struct canvas *canvas, int row, int column, int columns, double flat, double cum)
{
	int dark = eighths(flat, columns), light = eighths(cum, columns);

	if (canvas->charset == CHARSET_UTF8 && canvas->color)
		draw_fine(canvas, row, column, dark, light);
	else
		draw_coarse(canvas, row, column, dark, light);
}
