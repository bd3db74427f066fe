/* SPDX-License-Identifier: MIT */
/* What people stumbled over in the explorer, one test each. */
#include <locale.h>

#include "explorer.h"
#include "ui/term/symbol_name.h"
#include "ui/term/theme.h"

static const char *const one[] = {"web_before.cpu.pb.gz", NULL};
static const char *const two[] = {"web_before.cpu.pb.gz", "web_after.cpu.pb.gz", NULL};

static void boxes_of_files_have_the_name_of_the_file(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, one, 40, 120, CHARSET_UTF8);

	(void)state;
	explorer_press(app, "L i");
	explorer_check(app, "deflate.go", true);
	explorer_check(app, " go ", false);
	explorer_close(&explorer);
}

static void a_path_keeps_its_file(void **state)
{
	(void)state;
	assert_string_equal(name_fit_path("/a/b/deflate.go", CHARSET_ASCII, 40), "/a/b/deflate.go");
	assert_string_equal(name_fit_path("/a/b/deflate.go", CHARSET_ASCII, 12), "b/deflate.go");
	assert_string_equal(name_fit_path("/a/b/deflate.go", CHARSET_ASCII, 2), "deflate.go");
	assert_string_equal(name_fit_path("/a/b/", CHARSET_ASCII, 1), "b/");
}

static void compare_works_for_what_is_loaded(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, two, 40, 120, CHARSET_UTF8);

	(void)state;
	explorer_press(app, "W Down = Down Enter : compare Enter");
	explorer_settle(app);
	explorer_check(app, "compare takes two profiles", false);
	explorer_check(app, "web_before.cpu", true);
	explorer_check(app, "web_after.cpu", true);
	explorer_check(app, "Report", false);
	assert_string_equal(app->over->name, "report");
	explorer_close(&explorer);
}

static void next_to_nothing_is_no_power_of_ten(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, two, 40, 120, CHARSET_UTF8);

	(void)state;
	explorer_press(app, "W Down = Down Enter i d d d");
	explorer_settle(app);
	explorer_check(app, "normalised", true);
	explorer_check(app, "(0%)", true);
	explorer_check(app, "e-0", false);
	explorer_close(&explorer);
}

static void a_search_of_the_help_ends_with_it(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, one, 40, 120, CHARSET_UTF8);

	(void)state;
	explorer_press(app, "? /zoom Enter");
	assert_non_null(app->session.search);
	explorer_press(app, "q");
	assert_null(app->session.search);
	/* That of a pane stays while another one is in front. */
	explorer_press(app, "/deflate Enter ? q");
	assert_non_null(app->session.search);
	explorer_close(&explorer);
}

static void a_row_from_far_away_stands_apart(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, one, 30, 160, CHARSET_ASCII);

	(void)state;
	explorer_press(app, "i k k k k k");
	/* The caller is far below in Top: an arrow in front of its row says so. */
	explorer_check(app, "\nv ", true);
	explorer_close(&explorer);
}

/* Cells with a style on the screen. */
static int count_style(const struct app *app, uint16_t style)
{
	int count = 0;

	for (int i = 0; i < app->rows * app->columns; i++)
		count += (app->canvas.cells[i].style & style) == style;
	return count;
}

static void one_pane_is_reversed(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, one, 60, 200, CHARSET_UTF8);
	int row, column, together;

	(void)state;
	explorer_press(app, "Down Down Enter 8");
	app_draw(app, &row, &column);
	together = count_style(app, STYLE_SELECTED);
	assert_true(together > 0);
	assert_true(count_style(app, STYLE_FOLLOWED) > 0);
	explorer_press(app, "z");
	app_draw(app, &row, &column);
	/* Alone it has as many reversed cells or, with more room, more. */
	assert_true(count_style(app, STYLE_SELECTED) >= together);
	explorer_close(&explorer);
}

static void what_is_said_breaks_at_blanks(void **state)
{
	static const char *const words[] = {"gc/thrash.gctrace.log", NULL};
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, words, 16, 60, CHARSET_UTF8);
	const struct canvas *canvas = &app->canvas;
	bool broken = false;

	(void)state;
	explorer_press(app, "9");
	explorer_settle(app);
	/* Nowhere in the lines of the selection does a word go on in the next line. */
	for (int row = app->layout.detail_row;
	     row + 2 < app->layout.detail_row + app->layout.detail_rows; row++) {
		uint32_t last = canvas->cells[row * 60 + 59].runes[0],
			 first = canvas->cells[(row + 1) * 60].runes[0];

		broken = broken || (last && last != ' ' && first && first != ' ');
	}
	assert_false(broken);
	explorer_close(&explorer);
}

