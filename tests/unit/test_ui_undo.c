/* SPDX-License-Identifier: MIT */
/* Undo and redo of all that changes the screen: options, rows, displays and filters in one order. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

#include "explorer.h"

static struct explorer explorer;

static struct app *open_screen(void)
{
	return explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80, CHARSET_UTF8);
}

/* Without the status line, which offers undo or says what was done. */
static char *screen_of(struct app *app)
{
	char *screen = explorer_screen(app, false), *end = screen + strlen(screen) - 1;

	while (end > screen && end[-1] != '\n')
		end--;
	*end = '\0';
	return screen;
}

static void each_change_is_undone_and_done_again(void **state)
{
	static const struct {
		const char *pane, *keys, *done, *undone; /* on the screen then; NULL: nothing new */
	} changes[] = {
		{"s", ": unit=ns Enter", "unit=ns", "unit=minimum"},
		{"t", ": unit=ms Enter", NULL, "unit=minimum"},
		{"i", ": divide_by=1000 Enter", "divide_by=1000", "divide_by=1"},
		{"T", ": divide_by=1000.0001 Enter", NULL, "divide_by=1"},
		{"T", ": nodecount=3 Enter", "3 of 590", "nodecount=-1, all rows of Top"},
		{"T", ": top5 Enter", ":top shows all, u undoes it", "all rows of Top"},
		{"T", ": cum Enter", "↓cum", "sort=flat"},
		{"T", ": focus=deflate Enter", "focus=deflate", NULL},
		{"T", ": hide=sync Enter", "hide=sync", NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(changes); i++) {
		struct app *app = open_screen();
		char *before, *after, *got;

		explorer_press(app, changes[i].pane);
		before = screen_of(app);
		explorer_press(app, changes[i].keys);
		if (changes[i].done)
			explorer_check(app, changes[i].done, true);
		after = screen_of(app);
		assert_string_not_equal(before, after);
		explorer_press(app, "u");
		if (changes[i].undone)
			explorer_check(app, changes[i].undone, true);
		got = screen_of(app);
		assert_string_equal(got, before);
		free(got);
		explorer_press(app, "u");
		explorer_check(app, "nothing to undo", true);
		explorer_press(app, "^R");
		got = screen_of(app);
		assert_string_equal(got, after);
		free(got);
		explorer_press(app, "^R");
		explorer_check(app, "nothing to redo", true);
		free(before);
		free(after);
		explorer_close(&explorer);
	}
}

static void all_changes_are_undone_in_one_order(void **state)
{
	struct app *app = open_screen();

	(void)state;
	explorer_press(app,
		       ": focus=deflate Enter U U : unit=ms Enter : top5 Enter : hide=sync Enter");
	explorer_press(app, ": divide_by=10 Enter");
	explorer_check(app, "divide_by=10 focus=deflate", true);
	explorer_press(app, "u");
	explorer_check(app, "divide_by=10", false);
	explorer_check(app, "hide=sync", true);
	explorer_press(app, "u");
	explorer_check(app, "hide=sync", false);
	explorer_check(app, " 5 of ", true);
	explorer_press(app, "u");
	explorer_check(app, " 5 of ", false);
	assert_string_equal(app->session.settings.report.unit, "ms");
	explorer_press(app, "u");
	explorer_check(app, "unit=ns", true);
	explorer_press(app, "u u");
	assert_string_equal(app->session.settings.report.unit, "minimum");
	explorer_check(app, "focus=deflate", true);
	/* What was undone is forgotten once something else is done. */
	explorer_press(app, ": unit=s Enter ^R");
	explorer_check(app, "nothing to redo", true);
	explorer_press(app, "u u");
	explorer_check(app, "focus=deflate", false);
	explorer_close(&explorer);
}

static void what_changes_nothing_is_no_step(void **state)
{
	struct app *app = open_screen();

	(void)state;
	explorer_press(app, ": unit=minimum Enter : top Enter : divide_by=1 Enter : cpu Enter u");
	explorer_check(app, "nothing to undo", true);
	explorer_close(&explorer);
}

static void reading_again_takes_no_undo_away(void **state)
{
	struct app *app = open_screen();

	(void)state;
	explorer_press(app, ": unit=ms Enter : top5 Enter m R");
	explorer_check(app, " 5 of 590", true);
	explorer_press(app, "u u");
	explorer_check(app, "590 of 590", true);
	explorer_check(app, "4970ms", true);
	explorer_press(app, "R u");
	explorer_check(app, "4.97s", true);
	explorer_close(&explorer);
}

static void displays_of_a_difference_are_undone(void **state)
{
	static const char *const words[] = {"-diff_base=web_before.cpu.pb.gz",
					    "web_after.cpu.pb.gz", NULL};
	struct app *app = explorer_open_words(&explorer, words, 24, 80, CHARSET_UTF8);

	(void)state;
	explorer_press(app, "d d : focus=deflate Enter");
	explorer_check(app, "new: web_after", true);
	explorer_press(app, "u u");
	explorer_check(app, "base: web_before", true);
	explorer_check(app, "focus=deflate", false);
	explorer_press(app, "u");
	explorer_check(app, "delta: web_after.cpu - web_before.cpu", true);
	explorer_press(app, "u");
	explorer_check(app, "nothing to undo", true);
	explorer_press(app, "^R ^R");
	explorer_check(app, "new: web_after", true);
	explorer_press(app, "^R");
	explorer_check(app, "focus=deflate", true);
	explorer_close(&explorer);
}

static void undo_brings_no_other_files(void **state)
{
	static const char *const words[] = {"-diff_base=web_before.cpu.pb.gz",
					    "web_after.cpu.pb.gz", NULL};
	struct app *app = explorer_open_words(&explorer, words, 24, 100, CHARSET_UTF8);

	(void)state;
	explorer_press(app, "d : unit=ms Enter W g j Enter");
	explorer_check(app, "web_before.cpu (2 of 2)", true);
	explorer_press(app, "u");
	explorer_check(app, "unit=minimum", true);
	explorer_check(app, "web_before.cpu (2 of 2)", true);
	explorer_press(app, "u u");
	explorer_check(app, "web_before.cpu (2 of 2)", true);
	explorer_close(&explorer);
}

/* The view goes back, options that were changed while it was built stay and can be undone. */
static void giving_up_a_view_keeps_the_options(void **state)
{
	struct app *app = open_screen();
	struct session *session = &app->session;
	struct settings settings;
	struct view_spec spec;

	(void)state;
	explorer_press(app, ": focus=deflate Enter");
	view_spec_copy(&spec, &session->settings.view);
	view_spec_set_filter(&spec, FILTER_HIDE, "sync");
	session_set_spec(session, &spec, true, NULL);
	view_spec_clear(&spec);
	settings_copy(&settings, &session->settings);
	free(settings.report.unit);
	settings.report.unit = strdup("ms");
	session_use_settings(session, &settings);
	session_note(session);
	assert_true(session->changing);
	assert_true(session_cancel(session));
	explorer_settle(app);
	explorer_check(app, "hide=sync", false);
	assert_string_equal(session->settings.report.unit, "ms");
	explorer_press(app, "u");
	assert_string_equal(session->settings.report.unit, "minimum");
	explorer_check(app, "focus=deflate", true);
	explorer_press(app, "u");
	explorer_check(app, "focus=deflate", false);
	explorer_press(app, "u");
	explorer_check(app, "nothing to undo", true);
	explorer_close(&explorer);
}

static void a_search_says_that_not_all_rows_are_shown(void **state)
{
	struct app *app = open_screen();

	(void)state;
	explorer_press(app, ": top5 Enter / bitState Enter n");
	explorer_check(app, "nothing matches in the first 5 rows; :top shows all", true);
	explorer_press(app, ": top Enter n");
	explorer_check(app, "nothing matches", false);
	explorer_press(app, "/ nowhere Enter n");
	explorer_check(app, "nothing matches here", true);
	explorer_close(&explorer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_change_is_undone_and_done_again),
		cmocka_unit_test(all_changes_are_undone_in_one_order),
		cmocka_unit_test(what_changes_nothing_is_no_step),
		cmocka_unit_test(reading_again_takes_no_undo_away),
		cmocka_unit_test(displays_of_a_difference_are_undone),
		cmocka_unit_test(undo_brings_no_other_files),
		cmocka_unit_test(giving_up_a_view_keeps_the_options),
		cmocka_unit_test(a_search_says_that_not_all_rows_are_shown),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
