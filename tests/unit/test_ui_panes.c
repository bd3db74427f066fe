/* SPDX-License-Identifier: MIT */
/*
 * What the panes show, as pictures in memory: keys go in, the canvas is
 * compared with tests/unit/golden/NAME.txt. UPDATE_GOLDEN=1 writes them anew.
 */
#include <locale.h>
#include <stdio.h>

#include "explorer.h"
#include "base/array.h"
#include "ui/widget/icicle_layout.h"
#include "ui/term/key.h"

struct picture {
	const char *name;
	const char *file;
	int rows, columns;
	enum charset charset;
	bool styles;
	const char *keys;
};

static const struct picture pictures[] = {
	{"top_80x24", "web_before.cpu.pb.gz", 24, 80, CHARSET_UTF8, true, "j j"},
	{"top_120x40", "web_before.cpu.pb.gz", 40, 120, CHARSET_UTF8, false, "G"},
	{"top_200x60", "web_before.cpu.pb.gz", 60, 200, CHARSET_UTF8, false, "j"},
	{"top_60x16_ascii", "web_before.cpu.pb.gz", 16, 60, CHARSET_ASCII, false, "o j"},
	{"top_heap", "web_before.heap.pb.gz", 16, 80, CHARSET_UTF8, false, "m"},
	{"top_limit", "web_before.cpu.pb.gz", 16, 80, CHARSET_UTF8, false,
	 ": top Space 5 Space -cum Enter"},
	{"top_search", "web_before.cpu.pb.gz", 16, 80, CHARSET_UTF8, true, "/ deflate n"},
	{"top_focus", "web_before.cpu.pb.gz", 16, 80, CHARSET_UTF8, false, "j f j H"},
	{"top_empty", "web_before.cpu.pb.gz", 16, 80, CHARSET_UTF8, false, ": focus=nothing Enter"},
	{"top_contention", "web_before.block.pb.gz", 16, 80, CHARSET_UTF8, false, "j"},
	{"peek_80x24", "web_before.cpu.pb.gz", 24, 80, CHARSET_UTF8, true, "j j Enter j"},
	{"peek_120x40", "web_before.cpu.pb.gz", 40, 120, CHARSET_UTF8, false,
	 ": peek Space mallocgc$ Enter"},
	{"peek_200x60", "web_before.cpu.pb.gz", 60, 200, CHARSET_UTF8, false,
	 "/ mallocgc$ Enter Esc p j"},
	{"peek_ascii", "web_before.cpu.pb.gz", 16, 80, CHARSET_ASCII, false, "Enter k Enter"},
	{"icicle_80x24", "web_before.cpu.pb.gz", 24, 80, CHARSET_UTF8, true, "i 0 g j j"},
	{"icicle_120x40", "web_before.cpu.pb.gz", 40, 120, CHARSET_UTF8, false, "i ."},
	{"icicle_200x60", "web_before.cpu.pb.gz", 60, 200, CHARSET_UTF8, false, "z i g"},
	{"icicle_ascii", "web_before.cpu.pb.gz", 24, 80, CHARSET_ASCII, false, "i g"},
	{"icicle_zoom", "web_before.cpu.pb.gz", 24, 80, CHARSET_UTF8, false, "j j i Enter j j"},
	{"icicle_search", "web_before.cpu.pb.gz", 24, 80, CHARSET_UTF8, false, "i g / hash4 Enter"},
	{"icicle_heap", "web_before.heap.pb.gz", 24, 80, CHARSET_UTF8, false, "i"},
	{"split_160x50", "web_before.cpu.pb.gz", 50, 160, CHARSET_UTF8, false, "j j"},
	{"help_80x24", "web_before.cpu.pb.gz", 24, 80, CHARSET_UTF8, false, "?"},
	{"help_of_icicle", "web_before.cpu.pb.gz", 40, 80, CHARSET_UTF8, false, "i ?"},
	{"report_120x40", "web_before.cpu.pb.gz", 40, 120, CHARSET_UTF8, false,
	 ": tags Enter / acme Enter"},
	{"report_200x60", "web_before.cpu.pb.gz", 60, 200, CHARSET_UTF8, false,
	 ": tree Space deflate Enter j"},
	{"report_pager", "web_before.cpu.pb.gz", 24, 80, CHARSET_UTF8, false,
	 ": top5 Space runtime Enter"},
	{"prompt_error", "web_before.cpu.pb.gz", 16, 80, CHARSET_UTF8, false, ": focus=( Enter"},
	{"too_small", "web_before.cpu.pb.gz", 7, 39, CHARSET_UTF8, false, "j"},
};

