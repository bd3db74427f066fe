/* SPDX-License-Identifier: MIT */
/* Cells in memory: clipping by width, hostile text, character sets, bars and styles. */
#include <locale.h>
#include <stdio.h>

#include "fixture.h"
#include "ui/term/bar.h"
#include "ui/term/canvas.h"
#include "ui/term/symbol_name.h"
#include "ui/term/theme.h"

/* What is on a canvas of one row after drawing; to be freed. */
static char *drawn(enum charset charset, int columns, int column, const char *text)
{
	struct canvas canvas;
	char *bytes;
	size_t length;
	FILE *out = open_memstream(&bytes, &length);

	canvas_init(&canvas, 1, columns, charset, true);
	canvas_string(&canvas, 0, column, STYLE_PLAIN, text);
	canvas_dump(&canvas, false, out);
	fclose(out);
	canvas_clear(&canvas);
	bytes[length - 1] = '\0'; /* the end of the line */
	return bytes;
}

static void check_drawn(enum charset charset, int columns, int column, const char *text,
			const char *want)
{
	char *got = drawn(charset, columns, column, text);

	assert_string_equal(got, want);
	free(got);
}

static void text_is_clipped_by_cells_on_both_sides(void **state)
{
	(void)state;
	check_drawn(CHARSET_UTF8, 5, 0, "abcdefgh", "abcde");
	check_drawn(CHARSET_UTF8, 5, -3, "abcdefgh", "defgh");
	check_drawn(CHARSET_UTF8, 5, 3, "abcdefgh", "   ab");
	check_drawn(CHARSET_UTF8, 5, 9, "abc", "");
	check_drawn(CHARSET_UTF8, 5, -9, "abc", "");
}

static void wide_characters_are_never_cut_in_half(void **state)
{
	(void)state;
	check_drawn(CHARSET_UTF8, 4, 0, "\u65e5\u672c\u8a9e", "\u65e5\u672c");
	check_drawn(CHARSET_UTF8, 5, 0, "\u65e5\u672c\u8a9e", "\u65e5\u672c");
	check_drawn(CHARSET_UTF8, 4, -1, "\u65e5\u672c", " \u672c");
	check_drawn(CHARSET_UTF8, 4, 0, "\U0001f600x", "\U0001f600x");
}

static void combining_marks_take_no_cell(void **state)
{
	(void)state;
	check_drawn(CHARSET_UTF8, 2, 0, "e\u0301f\u0308g", "e\u0301f\u0308");
	check_drawn(CHARSET_UTF8, 3, 0, "\u0301ab", "ab");
	assert_int_equal(canvas_width(CHARSET_UTF8, "e\u0301", 3, 10), 1);
}

static void hostile_characters_become_visible_escapes(void **state)
{
	(void)state;
	check_drawn(CHARSET_UTF8, 20, 0, "a\033[31mb", "a\\x1b[31mb");
	check_drawn(CHARSET_UTF8, 20, 0, "a\nb\tc\177", "a\\nb\\tc\\x7f");
	check_drawn(CHARSET_UTF8, 20, 0, "a\u202eb\u200bc", "a\\u202eb\\u200bc");
	check_drawn(CHARSET_UTF8, 20, 0, "a\xff\xc3", "a\\xff\\xc3");
	check_drawn(CHARSET_ASCII, 20, 0, "a\033b\u2028", "a\\x1bb\\u2028");
	/* An escape is clipped like any other text. */
	check_drawn(CHARSET_UTF8, 4, 0, "a\033[31m", "a\\x1");
}

