/* SPDX-License-Identifier: MIT */
/* Several files: merged, alone, compared; the numbers are those of a command line with just these. */
#include <locale.h>

#include "explorer.h"
#include "base/array.h"
#include "ui/session/file_selection.h"
#include "ui/pane/list.h"
#include "view/function_table.h"

static const char *const three[] = {"web_before.cpu.pb.gz", "web_after.cpu.pb.gz",
				    "compile_net_http.cpu.pb.gz", NULL};

/* They end at the top, as the whole name of a file has the directory of the tests. */
static const struct explorer_picture pictures[] = {
	{.name = "files_80x24", .keys = "W j = g", .rows = 24, .columns = 80},
	{.name = "files_200x60", .keys = "W j j = g", .rows = 60, .columns = 200},
	{.name = "files_120x40", .keys = "W j = j Enter W g", .rows = 40, .columns = 120},
};

static void screens_look_as_they_did(void **state)
{
	(void)state;
	explorer_check_pictures(pictures, COUNT(pictures), three);
}

static void check_table(const struct app *app, const char *const *words)
{
	struct explorer other;
	struct app *fresh = explorer_open_words(&other, words, 24, 80, CHARSET_UTF8);
	const struct derived *got = &app->session.shown, *want = &fresh->session.shown;

	assert_int_equal(got->view->total, want->view->total);
	assert_int_equal(got->table->row_count, want->table->row_count);
	for (uint32_t i = 0; i < want->table->row_count; i++) {
		assert_string_equal(got->view->node_names[got->table->rows[i].node],
				    want->view->node_names[want->table->rows[i].node]);
		assert_int_equal(got->table->rows[i].flat, want->table->rows[i].flat);
		assert_int_equal(got->table->rows[i].cum, want->table->rows[i].cum);
	}
	explorer_close(&other);
}

static void each_choice_is_what_a_command_line_reads(void **state)
{
	static const struct {
		const char *keys, *title;
		const char *words[4];
	} choices[] = {
		{"W g j Enter", "web_before.cpu (1 of 3)", {three[0]}},
		{"W G Enter", "compile_net_http.cpu (3 of 3)", {three[2]}},
		{"W g j = j Enter",
		 "delta: web_after.cpu - web_before.cpu",
		 {"-diff_base=web_before.cpu.pb.gz", three[1]}},
		{"d", "base: web_before.cpu", {three[0]}},
		{"d", "new: web_after.cpu", {three[1]}},
		{"d",
		 "normalised: web_after.cpu - web_before.cpu",
		 {"-normalize", "-diff_base=web_before.cpu.pb.gz", three[1]}},
		/* The base by itself, and all of them, which the base is a part of. */
		{"W g j Enter", "web_before.cpu (1 of 3)", {three[0]}},
		{"W g Enter", "web_before.cpu +2", {three[0], three[1], three[2]}},
		{"W g j = j Enter", "web_after.cpu (2 of 3)", {three[1]}},
	};
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, three, 24, 120, CHARSET_UTF8);

	(void)state;
	explorer_press(app, ": sample_index=cpu Enter");
	for (size_t i = 0; i < COUNT(choices); i++) {
		explorer_press(app, choices[i].keys);
		explorer_check(app, choices[i].title, true);
		check_table(app, choices[i].words);
	}
	explorer_close(&explorer);
}

static void filters_and_selection_stay(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, three, 24, 120, CHARSET_UTF8);

	(void)state;
	explorer_press(app, ": focus=mallocgc$ Enter / mallocgc$ Enter W G Enter");
	explorer_check(app, "focus=mallocgc", true);
	assert_string_equal(app->session.shown.view->node_names[app->session.spot.node],
			    "runtime.mallocgc");
	explorer_close(&explorer);
}

static void a_base_of_the_command_line_is_in_the_list(void **state)
{
	static const char *const words[] = {"-base=web_before.cpu.pb.gz", "web_after.cpu.pb.gz",
					    NULL};
	static const char *const before[] = {"web_before.cpu.pb.gz", NULL};
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, words, 24, 120, CHARSET_UTF8);

	(void)state;
	explorer_press(app, "W G");
	explorer_check(app, "base      web_before.cpu", true);
	explorer_check(app, "shown     web_after.cpu", true);
	explorer_press(app, "Enter");
	check_table(app, before);
	explorer_press(app, "W g Enter");
	check_table(app, words);
	explorer_close(&explorer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens_look_as_they_did),
		cmocka_unit_test(each_choice_is_what_a_command_line_reads),
		cmocka_unit_test(filters_and_selection_stay),
		cmocka_unit_test(a_base_of_the_command_line_is_in_the_list),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