static void only_what_works_is_offered_in_source(void **state)
{
	static const char *const lost[] = {"web_before.cpu.pb.gz", "-source_path=no_such_folder",
					   NULL};
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, lost, 24, 80, CHARSET_UTF8);

	(void)state;
	explorer_press(app, "s");
	explorer_check(app, "e editor", false);
	explorer_check(app, "Enter say-where-it-is", true);
	explorer_close(&explorer);
}

static void hashes_are_not_what_a_box_shows(void **state)
{
	struct text scratch = {0};

	(void)state;
	assert_string_equal(name_squeeze("regex::exec::Program::run::h0123456789abcdef",
					 CHARSET_ASCII, 12, &scratch),
			    "Program::run");
	text_reset(&scratch);
	assert_string_equal(name_squeeze("regex::exec::Program::run::h0123456789abcdef",
					 CHARSET_ASCII, 4, &scratch),
			    "run");
	text_reset(&scratch);
	/* Where there is room for all of it nothing is taken away. */
	assert_string_equal(name_fit("run::h0123456789abcdef", CHARSET_ASCII, 40, &scratch),
			    "run::h0123456789abcdef");
	text_reset(&scratch);
	assert_string_equal(name_squeeze("namespace::tail::", CHARSET_ASCII, 5, &scratch),
			    "tail::");
	text_clear(&scratch);
}

static void a_small_screen_has_short_words(void **state)
{
	static const int columns[] = {39, 30, 12, 5};
	static const char *const words[] = {"screen too small; q quits",
					    "screen too small; q quits", "too small", ""};
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, one, 24, 80, CHARSET_UTF8);

	(void)state;
	for (int i = 0; i < 4; i++) {
		int row, column;
		char *screen;

		app_resize(app, 8, columns[i], CHARSET_UTF8, true);
		app_draw(app, &row, &column);
		screen = explorer_screen(app, false);
		assert_int_equal(strcspn(screen, "\n"), strlen(words[i]));
		assert_memory_equal(screen, words[i], strlen(words[i]));
		free(screen);
	}
	explorer_close(&explorer);
}

static void a_profile_without_samples_says_so(void **state)
{
	static const char *const words[] = {"edge/more_no_samples.pb.gz", NULL};
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, words, 24, 80, CHARSET_UTF8);

	(void)state;
	explorer_check(app, "the profile has no samples", true);
	explorer_check(app, "shows the next sample type", false);
	explorer_close(&explorer);
}

/* The rows of these panes are kept by & as well. */
static void filters_are_kept_by_their_value(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, one, 24, 80, CHARSET_UTF8);

	(void)state;
	explorer_press(app, ": focus=deflate Enter : hide=memclr Enter F & memclr Enter");
	explorer_check(app, "on  hide", true);
	explorer_check(app, "on  focus", false);
	explorer_press(app, "x");
	explorer_check(app, "no row matches", true);
	explorer_press(app, "& Enter");
	explorer_check(app, "on  focus", true);
	explorer_check(app, "on  hide", false);
	explorer_close(&explorer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(boxes_of_files_have_the_name_of_the_file),
		cmocka_unit_test(a_path_keeps_its_file),
		cmocka_unit_test(compare_works_for_what_is_loaded),
		cmocka_unit_test(next_to_nothing_is_no_power_of_ten),
		cmocka_unit_test(a_search_of_the_help_ends_with_it),
		cmocka_unit_test(a_row_from_far_away_stands_apart),
		cmocka_unit_test(one_pane_is_reversed),
		cmocka_unit_test(what_is_said_breaks_at_blanks),
		cmocka_unit_test(only_what_works_is_offered_in_source),
		cmocka_unit_test(hashes_are_not_what_a_box_shows),
		cmocka_unit_test(a_small_screen_has_short_words),
		cmocka_unit_test(a_profile_without_samples_says_so),
		cmocka_unit_test(filters_are_kept_by_their_value),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
