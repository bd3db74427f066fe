/* SPDX-License-Identifier: MIT */
/* Which rows, in which order, with which columns: in all panes that are tables. */
#include <locale.h>

#include "base/array.h"

#include "explorer.h"

static const struct explorer_picture pictures[] = {
	{.name = "top_columns",
	 .keys = ": columns=cum%,bar:20,flat:12,class Enter",
	 .rows = 16,
	 .columns = 80},
	{.name = "top_columns_narrow",
	 .keys = ": set Space columns=flat,cum,bar:30,cum% Enter",
	 .rows = 16,
	 .columns = 60},
	{.name = "peek_by_name",
	 .keys = ": peek Space mallocgc$ Enter o",
	 .rows = 24,
	 .columns = 80},
	{.name = "labels_by_name", .keys = "t o I", .rows = 24, .columns = 80},
	{.name = "report_kept",
	 .keys = ": top20 Space runtime Enter & runtime Enter",
	 .rows = 16,
	 .columns = 80},
};

static void screens_look_as_they_did(void **state)
{
	(void)state;
	explorer_check_pictures(pictures, COUNT(pictures), NULL);
}

static void columns_that_are_none_are_named(void **state)
{
	static const struct {
		const char *keys, *message;
	} lines[] = {
		{": columns=flat,name Enter", "no column \"name\""},
		{": columns=flat:0 Enter", "a width is 1 to 200 cells: \"flat:0\""},
		{": columns=bar:1x Enter", "\"bar:1x\""},
		{": columns=flat,flat Enter", "flat stands there twice"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct explorer explorer;
		struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24,
						80, CHARSET_UTF8);
		char *before = explorer_screen(app, false), *after;

		explorer_press(app, lines[i].keys);
		explorer_check(app, lines[i].message, true);
		explorer_press(app, "^C : columns= Enter");
		after = explorer_screen(app, false);
		assert_string_equal(before, after);
		free(before);
		free(after);
		explorer_close(&explorer);
	}
}

/* Of two texts on the screen the first stands above the second. */
static void check_above(struct app *app, const char *first, const char *second)
{
	char *screen = explorer_screen(app, false);
	const char *a = strstr(screen, first), *b = strstr(screen, second);

	if (!a || !b || a > b)
		fail_msg("\"%s\" is not above \"%s\":\n%s", first, second, screen);
	free(screen);
}

static void callees_are_sorted_and_kept(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 40, 100,
					CHARSET_UTF8);

	(void)state;
	explorer_press(app, ": peek Space deflate$ Enter / deflate$ Enter p");
	check_above(app, ".findMatch", "flate.hash4");
	check_above(app, "flate.hash4", "runtime.asyncPreempt");
	explorer_press(app, "o");
	check_above(app, ".findMatch", ".writeBlock");
	check_above(app, ".writeBlock", "flate.hash4");
	explorer_press(app, "I");
	check_above(app, "runtime.asyncPreempt", "flate.hash4");
	check_above(app, "flate.hash4", ".findMatch");
	explorer_press(app, "& hash Enter");
	explorer_check(app, "flate.hash4", true);
	explorer_check(app, "runtime.asyncPreempt", false);
	/* The callers are rows, too. */
	explorer_check(app, "no row matches; & and Enter shows all", true);
	explorer_press(app, "& Enter");
	explorer_check(app, "runtime.asyncPreempt", true);
	explorer_check(app, "no row matches", false);
	explorer_close(&explorer);
}

/* Enter, a filter and the lines below are about the row that is seen, not about the one it was. */
static void what_is_kept_opens_its_own_row(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 40, 100,
					CHARSET_UTF8);
	const struct session *session = &app->session;

	(void)state;
	explorer_press(app, "o I & ^encoding/json Enter g j j");
	for (int i = 0; i < 8; i++) {
		node_id node = session->spot.node;
		const char *name = session->shown.view->node_names[node];

		assert_int_equal(strncmp(name, "encoding/json", 13), 0);
		explorer_check(app, name, true);
		explorer_press(app, "Enter");
		assert_int_equal(session->spot.centre, node);
		explorer_check(app, name, true);
		explorer_press(app, "Backspace");
		assert_int_equal(session->spot.node, node);
		explorer_press(app, "j");
		assert_int_not_equal(session->spot.node, node);
	}
	explorer_close(&explorer);
}

static void labels_are_sorted_and_kept(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 40, 100,
					CHARSET_UTF8);

	(void)state;
	explorer_press(app, "t");
	check_above(app, "/pack", "/geo");
	explorer_press(app, "I");
	check_above(app, "/geo", "/pack");
	explorer_press(app, "o");
	check_above(app, "/geo", "/pack");
	check_above(app, "/pack", "/render");
	explorer_press(app, "& ^/r Enter");
	explorer_check(app, "/render", true);
	explorer_check(app, "/pack", false);
	explorer_check(app, "tenant", false);
	explorer_press(app, "& tenant Enter");
	explorer_check(app, "umbrella", true);
	explorer_check(app, "/render", false);
	explorer_press(app, "& nothing_like_it Enter");
	explorer_check(app, "no row matches", true);
	explorer_close(&explorer);
}

