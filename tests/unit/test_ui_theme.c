/* SPDX-License-Identifier: MIT */
/*
 * Colours of the themes, computed from the table: every text can be read on its
 * background (WCAG 2 contrast), and what grew and what shrank differ for eyes
 * with deuteranopia and protanopia (Vienot, Brettel and Mollon 1999; CIE76).
 */
#include <math.h>

#include "base/array.h"
#include "fixture.h"
#include "ui/term/theme.h"

#define LEAST_CONTRAST 4.5
#define LEAST_DIFFERENCE 20

struct color {
	double red, green, blue; /* linear, 0 to 1 */
};

static double linear(int channel)
{
	double c = channel / 255.0;

	return c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

/* A color of xterm's 256; the first 16 are the terminal's own and not known. */
static struct color color_of(int number)
{
	static const int levels[] = {0, 95, 135, 175, 215, 255};

	assert_in_range(number, 16, 255);
	if (number >= 232) {
		double grey = linear(8 + 10 * (number - 232));

		return (struct color){grey, grey, grey};
	}
	number -= 16;
	return (struct color){linear(levels[number / 36]), linear(levels[number / 6 % 6]),
			      linear(levels[number % 6])};
}

static double luminance(struct color color)
{
	return 0.2126 * color.red + 0.7152 * color.green + 0.0722 * color.blue;
}

static double contrast(struct color a, struct color b)
{
	double x = luminance(a) + 0.05, y = luminance(b) + 0.05;

	return x > y ? x / y : y / x;
}

/* Graphics, not text. */
static bool is_text(uint16_t style)
{
	return style != STYLE_LINE && style != STYLE_BAR_FLAT && style != STYLE_BAR_CUM &&
	       style != STYLE_BAR_EDGE;
}

/* The terminal's own colors: text white or black, behind it the darkest or lightest that is usual. */
static void check_contrast(const struct theme *theme, uint16_t style)
{
	struct look look = theme_look(theme, style);
	int text = look.foreground >= 0 ? look.foreground : theme->light ? 16 : 231;
	int back = look.background >= 0 ? look.background : theme->light ? 255 : 234;
	double found = contrast(color_of(text), color_of(back));

	if (found < LEAST_CONTRAST)
		fail_msg("style %#x: %d on %d has a contrast of %.2f", style, text, back, found);
}

static void every_text_can_be_read(void **state)
{
	static const uint16_t flags[] = {0, STYLE_SHADED, STYLE_MATCH, STYLE_FOLLOWED,
					 STYLE_SELECTED};

	(void)state;
	for (int i = 0; i < 4; i++) {
		struct theme theme = {.palette = PALETTE_256, .light = i & 1, .blind = i & 2};

		for (uint16_t style = 0; style < STYLE_COUNT; style++)
			for (size_t k = 0; is_text(style) && k < COUNT(flags); k++)
				check_contrast(&theme, style | flags[k]);
	}
}

/* What eyes see that lack a kind of cones. */
static struct color seen_without_green(struct color c)
{
	double yellow = 0.29275 * c.red + 0.70725 * c.green;

	return (struct color){yellow, yellow, -0.02234 * c.red + 0.02234 * c.green + c.blue};
}

static struct color seen_without_red(struct color c)
{
	double yellow = 0.11238 * c.red + 0.88762 * c.green;

	return (struct color){yellow, yellow, 0.00401 * c.red - 0.00401 * c.green + c.blue};
}

static double curve(double t)
{
	return t > 0.008856 ? cbrt(t) : 7.787 * t + 16.0 / 116;
}

static void lab_of(struct color c, double lab[3])
{
	double x = curve((0.4124 * c.red + 0.3576 * c.green + 0.1805 * c.blue) / 0.9505);
	double y = curve(luminance(c));
	double z = curve((0.0193 * c.red + 0.1192 * c.green + 0.9505 * c.blue) / 1.089);

	lab[0] = 116 * y - 16;
	lab[1] = 500 * (x - y);
	lab[2] = 200 * (y - z);
}

static double difference(struct color a, struct color b)
{
	double x[3], y[3];

	lab_of(a, x);
	lab_of(b, y);
	return sqrt(pow(x[0] - y[0], 2) + pow(x[1] - y[1], 2) + pow(x[2] - y[2], 2));
}

static void check_pair(int grown, int shrunk)
{
	struct color a = color_of(grown), b = color_of(shrunk);

	assert_true(difference(a, b) >= LEAST_DIFFERENCE);
	assert_true(difference(seen_without_green(a), seen_without_green(b)) >= LEAST_DIFFERENCE);
	assert_true(difference(seen_without_red(a), seen_without_red(b)) >= LEAST_DIFFERENCE);
}

static void the_color_blind_tell_growth_from_shrinking(void **state)
{
	(void)state;
	for (int light = 0; light < 2; light++) {
		struct theme theme = {.palette = PALETTE_256, .light = light, .blind = true};

		check_pair(theme_look(&theme, STYLE_GROWN).foreground,
			   theme_look(&theme, STYLE_SHRUNK).foreground);
		check_pair(theme_look(&theme, STYLE_FRAME_GROWN).background,
			   theme_look(&theme, STYLE_FRAME_SHRUNK).background);
	}
}

static void no_package_has_the_color_of_a_match(void **state)
{
	const struct theme theme = {.palette = PALETTE_256};
	int match = theme_look(&theme, STYLE_PLAIN | STYLE_MATCH).background;

	(void)state;
	for (uint16_t style = STYLE_FRAME_ROOT; style < STYLE_COUNT; style++) {
		assert_true(difference(color_of(theme_look(&theme, style).background),
				       color_of(match)) >= LEAST_DIFFERENCE);
		assert_true(
			difference(color_of(theme_look(&theme, style | STYLE_SHADED).background),
				   color_of(match)) >= LEAST_DIFFERENCE);
	}
}

static void the_background_is_what_the_terminal_says(void **state)
{
	(void)state;
	assert_false(theme_background_is_light(NULL));
	assert_false(theme_background_is_light(""));
	assert_false(theme_background_is_light("15;0"));
	assert_false(theme_background_is_light("15;default;0"));
	assert_true(theme_background_is_light("0;15"));
	assert_true(theme_background_is_light("0;default;15"));
	assert_true(theme_background_is_light("0;7"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_text_can_be_read),
		cmocka_unit_test(the_color_blind_tell_growth_from_shrinking),
		cmocka_unit_test(no_package_has_the_color_of_a_match),
		cmocka_unit_test(the_background_is_what_the_terminal_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
