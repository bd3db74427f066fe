/* SPDX-License-Identifier: MIT */
#include "ui/term/theme.h"

#include <stddef.h>
#include <string.h>

#include "base/array.h"
#include "base/hash.h"
#include "classify/package.h"

#define OWN -1 /* the terminal's own colour */

/* Black that no terminal has another idea of. */
#define BLACK 16

/*
 * By palette, that of 256 colours for a dark and for a light background. A
 * test computes from this table that every text can be read (4.5 to 1) and
 * that what grew and what shrank can be told apart by everybody.
 */
static const struct {
	struct look mono, eight, dark, light;
} looks[STYLE_COUNT] = {
	[STYLE_PLAIN] = {{OWN, OWN, 0}, {OWN, OWN, 0}, {OWN, OWN, 0}, {OWN, OWN, 0}},
	[STYLE_TITLE] = {{OWN, OWN, LOOK_BOLD},
			 {OWN, OWN, LOOK_BOLD},
			 {OWN, OWN, LOOK_BOLD},
			 {OWN, OWN, LOOK_BOLD}},
	[STYLE_CHIP] = {{OWN, OWN, LOOK_REVERSE}, {0, 3, 0}, {BLACK, 179, 0}, {BLACK, 222, 0}},
	[STYLE_HEADER] = {{OWN, OWN, LOOK_UNDERLINE}, {6, OWN, 0}, {80, OWN, 0}, {24, OWN, 0}},
	[STYLE_MUTED] = {{OWN, OWN, 0}, {OWN, OWN, LOOK_DIM}, {248, OWN, 0}, {240, OWN, 0}},
	[STYLE_STRONG] = {{OWN, OWN, LOOK_BOLD},
			  {OWN, OWN, LOOK_BOLD},
			  {OWN, OWN, LOOK_BOLD},
			  {OWN, OWN, LOOK_BOLD}},
	[STYLE_ERROR] = {{OWN, OWN, LOOK_BOLD},
			 {1, OWN, LOOK_BOLD},
			 {210, OWN, LOOK_BOLD},
			 {124, OWN, LOOK_BOLD}},
	[STYLE_KEY] = {{OWN, OWN, LOOK_BOLD}, {6, OWN, 0}, {80, OWN, 0}, {24, OWN, 0}},
	[STYLE_LINE] = {{OWN, OWN, 0}, {OWN, OWN, LOOK_DIM}, {240, OWN, 0}, {250, OWN, 0}},
	[STYLE_BAR_FLAT] = {{OWN, OWN, 0}, {OWN, OWN, 0}, {OWN, OWN, 0}, {OWN, OWN, 0}},
	[STYLE_BAR_CUM] = {{OWN, OWN, 0}, {3, OWN, 0}, {67, OWN, 0}, {110, OWN, 0}},
	[STYLE_BAR_EDGE] = {{OWN, OWN, 0}, {OWN, 3, 0}, {OWN, 67, 0}, {OWN, 110, 0}},
	[STYLE_TEXT_RUNTIME] = {{OWN, OWN, 0}, {4, OWN, 0}, {111, OWN, 0}, {25, OWN, 0}},
	[STYLE_TEXT_COLLECTOR] = {{OWN, OWN, 0}, {5, OWN, 0}, {176, OWN, 0}, {90, OWN, 0}},
	[STYLE_TEXT_ALLOCATION] = {{OWN, OWN, 0}, {2, OWN, 0}, {114, OWN, 0}, {22, OWN, 0}},
	[STYLE_TEXT_SYSCALL] = {{OWN, OWN, 0}, {6, OWN, 0}, {81, OWN, 0}, {23, OWN, 0}},
	[STYLE_TEXT_LOCK] = {{OWN, OWN, 0}, {1, OWN, 0}, {210, OWN, 0}, {125, OWN, 0}},
	[STYLE_HOT] = {{OWN, OWN, LOOK_BOLD},
		       {1, OWN, LOOK_BOLD},
		       {210, OWN, LOOK_BOLD},
		       {124, OWN, LOOK_BOLD}},
	[STYLE_WARM] = {{OWN, OWN, 0}, {3, OWN, 0}, {179, OWN, 0}, {58, OWN, 0}},
	[STYLE_GROWN] = {{OWN, OWN, 0}, {1, OWN, 0}, {210, OWN, 0}, {124, OWN, 0}},
	[STYLE_SHRUNK] = {{OWN, OWN, 0}, {2, OWN, 0}, {114, OWN, 0}, {22, OWN, 0}},
	[STYLE_TINY] = {{OWN, OWN, 0}, {OWN, OWN, LOOK_DIM}, {248, OWN, 0}, {240, OWN, 0}},
	[STYLE_MORE] = {{OWN, OWN, 0}, {OWN, OWN, LOOK_DIM}, {248, OWN, 0}, {240, OWN, 0}},
	[STYLE_FRAME_ROOT] = {{OWN, OWN, 0}, {0, 7, 0}, {BLACK, 250, 0}, {BLACK, 250, 0}},
	[STYLE_FRAME_RUNTIME] = {{OWN, OWN, 0}, {7, 4, 0}, {BLACK, 110, 0}, {BLACK, 110, 0}},
	[STYLE_FRAME_COLLECTOR] = {{OWN, OWN, 0}, {0, 5, 0}, {BLACK, 182, 0}, {BLACK, 182, 0}},
	[STYLE_FRAME_ALLOCATION] = {{OWN, OWN, 0}, {0, 2, 0}, {BLACK, 150, 0}, {BLACK, 150, 0}},
	[STYLE_FRAME_SYSCALL] = {{OWN, OWN, 0}, {0, 6, 0}, {BLACK, 116, 0}, {BLACK, 116, 0}},
	[STYLE_FRAME_LOCK] = {{OWN, OWN, 0}, {7, 1, 0}, {BLACK, 210, 0}, {BLACK, 210, 0}},
	[STYLE_FRAME_GROWN] = {{OWN, OWN, 0}, {7, 1, 0}, {BLACK, 174, 0}, {BLACK, 174, 0}},
	[STYLE_FRAME_SHRUNK] = {{OWN, OWN, 0}, {0, 2, 0}, {BLACK, 114, 0}, {BLACK, 114, 0}},
};

