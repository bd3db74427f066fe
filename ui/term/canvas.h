/* SPDX-License-Identifier: MIT */
/*
 * A picture of character cells in memory. Panes draw here and never on the
 * terminal, so what a pane shows can be tested without one.
 *
 * All text passes canvas_text, the one place where hostile characters become
 * visible escapes and where a character set that has less than Unicode gets
 * its replacements; names need no care anywhere else. Drawing outside of the
 * canvas is clipped. A canvas owns its cells, a part of it does not.
 */
#ifndef UI_TERM_CANVAS_H
#define UI_TERM_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* What the terminal can show. */
enum charset {
	CHARSET_ASCII,
	CHARSET_ACS, /* ASCII and the line drawing set of the terminal */
	CHARSET_UTF8,
};

/* Drawn things that each character set has in its own way. */
enum glyph {
	GLYPH_HLINE,
	GLYPH_VLINE,
	GLYPH_ELLIPSIS,
	GLYPH_DOT,   /* a frame too small for anything else */
	GLYPH_COLON, /* its neighbour, where no shade tells them apart */
	GLYPH_BLOCK, /* the dark part of a bar */
	GLYPH_SHADE, /* its light part where there is no colour */
	GLYPH_EIGHTH_1,
	GLYPH_EIGHTH_2,
	GLYPH_EIGHTH_3,
	GLYPH_EIGHTH_4,
	GLYPH_EIGHTH_5,
	GLYPH_EIGHTH_6,
	GLYPH_EIGHTH_7,
	GLYPH_LEVEL_1, /* a column of a sparkline, the lowest of eight */
	GLYPH_LEVEL_8 = GLYPH_LEVEL_1 + 7,
	GLYPH_DOWN,
	GLYPH_UP,
	GLYPH_COUNT,
};

#define CELL_RUNES 3

/* One cell: a character and up to two combining marks; cells are compared as bytes. */
struct cell {
	uint32_t runes[CELL_RUNES]; /* [0] is 0 in the right half of a wide character */
	uint16_t style;             /* enum style and flags: see theme.h */
	uint16_t padding;           /* always 0 */
};

struct canvas {
	struct cell *cells;
	int rows, columns;
	int stride;    /* cells from one row to the next */
	int top, left; /* of a part: where it stands on the whole */
	enum charset charset;
	bool color; /* a pane may tell things apart by colour alone */
};

/* A canvas of blanks. Free with canvas_clear. */
void canvas_init(struct canvas *canvas, int rows, int columns, enum charset charset, bool color);
void canvas_clear(struct canvas *canvas);

/* A window on a canvas, cut to its size; drawing in it draws on the canvas. */
struct canvas canvas_part(const struct canvas *canvas, int row, int column, int rows, int columns);

/* Blanks in one style. */
void canvas_fill(struct canvas *canvas, int row, int column, int columns, uint16_t style);

/*
 * Draws text, clipped to the canvas on both sides; returns the column behind
 * it, which may be outside. The column may be negative.
 */
int canvas_text(struct canvas *canvas, int row, int column, uint16_t style, const char *text,
		size_t length);
int canvas_string(struct canvas *canvas, int row, int column, uint16_t style, const char *string);
int canvas_printf(struct canvas *canvas, int row, int column, uint16_t style, const char *format,
		  ...) __attribute__((format(printf, 5, 6)));

/* Draws text into `columns` cells; what is too long ends in an ellipsis. Returns the column behind. */
int canvas_fit(struct canvas *canvas, int row, int column, int columns, uint16_t style,
	       const char *text, size_t length);

/* Puts an ellipsis into the last cell if the rest of a text drawn from -left on was cut. */
void canvas_clip(struct canvas *canvas, int row, int left, uint16_t style, const char *string);

/* Draws the same glyph `count` times. */
void canvas_glyph(struct canvas *canvas, int row, int column, int count, uint16_t style,
		  enum glyph glyph);

/* As canvas_text, with the places that match (NULL: none) in STYLE_MATCH. */
struct pattern;
int canvas_matches(struct canvas *canvas, int row, int column, uint16_t style, const char *text,
		   size_t length, const struct pattern *pattern);

/* Cells that text takes; stops counting beyond `limit`. */
int canvas_width(enum charset charset, const char *text, size_t length, int limit);

/* Bytes of the longest start of a text that takes at most `columns` cells, at least one character. */
size_t canvas_prefix(enum charset charset, const char *text, size_t length, int columns);

/*
 * The picture as text, one line per row without trailing blanks; with `styles`
 * each row that has any is followed by a line of letters, one per style.
 */
void canvas_dump(const struct canvas *canvas, bool styles, FILE *out);

#endif
