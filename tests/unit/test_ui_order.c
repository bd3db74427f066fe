/* Which rows, in which order, with which columns: in all panes that are tables. */
#include <locale.h>

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
	explorer_check_pictures(pictures, sizeof(pictures) / sizeof(pictures[0]), NULL);
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
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
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
	explorer_check(app, "no label matches", true);
	explorer_close(&explorer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens_look_as_they_did),
		cmocka_unit_test(columns_that_are_none_are_named),
		cmocka_unit_test(callees_are_sorted_and_kept),
		cmocka_unit_test(labels_are_sorted_and_kept),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
