/* SPDX-License-Identifier: MIT */
/* Differences in every pane: the numbers of the reports, with their signs. */
#include <locale.h>
#include <stdio.h>

#include "explorer.h"
#include "base/array.h"
#include "cli/load.h"
#include "ui/session/file_selection.h"
#include "view/function_table.h"

static const char *const diff[] = {"-diff_base=web_before.cpu.pb.gz", "web_after.cpu.pb.gz", NULL};

static const struct explorer_picture pictures[] = {
	{.name = "diff_top_80x24", .keys = "j j", .rows = 24, .columns = 80, .styles = true},
	{.name = "diff_top_120x40", .keys = "G", .rows = 40, .columns = 120},
	{.name = "diff_peek_80x24", .keys = "j p", .rows = 24, .columns = 80, .styles = true},
	{.name = "diff_peek_120x40", .keys = "j p j", .rows = 40, .columns = 120},
	{.name = "diff_top_200x60", .keys = "z j", .rows = 60, .columns = 200},
	{.name = "diff_icicle_80x24", .keys = "i", .rows = 24, .columns = 80, .styles = true},
	{.name = "diff_icicle_ascii", .keys = "i", .rows = 24, .columns = 80, .ascii = true},
	{.name = "diff_icicle_120x40", .keys = "i .", .rows = 40, .columns = 120},
	{.name = "diff_sandwich_80x24", .keys = "j c", .rows = 24, .columns = 80},
	{.name = "diff_tree_80x24", .keys = "8 j j .", .rows = 24, .columns = 80},
	{.name = "diff_labels_80x24", .keys = "t", .rows = 24, .columns = 80},
	{.name = "diff_base_80x24", .keys = "d j", .rows = 24, .columns = 80},
	{.name = "diff_normalised_80x24", .keys = "d d d j", .rows = 24, .columns = 80},
};

static void screens_look_as_they_did(void **state)
{
	(void)state;
	explorer_check_pictures(pictures, COUNT(pictures), diff);
}

/* The table of the explorer and that of a command line that asks for just this. */
static void check_table(const struct app *app, const char *const *words)
{
	struct explorer other;
	struct app *fresh = explorer_open_words(&other, words, 24, 80, CHARSET_UTF8);
	const struct derived *got = &app->session.shown, *want = &fresh->session.shown;

	assert_int_equal(got->view->total, want->view->total);
	assert_int_equal(got->table->row_count, want->table->row_count);
	for (uint32_t i = 0; i < want->table->row_count; i++) {
		const struct function_row *a = &got->table->rows[i], *b = &want->table->rows[i];

		assert_string_equal(got->view->node_names[a->node],
				    want->view->node_names[b->node]);
		assert_int_equal(function_row_flat(a), function_row_flat(b));
		assert_int_equal(function_row_cum(a), function_row_cum(b));
	}
	explorer_close(&other);
}

static void each_display_is_what_the_command_line_reads(void **state)
{
	static const char *const reads[DISPLAY_COUNT][4] = {
		{"-diff_base=web_before.cpu.pb.gz", "web_after.cpu.pb.gz"},
		{"web_before.cpu.pb.gz"},
		{"web_after.cpu.pb.gz"},
		{"-normalize", "-diff_base=web_before.cpu.pb.gz", "web_after.cpu.pb.gz"},
	};
	static const char *const titles[DISPLAY_COUNT] = {
		"delta: web_after.cpu - web_before.cpu", "base: web_before.cpu  cpu",
		"new: web_after.cpu  cpu", "normalised: web_after.cpu - web_before.cpu"};
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, diff, 24, 120, CHARSET_UTF8);

	(void)state;
	for (int turn = 0; turn <= DISPLAY_COUNT; turn++) {
		explorer_check(app, titles[turn % DISPLAY_COUNT], true);
		check_table(app, reads[turn % DISPLAY_COUNT]);
		explorer_press(app, "d");
	}
	explorer_close(&explorer);
}

/* What is still on the screen while another side is read has the unit that it had. */
static void a_unit_outlives_what_is_read_meanwhile(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, diff, 24, 120, CHARSET_UTF8);
	int row, column;

	(void)state;
	explorer_press(app, ": unit=ms Enter");
	explorer_check(app, "-4970ms", true);
	app_key(app, 'd');
	while (app->session.task) {
		app_draw(app, &row, &column);
		app_wake(app);
	}
	app_draw(app, &row, &column);
	explorer_check(app, "4970ms", true);
	explorer_close(&explorer);
}

static void base_is_subtracted_as_the_command_line_says(void **state)
{
	static const char *const plain[] = {"-base=web_before.cpu.pb.gz", "web_after.cpu.pb.gz",
					    NULL};
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, plain, 24, 120, CHARSET_UTF8);

	(void)state;
	check_table(app, plain);
	/* Of the sum of all changes, not of the base. */
	explorer_check(app, "of 29.30s", true);
	explorer_press(app, "d d d d");
	check_table(app, plain);
	explorer_close(&explorer);
}

static void signs_are_on_both_sides_and_only_in_differences(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, diff, 24, 120, CHARSET_ASCII);

	(void)state;
	explorer_check(app, "-4.97s -26.89%", true);
	explorer_check(app, "+0.65s  +3.52%", true);
	explorer_press(app, "s");
	explorer_check(app, "-1.85s     -1.90s -10.28%", true);
	explorer_press(app, "T d");
	explorer_check(app, "-4.97s", false);
	explorer_check(app, "+", false);
	explorer_check(app, "4.97s 26.89%", true);
	explorer_close(&explorer);
}

static void filters_and_selection_stay(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, diff, 24, 120, CHARSET_UTF8);
	char *name;

	(void)state;
	explorer_press(app, ": focus=flate Enter j j j");
	name = strdup(app->session.shown.view->node_names[app->session.spot.node]);
	explorer_press(app, "d");
	explorer_check(app, "focus=flate", true);
	explorer_press(app, "d d");
	explorer_check(app, "focus=flate", true);
	assert_string_equal(app->session.shown.view->node_names[app->session.spot.node], name);
	free(name);
	explorer_close(&explorer);
}

static void without_a_base_nothing_is_compared(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_UTF8);

	(void)state;
	explorer_press(app, "d");
	explorer_check(app, "nothing to compare with", true);
	explorer_close(&explorer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens_look_as_they_did),
		cmocka_unit_test(each_display_is_what_the_command_line_reads),
		cmocka_unit_test(a_unit_outlives_what_is_read_meanwhile),
		cmocka_unit_test(base_is_subtracted_as_the_command_line_says),
		cmocka_unit_test(signs_are_on_both_sides_and_only_in_differences),
		cmocka_unit_test(filters_and_selection_stay),
		cmocka_unit_test(without_a_base_nothing_is_compared),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