static void nothing_raw_is_left_in_any_cell(void **state)
{
	struct random random = {fixture_seed()};
	static const enum charset charsets[] = {CHARSET_ASCII, CHARSET_ACS, CHARSET_UTF8};

	(void)state;
	for (int round = 0; round < 3000; round++) {
		enum charset charset = charsets[round % 3];
		char text[64];
		size_t length = random_below(&random, sizeof(text));
		struct canvas canvas;

		for (size_t i = 0; i < length; i++)
			text[i] = (char)random_next(&random);
		canvas_init(&canvas, 2, 20, charset, true);
		canvas_text(&canvas, 0, (int)random_below(&random, 30) - 5, STYLE_PLAIN, text,
			    length);
		for (int i = 0; i < 40; i++) {
			uint32_t rune = canvas.cells[i].runes[0];

			assert_true(rune == 0 || (rune >= 0x20 && rune != 0x7f &&
						  !(rune >= 0x80 && rune < 0xa0)));
			if (charset != CHARSET_UTF8)
				assert_in_range(rune, 0x20, 0x7e);
			if (i >= 20)
				assert_int_equal(rune, ' ');
		}
		canvas_clear(&canvas);
	}
}

static void without_unicode_each_character_is_one_question_mark(void **state)
{
	(void)state;
	check_drawn(CHARSET_ASCII, 10, 0, "gr\u00fc\u00dfe \u65e5", "gr??e ?");
	assert_int_equal(canvas_width(CHARSET_ASCII, "\u65e5\u672c", 6, 10), 2);
}

static void text_that_does_not_fit_ends_in_an_ellipsis(void **state)
{
	struct canvas canvas;
	char *bytes;
	size_t length;
	FILE *out = open_memstream(&bytes, &length);

	(void)state;
	canvas_init(&canvas, 2, 10, CHARSET_UTF8, true);
	assert_int_equal(canvas_fit(&canvas, 0, 1, 5, STYLE_PLAIN, "abcdefgh", 8), 6);
	assert_int_equal(canvas_fit(&canvas, 1, 1, 5, STYLE_PLAIN, "abcde", 5), 6);
	canvas_dump(&canvas, false, out);
	fclose(out);
	assert_string_equal(bytes, " abcd\u2026\n abcde\n");
	free(bytes);
	canvas_clear(&canvas);
}

static void a_part_draws_on_its_canvas_and_nowhere_else(void **state)
{
	struct canvas canvas, part;

	(void)state;
	canvas_init(&canvas, 3, 6, CHARSET_UTF8, true);
	part = canvas_part(&canvas, 1, 2, 1, 2);
	canvas_string(&part, 0, -1, STYLE_PLAIN, "abcdef");
	canvas_string(&part, 1, 0, STYLE_PLAIN, "zz");
	for (int i = 0; i < 18; i++)
		assert_int_equal(canvas.cells[i].runes[0], i == 8 ? 'b' : i == 9 ? 'c' : ' ');
	part = canvas_part(&canvas, 2, 4, 9, 9);
	assert_int_equal(part.rows, 1);
	assert_int_equal(part.columns, 2);
	canvas_clear(&canvas);
}

static void long_text_costs_only_what_is_seen(void **state)
{
	char *text = malloc(10001);

	(void)state;
	memset(text, '<', 10000);
	text[10000] = '\0';
	assert_in_range(canvas_width(CHARSET_UTF8, text, 10000, 80), 81, 82);
	assert_int_equal(canvas_prefix(CHARSET_UTF8, text, 10000, 80), 80);
	check_drawn(CHARSET_UTF8, 3, 0, text, "<<<");
	free(text);
}

static void bars_have_eighths_where_there_are_any(void **state)
{
	struct canvas canvas;
	char *bytes;
	size_t length;
	FILE *out = open_memstream(&bytes, &length);

	(void)state;
	canvas_init(&canvas, 3, 4, CHARSET_UTF8, true);
	bar_draw(&canvas, 0, 0, 4, 0.25, 0.53);
	bar_draw(&canvas, 1, 0, 4, 0.0001, 0.0001);
	bar_draw(&canvas, 2, 0, 4, 0.5, 7);
	canvas_dump(&canvas, false, out);
	canvas.charset = CHARSET_ASCII;
	canvas_fill(&canvas, 0, 0, 4, STYLE_PLAIN);
	bar_draw(&canvas, 0, 0, 4, 0.25, 0.75);
	canvas_dump(&canvas, false, out);
	fclose(out);
	assert_memory_equal(bytes, "\u2588\u2588\u258f\n\u258f\n\u2588\u2588\u2588\u2588\n#==", 28);
	free(bytes);
	canvas_clear(&canvas);
}