static void draw_picture(const struct picture *picture)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path(picture->file), picture->rows,
					picture->columns, picture->charset);
	char *got;

	explorer_press(app, picture->keys);
	got = explorer_screen(app, picture->styles);
	explorer_golden(picture->name, got);
	free(got);
	explorer_close(&explorer);
}

static void screens_look_as_they_did(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pictures); i++)
		draw_picture(&pictures[i]);
}

/* --- What pictures do not tell ---------------------------------------------- */

/* The five numbers of each row of the report stand on the screen, in the same order. */
static void numbers_equal_those_of_the_top_report(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 700, 139,
					CHARSET_UTF8);
	const struct session *session = &app->session;
	struct report_options untrimmed = session->settings.report;
	struct report_input input = {.view = session->shown.view, .options = &untrimmed};
	char *bytes, *got, *at, *line;
	size_t length;
	struct error error;
	FILE *out = open_memstream(&bytes, &length);

	(void)state;
	untrimmed.trim = false;
	assert_true(report_find("top")->write(&input, report_find("top"), out, &error));
	fclose(out);
	at = got = explorer_screen(app, false);
	explorer_squeeze(got);
	line = strstr(bytes, "cum%\n") + 4;
	explorer_squeeze(line + 1);
	for (uint32_t i = 0; i < session->shown.table->row_count; i++) {
		char *numbers = line + 1, *end = numbers;

		line = strchr(numbers, '\n');
		for (int column = 0; column < 5; column++)
			end = strchr(end + 1, ' ');
		*end = '\0';
		at = strstr(at, numbers);
		if (!at)
			fail_msg("row %u with \"%s\" is not on the screen", i, numbers);
	}
	free(bytes);
	free(got);
	explorer_close(&explorer);
}

static void undo_and_redo_walk_through_filters(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 100,
					CHARSET_UTF8);

	(void)state;
	explorer_press(app, ": focus=deflate Enter : ignore=mallocgc Enter");
	explorer_check(app, "focus=deflate", true);
	explorer_check(app, "ignore=mallocgc", true);
	explorer_press(app, "u");
	explorer_check(app, "ignore=mallocgc", false);
	explorer_check(app, "focus=deflate", true);
	explorer_press(app, "u");
	explorer_check(app, "focus=deflate", false);
	explorer_press(app, "u");
	explorer_check(app, "nothing to undo", true);
	explorer_press(app, "^R ^R");
	explorer_check(app, "ignore=mallocgc", true);
	explorer_press(app, ": : Enter");
	explorer_check(app, "focus=deflate", false);
	explorer_check(app, "ignore=mallocgc", false);
	explorer_close(&explorer);
}

static void cut_last_line(char *text)
{
	size_t length = strlen(text) - 1;

	while (length > 0 && text[length - 1] != '\n')
		length--;
	text[length] = '\0';
}

static void back_brings_pane_selection_and_zoom(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_UTF8);
	char *before, *after;

	(void)state;
	explorer_press(app, "j j i Enter j");
	before = explorer_screen(app, false);
	explorer_press(app, "p j j Enter x");
	explorer_press(app, "Backspace Backspace Backspace");
	after = explorer_screen(app, false);
	/* The status line may differ: it now offers undo. */
	cut_last_line(before);
	cut_last_line(after);
	assert_string_equal(before, after);
	free(before);
	free(after);
	explorer_press(app, "> > >");
	explorer_check(app, "Peek", true);
	explorer_check(app, "ignore=", true);
	explorer_close(&explorer);
}

static void a_filter_keeps_the_selected_function(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_UTF8);

	(void)state;
	explorer_press(app, "j j j j f");
	explorer_check(app, "compress/flate.matchLen  ", true);
	explorer_press(app, "u");
	explorer_check(app, "compress/flate.matchLen  ", true);
	explorer_close(&explorer);
}

static void a_bad_pattern_keeps_what_was_typed(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_UTF8);

	(void)state;
	explorer_press(app, ": hide=a(b Enter");
	explorer_check(app, ":hide=a(b", true);
	explorer_press(app, ") Enter");
	explorer_check(app, "hide=a(b)", true);
	explorer_check(app, ":hide", false);
	explorer_close(&explorer);
}

static void a_search_that_is_given_up_leaves_everything_as_it_was(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_UTF8);
	char *before, *after;

	(void)state;
	explorer_press(app, "j");
	before = explorer_screen(app, true);
	explorer_press(app, "/ tryBack");
	explorer_check(app, "1/1", true);
	explorer_press(app, "Esc");
	after = explorer_screen(app, true);
	assert_string_equal(before, after);
	free(before);
	free(after);
	explorer_close(&explorer);
}