/* A difference in orange and blue, which everybody sees, in the place of red and green. */
static const struct {
	uint16_t style;
	struct look dark, light;
} blind_looks[] = {
	{STYLE_GROWN, {215, OWN, 0}, {94, OWN, 0}},
	{STYLE_SHRUNK, {111, OWN, 0}, {25, OWN, 0}},
	{STYLE_FRAME_GROWN, {BLACK, 215, 0}, {BLACK, 215, 0}},
	{STYLE_FRAME_SHRUNK, {BLACK, 111, 0}, {BLACK, 111, 0}},
};

/* Hues of packages with 256 colours: pastels, each with its second shade for a neighbour. */
static const struct {
	int16_t plain, shaded;
} hues[THEME_FRAME_HUES] = {
	{180, 187}, {179, 186}, {216, 223}, {215, 222}, {181, 224}, {187, 230},
	{144, 187}, {143, 186}, {222, 229}, {173, 216}, {217, 224}, {186, 229},
};

/* Second shades of the frames with a hue of their own. */
static const struct {
	uint16_t style;
	int16_t shaded;
} shades[] = {
	{STYLE_FRAME_RUNTIME, 153}, {STYLE_FRAME_COLLECTOR, 219}, {STYLE_FRAME_ALLOCATION, 193},
	{STYLE_FRAME_SYSCALL, 159}, {STYLE_FRAME_LOCK, 217},      {STYLE_FRAME_ROOT, 253},
	{STYLE_FRAME_GROWN, 217},   {STYLE_FRAME_SHRUNK, 157},
};

/* With 8 colours a package gets one of the two that no class has. */
static struct look frame_look(enum palette palette, uint16_t hue, bool shaded)
{
	if (palette == PALETTE_256)
		return (struct look){BLACK, shaded ? hues[hue].shaded : hues[hue].plain, 0};
	if (palette == PALETTE_8)
		return (struct look){0, hue % 2 ? 3 : 7, 0};
	return (struct look){OWN, OWN, 0};
}

static struct look many_look(const struct theme *theme, uint16_t style, bool shaded)
{
	struct look look = theme->light ? looks[style].light : looks[style].dark;

	for (size_t i = 0; shaded && i < COUNT(shades); i++)
		if (shades[i].style == style)
			look.background = shades[i].shaded;
	for (size_t i = 0; theme->blind && i < COUNT(blind_looks); i++)
		if (blind_looks[i].style == style)
			look = theme->light ? blind_looks[i].light : blind_looks[i].dark;
	return look;
}

static struct look base_look(const struct theme *theme, uint16_t style, bool shaded)
{
	if (style >= STYLE_FRAME_HUE)
		return frame_look(theme->palette, style - STYLE_FRAME_HUE, shaded);
	if (theme->palette == PALETTE_MONO)
		return looks[style].mono;
	if (theme->palette == PALETTE_8)
		return looks[style].eight;
	return many_look(theme, style, shaded);
}

struct look theme_look(const struct theme *theme, uint16_t style)
{
	struct look look = base_look(theme, style & 0xff, style & STYLE_SHADED);
	bool many = theme->palette == PALETTE_256;

	/* No package and no kind of work is of this pink. */
	if (style & STYLE_MATCH) {
		if (many)
			look = (struct look){BLACK, 207, 0};
		else if (theme->palette == PALETTE_8)
			look = (struct look){0, 3, LOOK_BOLD};
		look.attributes |= LOOK_UNDERLINE;
	}
	if (style & STYLE_FOLLOWED) {
		look.attributes |= LOOK_BOLD;
		if (many && look.background == OWN)
			look.background = theme->light ? 254 : 237;
	}
	if (style & STYLE_SELECTED)
		look.attributes ^= LOOK_REVERSE;
	return look;
}

bool theme_background_is_light(const char *colorfgbg)
{
	const char *last = colorfgbg ? strrchr(colorfgbg, ';') : NULL;

	/* White and bright colours but bright black are light. */
	return last && (!strcmp(last, ";7") || !strcmp(last, ";15"));
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
	       hash_stable(name, package ? package : strlen(name)) % THEME_FRAME_HUES;
}