static void a_selection_shows_in_every_palette(void **state)
{
	(void)state;
	for (int palette = PALETTE_MONO; palette <= PALETTE_256; palette++) {
		for (uint16_t style = 0; style < STYLE_COUNT; style++) {
			struct theme theme = {.palette = (enum palette)palette};
			struct look plain = theme_look(&theme, style);
			struct look selected = theme_look(&theme, style | STYLE_SELECTED);

			assert_int_not_equal(plain.attributes, selected.attributes);
			if (palette == PALETTE_MONO)
				assert_true(plain.foreground < 0 && plain.background < 0);
			if (palette == PALETTE_8)
				assert_true(plain.foreground < 8 && plain.background < 8);
		}
	}
}

static void neighbours_of_one_package_have_two_shades(void **state)
{
	const struct theme theme = {.palette = PALETTE_256};
	uint16_t style = theme_frame("compress/flate.deflate");

	(void)state;
	assert_int_equal(style, theme_frame("compress/flate.(*Writer).Close"));
	assert_int_not_equal(theme_look(&theme, style).background,
			     theme_look(&theme, style | STYLE_SHADED).background);
	assert_int_equal(theme_frame("runtime.mallocgc"), STYLE_FRAME_ALLOCATION);
	assert_int_equal(theme_frame("runtime.gcBgMarkWorker"), STYLE_FRAME_COLLECTOR);
	assert_int_equal(theme_frame("syscall.Syscall6"), STYLE_FRAME_SYSCALL);
	assert_int_equal(theme_frame("sync.(*Mutex).Lock"), STYLE_FRAME_LOCK);
	assert_int_equal(theme_frame("runtime.schedule"), STYLE_FRAME_RUNTIME);
}

static void names_get_shorter_in_front(void **state)
{
	struct text scratch = {0};
	const char *name = "compress/flate.(*Writer).Close";

	(void)state;
	assert_string_equal(name_fit(name, CHARSET_UTF8, 80, &scratch), name);
	assert_string_equal(name_fit(name, CHARSET_UTF8, 29, &scratch), "flate.(*Writer).Close");
	assert_string_equal(name_squeeze(name, CHARSET_UTF8, 16, &scratch), "(*Writer).Close");
	assert_string_equal(name_squeeze(name, CHARSET_UTF8, 7, &scratch), "Close");
	assert_string_equal(name_squeeze("main.run.func1.2", CHARSET_UTF8, 4, &scratch),
			    "run.func1.2");
	text_clear(&scratch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_clipped_by_cells_on_both_sides),
		cmocka_unit_test(wide_characters_are_never_cut_in_half),
		cmocka_unit_test(combining_marks_take_no_cell),
		cmocka_unit_test(hostile_characters_become_visible_escapes),
		cmocka_unit_test(nothing_raw_is_left_in_any_cell),
		cmocka_unit_test(without_unicode_each_character_is_one_question_mark),
		cmocka_unit_test(text_that_does_not_fit_ends_in_an_ellipsis),
		cmocka_unit_test(a_part_draws_on_its_canvas_and_nowhere_else),
		cmocka_unit_test(long_text_costs_only_what_is_seen),
		cmocka_unit_test(bars_have_eighths_where_there_are_any),
		cmocka_unit_test(a_selection_shows_in_every_palette),
		cmocka_unit_test(neighbours_of_one_package_have_two_shades),
		cmocka_unit_test(names_get_shorter_in_front),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