static void calls_are_kept_with_what_leads_to_them(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 50, 100,
					CHARSET_UTF8);

	(void)state;
	explorer_press(app, "8 g & matchLen$ Enter");
	explorer_check(app, "only rows that match matchLen$", true);
	explorer_check(app, "root", true);
	explorer_check(app, "compress/flate.matchLen", true);
	check_above(app, ".findMatch", "compress/flate.matchLen");
	/* Its siblings, and what it calls, are not there; nor does the hottest path leave what is. */
	explorer_check(app, "asyncPreempt", false);
	explorer_press(app, ".");
	explorer_check(app, "compress/flate.matchLen  compress/flate/deflate.go", true);
	/* A search has only what is kept. */
	explorer_press(app, "/ mallocgc Enter");
	explorer_check(app, "runtime.mallocgc  runtime", false);
	explorer_press(app, "Esc & nothing_like_it Enter");
	explorer_check(app, "no row matches", true);
	explorer_press(app, "j k . E C Enter n & Enter");
	explorer_check(app, "net/http.(*conn).serve", true);
	explorer_close(&explorer);
}

static void lines_of_source_are_kept_with_their_sums(void **state)
{
	static const char *const words[] = {"-source_path=source/corpus/leak", "leak_t130s.pb.gz",
					    NULL};
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, words, 24, 80, CHARSET_UTF8);

	(void)state;
	explorer_press(app, "/ descend Enter Esc s & 8[0-3] Enter");
	explorer_check(app, "line 81 of the source", true);
	explorer_check(app, "line 83 of the source", true);
	explorer_check(app, "line 84 of the source", false);
	explorer_check(app, "main.descend in", true);
	explorer_check(app, "(flat, cum)", true);
	explorer_press(app, "G");
	explorer_check(app, "main.go:83", true);
	explorer_press(app, "]");
	explorer_check(app, "main.go:81", true);
	explorer_press(app, "& Enter");
	explorer_check(app, "line 84 of the source", true);
	explorer_check(app, "main.go:81", true);
	explorer_close(&explorer);
}

static void files_are_sorted(void **state)
{
	static const char *const words[] = {"web_before.cpu.pb.gz", "web_after.cpu.pb.gz",
					    "test_encoding_json.cpu.pb.gz", NULL};
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, words, 24, 80, CHARSET_UTF8);

	(void)state;
	explorer_press(app, "W");
	check_above(app, "   web_before.cpu", "   web_after.cpu");
	check_above(app, "   web_after.cpu", "   test_encoding_json.cpu");
	explorer_press(app, "j o");
	explorer_check(app, "files by total", true);
	check_above(app, "   all files merged", "   test_encoding_json.cpu");
	check_above(app, "   test_encoding_json.cpu", "   web_before.cpu");
	check_above(app, "   web_before.cpu", "   web_after.cpu");
	explorer_press(app, "o");
	check_above(app, "   web_after.cpu", "   web_before.cpu");
	explorer_press(app, "I");
	check_above(app, "   web_before.cpu", "   web_after.cpu");
	/* The selection has stayed at its file all the time. */
	explorer_press(app, "Enter");
	assert_int_equal(app->session.asked.alone, 0);
	explorer_close(&explorer);
}

static void files_are_kept_by_name(void **state)
{
	static const char *const words[] = {"web_before.cpu.pb.gz", "web_after.cpu.pb.gz",
					    "test_encoding_json.cpu.pb.gz", NULL};
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, words, 24, 80, CHARSET_UTF8);

	(void)state;
	explorer_press(app, "W & web_ Enter");
	explorer_check(app, "web_after.cpu", true);
	explorer_check(app, "test_encoding_json", false);
	explorer_check(app, "all files merged", false);
	/* That something is missing stays on the screen. */
	explorer_press(app, "j");
	explorer_check(app, "& not-all-rows", true);
	explorer_press(app, "Enter");
	explorer_check(app, "& not-all-rows", false);
	assert_int_equal(app->session.asked.alone, 1);
	explorer_press(app, "W & nothing_like_it Enter Enter = j");
	explorer_check(app, "no row matches", true);
	explorer_press(app, "& Enter");
	explorer_check(app, "all files merged", true);
	explorer_check(app, "& not-all-rows", false);
	explorer_close(&explorer);
}

/* The longest one is not that of the largest value. */
static void values_of_several_units_stand_apart(void **state)
{
	static const char *const words[] = {"-unit=auto", "-sample_index=alloc_space",
					    "web_before.heap.pb.gz", NULL};
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, words, 60, 80, CHARSET_UTF8);

	(void)state;
	explorer_check(app, "78.81% 1005.15MB  17.80%", true);
	explorer_close(&explorer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens_look_as_they_did),
		cmocka_unit_test(columns_that_are_none_are_named),
		cmocka_unit_test(callees_are_sorted_and_kept),
		cmocka_unit_test(what_is_kept_opens_its_own_row),
		cmocka_unit_test(labels_are_sorted_and_kept),
		cmocka_unit_test(calls_are_kept_with_what_leads_to_them),
		cmocka_unit_test(lines_of_source_are_kept_with_their_sums),
		cmocka_unit_test(files_are_sorted),
		cmocka_unit_test(files_are_kept_by_name),
		cmocka_unit_test(values_of_several_units_stand_apart),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
