/* SPDX-License-Identifier: MIT */
#include "ui/term/theme.h"

#include <stddef.h>
#include <string.h>

#include "base/array.h"
#include "base/hash.h"
#include "classify/package.h"

#define OWN -1 /* the terminal's own colour */

/* By palette; what has no row is the terminal's own look. */
static const struct {
	struct look mono, eight, many;
} looks[STYLE_COUNT] = {
	[STYLE_PLAIN] = {{OWN, OWN, 0}, {OWN, OWN, 0}, {OWN, OWN, 0}},
	[STYLE_TITLE] = {{OWN, OWN, LOOK_BOLD}, {OWN, OWN, LOOK_BOLD}, {OWN, OWN, LOOK_BOLD}},
	[STYLE_CHIP] = {{OWN, OWN, LOOK_REVERSE}, {0, 3, 0}, {0, 179, 0}},
	[STYLE_HEADER] = {{OWN, OWN, LOOK_UNDERLINE}, {6, OWN, 0}, {6, OWN, 0}},
	[STYLE_MUTED] = {{OWN, OWN, 0}, {OWN, OWN, LOOK_DIM}, {245, OWN, 0}},
	[STYLE_STRONG] = {{OWN, OWN, LOOK_BOLD}, {OWN, OWN, LOOK_BOLD}, {OWN, OWN, LOOK_BOLD}},
	[STYLE_ERROR] = {{OWN, OWN, LOOK_BOLD}, {1, OWN, LOOK_BOLD}, {203, OWN, LOOK_BOLD}},
	[STYLE_KEY] = {{OWN, OWN, LOOK_BOLD}, {6, OWN, 0}, {6, OWN, 0}},
	[STYLE_LINE] = {{OWN, OWN, 0}, {OWN, OWN, LOOK_DIM}, {240, OWN, 0}},
	[STYLE_BAR_FLAT] = {{OWN, OWN, 0}, {OWN, OWN, 0}, {OWN, OWN, 0}},
	[STYLE_BAR_CUM] = {{OWN, OWN, 0}, {3, OWN, 0}, {3, OWN, 0}},
	[STYLE_BAR_EDGE] = {{OWN, OWN, 0}, {OWN, 3, 0}, {OWN, 3, 0}},
	[STYLE_TEXT_RUNTIME] = {{OWN, OWN, 0}, {4, OWN, 0}, {4, OWN, 0}},
	[STYLE_TEXT_COLLECTOR] = {{OWN, OWN, 0}, {5, OWN, 0}, {5, OWN, 0}},
	[STYLE_TEXT_ALLOCATION] = {{OWN, OWN, 0}, {2, OWN, 0}, {2, OWN, 0}},
	[STYLE_TEXT_SYSCALL] = {{OWN, OWN, 0}, {6, OWN, 0}, {6, OWN, 0}},
	[STYLE_TEXT_LOCK] = {{OWN, OWN, 0}, {1, OWN, 0}, {1, OWN, 0}},
	[STYLE_HOT] = {{OWN, OWN, LOOK_BOLD}, {1, OWN, LOOK_BOLD}, {203, OWN, LOOK_BOLD}},
	[STYLE_WARM] = {{OWN, OWN, 0}, {3, OWN, 0}, {179, OWN, 0}},
	[STYLE_GROWN] = {{OWN, OWN, 0}, {1, OWN, 0}, {203, OWN, 0}},
	[STYLE_SHRUNK] = {{OWN, OWN, 0}, {2, OWN, 0}, {71, OWN, 0}},
	[STYLE_TINY] = {{OWN, OWN, 0}, {OWN, OWN, LOOK_DIM}, {245, OWN, 0}},
	[STYLE_MORE] = {{OWN, OWN, 0}, {OWN, OWN, LOOK_DIM}, {245, OWN, 0}},
	[STYLE_FRAME_ROOT] = {{OWN, OWN, 0}, {0, 7, 0}, {0, 250, 0}},
	[STYLE_FRAME_RUNTIME] = {{OWN, OWN, 0}, {7, 4, 0}, {0, 67, 0}},
	[STYLE_FRAME_COLLECTOR] = {{OWN, OWN, 0}, {0, 5, 0}, {0, 170, 0}},
	[STYLE_FRAME_ALLOCATION] = {{OWN, OWN, 0}, {0, 2, 0}, {0, 71, 0}},
	[STYLE_FRAME_SYSCALL] = {{OWN, OWN, 0}, {0, 6, 0}, {0, 74, 0}},
	[STYLE_FRAME_LOCK] = {{OWN, OWN, 0}, {7, 1, 0}, {0, 167, 0}},
	[STYLE_FRAME_GROWN] = {{OWN, OWN, 0}, {7, 1, 0}, {0, 174, 0}},
	[STYLE_FRAME_SHRUNK] = {{OWN, OWN, 0}, {0, 2, 0}, {0, 114, 0}},
};

