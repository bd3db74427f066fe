/* SPDX-License-Identifier: MIT */
/*
 * Named styles and what they look like with 256, 8 and no colours. A style is
 * a number of enum style with flags added; cells of a canvas carry it.
 */
#ifndef UI_TERM_THEME_H
#define UI_TERM_THEME_H

#include <stdbool.h>
#include <stdint.h>

#include "classify/kind.h"

#define THEME_FRAME_HUES 12

enum style {
	STYLE_PLAIN,
	STYLE_TITLE,  /* the line on top */
	STYLE_CHIP,   /* an active filter */
	STYLE_HEADER, /* names of columns */
	STYLE_MUTED,  /* of less interest */
	STYLE_STRONG,
	STYLE_ERROR,
	STYLE_KEY,  /* a key that can be pressed */
	STYLE_LINE, /* separators */
	STYLE_BAR_FLAT,
	STYLE_BAR_CUM,
	STYLE_BAR_EDGE, /* flat drawn on a ground of cum */
	STYLE_TEXT_RUNTIME,
	STYLE_TEXT_COLLECTOR,
	STYLE_TEXT_ALLOCATION,
	STYLE_TEXT_SYSCALL,
	STYLE_TEXT_LOCK,
	STYLE_HOT, /* source lines by their share */
	STYLE_WARM,
	STYLE_GROWN, /* numbers of a difference */
	STYLE_SHRUNK,
	STYLE_TINY, /* frames of one cell */
	STYLE_MORE, /* the bucket of frames without a cell */
	STYLE_FRAME_ROOT,
	STYLE_FRAME_RUNTIME,
	STYLE_FRAME_COLLECTOR,
	STYLE_FRAME_ALLOCATION,
	STYLE_FRAME_SYSCALL,
	STYLE_FRAME_LOCK,
	STYLE_FRAME_GROWN, /* of a difference */
	STYLE_FRAME_SHRUNK,
	STYLE_FRAME_HUE, /* the first of THEME_FRAME_HUES */
	STYLE_COUNT = STYLE_FRAME_HUE + THEME_FRAME_HUES,

	/* Flags. */
	STYLE_SELECTED = 0x100,
	STYLE_MATCH = 0x200,
	STYLE_SHADED = 0x400,   /* of two neighbours one is */
	STYLE_FOLLOWED = 0x800, /* selected in another pane */
	STYLE_END = 0x1000,     /* above every combination */
};

enum palette {
	PALETTE_MONO,
	PALETTE_8,
	PALETTE_256,
};

enum look_attribute {
	LOOK_BOLD = 1,
	LOOK_REVERSE = 2,
	LOOK_UNDERLINE = 4,
	LOOK_DIM = 8,
};

/* Colours are numbers of the palette, -1 is the terminal's own. */
struct look {
	int16_t foreground, background;
	uint8_t attributes;
};

struct theme {
	enum palette palette;
	bool light; /* the background of the terminal */
	bool blind; /* differences in colours that everybody can tell apart */
};

struct look theme_look(const struct theme *theme, uint16_t style);

/*
 * What a terminal says of its background in $COLORFGBG ("15;0": white on
 * black), as rxvt, konsole and others set it; false where it says nothing.
 */
bool theme_background_is_light(const char *colorfgbg);

/* The style of a frame: a hue by its kind of work, else by a hash of the package. */
uint16_t theme_frame(const char *name);

/* The style and the letter of a kind of work in a column of a table; ' ' if it has none. */
uint16_t theme_kind(enum kind kind, char *letter);

#endif