static void a_search_is_owned_once_however_prompts_end(void **state)
{
	static const char *const ways[] = {"/ a Enter : top Enter",
					   "/ a Enter & b Enter & Enter",
					   "/ a Enter / b",
					   "/ a Enter /",
					   "/ a Enter / Enter",
					   "/ a Enter / b Esc",
					   "/ ( Enter",
					   "/ a Enter : focus=("};

	(void)state;
	for (size_t i = 0; i < COUNT(ways); i++) {
		struct explorer explorer;

		explorer_press(explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24,
					     80, CHARSET_UTF8),
			       ways[i]);
		explorer_close(&explorer);
	}
}

static void a_search_reaches_the_smallest_frame(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_UTF8);
	struct session *session = &app->session;

	(void)state;
	explorer_press(app, "i g / . Enter");
	for (int i = 0; i < 300; i++) {
		uint32_t frame = session_frame(session);
		struct icicle_layout layout;

		explorer_press(app, "n");
		assert_int_equal(session_frame(session), frame + 1);
		icicle_layout_init(&layout, &session->shown.tree_index, session->spot.zoom, 80);
		assert_non_null(icicle_layout_find(&layout, frame + 1));
		icicle_layout_clear(&layout);
	}
	explorer_close(&explorer);
}

static void q_always_gets_out(void **state)
{
	static const char *const ways[] = {"",
					   "i",
					   "Enter",
					   "?",
					   "i ? Tab",
					   ": top5 Space x Enter",
					   "p i Enter Enter z",
					   "/ a Enter i"};

	(void)state;
	for (size_t i = 0; i < COUNT(ways); i++) {
		struct explorer explorer;
		struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24,
						80, CHARSET_UTF8);

		explorer_press(app, ways[i]);
		for (int k = 0; k < 5 && !app->quit; k++)
			explorer_press(app, "q");
		assert_true(app->quit);
		explorer_close(&explorer);
	}
}

static void random_keys_do_no_harm(void **state)
{
	static const char keys[] =
		"jjjjkkkkhhllgG \x04\x15\x05\x19"
		"0$+-.oI%LmMfxHSKPuu\x12\x12nN*pTi\tzbn<>/:&?qsct=][cst8ECD8rvOyYBBa''a";
	static const char *const files[] = {"web_before.cpu.pb.gz", "node.wall.pb.gz",
					    "leak_t130s.pb.gz"};
	struct random random = {fixture_seed()};

	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		struct explorer explorer;
		struct app *app =
			explorer_open(&explorer, fixture_path(files[i]), 24, 80, CHARSET_UTF8);
		int row, column;

		for (int k = 0; k < 1500; k++) {
			uint32_t chosen = random_below(&random, sizeof(keys) + 4);

			app_key(app, chosen < sizeof(keys) - 1 ? (uint32_t)keys[chosen]
				     : chosen % 3 == 0         ? NAMED_ENTER
				     : chosen % 3 == 1         ? NAMED_ESCAPE
							       : NAMED_BACKSPACE);
			if (random_below(&random, 40) == 0)
				app_resize(app, 1 + (int)random_below(&random, 60),
					   1 + (int)random_below(&random, 220), CHARSET_UTF8, true);
			if (random_below(&random, 3) == 0)
				app_draw(app, &row, &column);
			app->quit = false;
		}
		explorer_settle(app);
		explorer_close(&explorer);
	}
}

/* w has something to write in each of them. */
static void every_pane_has_a_report_or_a_copy(void **state)
{
	(void)state;
	for (size_t i = 0; pane_kinds[i]; i++)
		if (!pane_kinds[i]->report && !pane_has_copy(pane_kinds[i]))
			fail_msg("%s", pane_kinds[i]->name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_pane_has_a_report_or_a_copy),
		cmocka_unit_test(screens_look_as_they_did),
		cmocka_unit_test(numbers_equal_those_of_the_top_report),
		cmocka_unit_test(undo_and_redo_walk_through_filters),
		cmocka_unit_test(back_brings_pane_selection_and_zoom),
		cmocka_unit_test(a_filter_keeps_the_selected_function),
		cmocka_unit_test(a_bad_pattern_keeps_what_was_typed),
		cmocka_unit_test(a_search_that_is_given_up_leaves_everything_as_it_was),
		cmocka_unit_test(a_search_is_owned_once_however_prompts_end),
		cmocka_unit_test(a_search_reaches_the_smallest_frame),
		cmocka_unit_test(q_always_gets_out),
		cmocka_unit_test(random_keys_do_no_harm),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