/* Hues of packages with 256 colours: warm ones, each with its second shade for a neighbour. */
static const struct {
	int16_t plain, shaded;
} hues[THEME_FRAME_HUES] = {
	{180, 186}, {179, 185}, {173, 179}, {216, 222}, {214, 220}, {208, 214},
	{144, 150}, {143, 149}, {187, 223}, {181, 217}, {174, 210}, {137, 180},
};

/* Second shades of the frames with a hue of their own. */
static const struct {
	uint16_t style;
	int16_t shaded;
} shades[] = {
	{STYLE_FRAME_RUNTIME, 110}, {STYLE_FRAME_COLLECTOR, 176}, {STYLE_FRAME_ALLOCATION, 114},
	{STYLE_FRAME_SYSCALL, 117}, {STYLE_FRAME_LOCK, 174},      {STYLE_FRAME_ROOT, 253},
	{STYLE_FRAME_GROWN, 181},   {STYLE_FRAME_SHRUNK, 151},
};

/* With 8 colours a package gets one of the two that no class has. */
static struct look frame_look(enum palette palette, uint16_t hue, bool shaded)
{
	if (palette == PALETTE_256)
		return (struct look){0, shaded ? hues[hue].shaded : hues[hue].plain, 0};
	if (palette == PALETTE_8)
		return (struct look){0, hue % 2 ? 3 : 7, 0};
	return (struct look){OWN, OWN, 0};
}

static struct look base_look(enum palette palette, uint16_t style, bool shaded)
{
	struct look look;

	if (style >= STYLE_FRAME_HUE)
		return frame_look(palette, style - STYLE_FRAME_HUE, shaded);
	if (palette == PALETTE_MONO)
		return looks[style].mono;
	if (palette == PALETTE_8)
		return looks[style].eight;
	look = looks[style].many;
	for (size_t i = 0; shaded && i < COUNT(shades); i++)
		if (shades[i].style == style)
			look.background = shades[i].shaded;
	return look;
}

struct look theme_look(enum palette palette, uint16_t style)
{
	struct look look = base_look(palette, style & 0xff, style & STYLE_SHADED);

	if (style & STYLE_MATCH) {
		if (palette == PALETTE_256)
			look = (struct look){0, 226, 0};
		else if (palette == PALETTE_8)
			look = (struct look){0, 3, LOOK_BOLD};
		look.attributes |= LOOK_UNDERLINE;
	}
	if (style & STYLE_FOLLOWED) {
		look.attributes |= LOOK_BOLD;
		if (palette == PALETTE_256 && look.background == OWN)
			look.background = 237;
	}
	if (style & STYLE_SELECTED)
		look.attributes ^= LOOK_REVERSE;
	return look;
}

/*
 * What each kind of work looks like; related ones share a letter and a hue.
 * Libraries look like the program: their packages tell them apart.
 */
static const struct {
	uint16_t text, frame;
	char letter;
} kind_looks[KIND_COUNT] = {
	[KIND_LOCK] = {STYLE_TEXT_LOCK, STYLE_FRAME_LOCK, 'L'},
	[KIND_CHANNEL] = {STYLE_TEXT_LOCK, STYLE_FRAME_LOCK, 'L'},
	[KIND_GC] = {STYLE_TEXT_COLLECTOR, STYLE_FRAME_COLLECTOR, 'G'},
	[KIND_SYSCALL] = {STYLE_TEXT_SYSCALL, STYLE_FRAME_SYSCALL, 'S'},
	[KIND_ALLOCATION] = {STYLE_TEXT_ALLOCATION, STYLE_FRAME_ALLOCATION, 'A'},
	[KIND_SCHEDULER] = {STYLE_TEXT_RUNTIME, STYLE_FRAME_RUNTIME, 'R'},
	[KIND_MEMORY] = {STYLE_TEXT_ALLOCATION, STYLE_FRAME_ALLOCATION, 'A'},
	[KIND_MAP] = {STYLE_TEXT_RUNTIME, STYLE_FRAME_RUNTIME, 'R'},
	[KIND_LIBRARY] = {STYLE_PLAIN, 0, ' '},
	[KIND_INTERFACE] = {STYLE_TEXT_RUNTIME, STYLE_FRAME_RUNTIME, 'R'},
	[KIND_RUNTIME] = {STYLE_TEXT_RUNTIME, STYLE_FRAME_RUNTIME, 'R'},
	[KIND_OTHER] = {STYLE_PLAIN, 0, ' '},
};

uint16_t theme_kind(enum kind kind, char *letter)
{
	*letter = kind_looks[kind].letter;
	return kind_looks[kind].text;
}

uint16_t theme_frame(const char *name)
{
	uint16_t style = kind_looks[kind_of_frame(name)].frame;
	size_t package;

	if (style)
		return style;
	package = package_length(name);
	return STYLE_FRAME_HUE +
	       hash_bytes(name, package ? package : strlen(name)) % THEME_FRAME_HUES;
}
