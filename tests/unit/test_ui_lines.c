/* SPDX-License-Identifier: MIT */
/* Lines of the prompt as users of pprof's shell type them, and keys that say why they do nothing. */
#include <locale.h>

#include "explorer.h"
#include "base/array.h"
#include "ui/app/complete.h"
#include "ui/pane/list.h"
#include "ui/widget/text_pane.h"

static struct explorer explorer;

static struct app *open_screen(int rows, int columns)
{
	return explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), rows, columns,
			     CHARSET_UTF8);
}

static void files_are_a_granularity_as_in_the_shell(void **state)
{
	struct app *app = open_screen(24, 80);
	const struct view_spec *spec = &app->session.settings.view;

	(void)state;
	explorer_press(app, ": files Enter");
	assert_int_equal(spec->granularity, GRANULARITY_FILES);
	explorer_check(app, "compress/flate/deflate.go", true);
	explorer_press(app, ": granularity=lines Enter");
	assert_int_equal(spec->granularity, GRANULARITY_LINES);
	explorer_press(app, ": granularity=files Enter");
	assert_int_equal(spec->granularity, GRANULARITY_FILES);
	explorer_press(app, ": functions Enter : profiles Enter");
	assert_int_equal(spec->granularity, GRANULARITY_FUNCTIONS);
	assert_ptr_equal(app_focus(app), &pane_files);
	explorer_close(&explorer);
}

static void another_granularity_keeps_the_place(void **state)
{
	struct app *app = open_screen(24, 80);

	(void)state;
	/* From a function to its file, then to the heaviest line there. */
	explorer_press(app, "/ matchLen Enter Esc L");
	explorer_check(app, "rows are files", true);
	explorer_check(app, "compress/flate/deflate.go\nflat 6.82s", true);
	explorer_press(app, "L");
	explorer_check(app, "(*compressor).findMatch compress/flate/deflate.go:274\n", true);
	explorer_press(app, "L L");
	explorer_check(app, "compress/flate.(*compressor).findMatch  compress/flate", true);
	/* To the heaviest line of a function, and back. */
	explorer_press(app, "/ findMatch Enter Esc : lines Enter");
	explorer_check(app,
		       "compress/flate.(*compressor).findMatch compress/flate/deflate.go:274\n",
		       true);
	explorer_check(app, "(*compressor).findMatch deflate.go:256", true);
	explorer_press(app, ": functions Enter");
	explorer_check(app, "compress/flate.(*compressor).findMatch  compress/flate", true);
	explorer_close(&explorer);
}

static void units_change_in_every_pane(void **state)
{
	static const struct {
		const char *pane, *numbers;
	} rows[] = {
		{"T", "4970000000ns"}, {"p", "5930000000ns"}, {"i", "18480000000ns"},
		{"c", "5930000000ns"}, {"s", "1750000000ns"}, {"t", "14350000000ns"},
		{"8", "5930000000ns"}, {"A", "4970000000ns"},
	};
	struct app *app = open_screen(24, 80);

	(void)state;
	explorer_press(app, "U U");
	assert_string_equal(app->session.settings.report.unit, "ns");
	for (size_t i = 0; i < COUNT(rows); i++) {
		explorer_press(app, rows[i].pane);
		explorer_check(app, rows[i].numbers, true);
	}
	explorer_press(app, ": unit=ms Enter T");
	explorer_check(app, "4970ms", true);
	explorer_press(app, "U");
	explorer_check(app, "unit=s", true);
	explorer_press(app, "U");
	explorer_check(app, "unit=minimum", true);
	explorer_press(app, ": samples Enter U");
	explorer_check(app, "samples has only one unit", true);
	explorer_close(&explorer);
}

static void long_numbers_have_columns_of_their_own(void **state)
{
	struct app *app = open_screen(24, 80);

	(void)state;
	explorer_press(app, ": unit=ns Enter s");
	explorer_check(app, " 1750000000ns     1800000000ns   9.74%", true);
	explorer_press(app, "t j = j");
	explorer_check(app, " 1260000000ns   6.82%    -1330000000ns", true);
	explorer_close(&explorer);
}

static void a_key_of_another_pane_says_so(void **state)
{
	struct app *app = open_screen(24, 80);

	(void)state;
	explorer_press(app, "E");
	explorer_check(app, "E is a key of Tree: open the whole tree", true);
	explorer_press(app, "]");
	explorer_check(app, "] is a key of Source: next hot line", true);
	explorer_press(app, "Z");
	explorer_check(app, "Z does nothing; ? lists the keys", true);
	explorer_close(&explorer);
}

static void reports_that_have_a_pane_open_it(void **state)
{
	struct app *app = open_screen(24, 80);

	(void)state;
	explorer_press(app, ": list Space findMatch$ Enter");
	assert_ptr_equal(app_focus(app), &pane_source);
	explorer_check(app, "compress/flate.(*compressor).findMatch", true);
	explorer_press(app, ": tags Enter");
	assert_ptr_equal(app_focus(app), &pane_labels);
	/* Listings of several functions are a text, and so is what words of the line filter. */
	explorer_press(app, ": list Space flate Enter");
	assert_ptr_equal(app_focus(app), &pane_report);
	explorer_press(app, "q : tags Space tenant=acme Enter");
	assert_ptr_equal(app_focus(app), &pane_report);
	explorer_close(&explorer);
}

static void a_report_in_front_follows_the_filters(void **state)
{
	struct app *app = open_screen(24, 80);

	(void)state;
	explorer_press(app, ": tree Enter");
	explorer_check(app, "Showing nodes accounting for 15.97s", true);
	explorer_press(app, ": focus=json Enter");
	explorer_check(app, "focus=json", true);
	explorer_check(app, "Showing nodes accounting for 15.97s", false);
	explorer_press(app, "u");
	explorer_check(app, "Showing nodes accounting for 15.97s", true);
	explorer_press(app, ": unit=ms Enter");
	explorer_check(app, "Showing nodes accounting for 15970ms", true);
	explorer_press(app,
		       "q : set Enter / nodecount Enter : nodecount=7 Enter / nodecount Enter");
	explorer_check(app, "nodecount            = 7 ", true);
	explorer_close(&explorer);
}

/* What Tab offers behind the cursor at the end of the line. */
static void check_offers(struct app *app, const char *line, const char *want)
{
	struct completions offers = {0};
	struct text all = {0};

	complete_command(&app->session, line, strlen(line), &offers);
	for (size_t i = 0; i < offers.count && i < 12; i++)
		text_printf(&all, "%s%s", i ? " " : "", offers.items[i]);
	assert_string_equal(text_string(&all), want);
	completions_clear(&offers);
	text_clear(&all);
}

static void a_long_line_of_a_report_is_seen_whole_where_it_is_selected(void **state)
{
	struct app *app = open_screen(24, 80);

	(void)state;
	explorer_press(app, ": compare Space tenant=acme,globex Enter / findMatch Enter");
	explorer_check(app, "compress/flate.(*compressor).findMatch", false);
	explorer_check(app, "0.000050  compress/flate.(\n*compressor).findMatch\n", true);
	explorer_press(app, "q");
	explorer_check(app, "flat 4.97s 26.89%", true);
	explorer_close(&explorer);
}

static void values_of_all_kinds_are_completed(void **state)
{
	struct app *app = open_screen(24, 80);

	(void)state;
	check_offers(app, "granu", "granularity= granularity");
	check_offers(app, "granularity=", "functions filefunctions files lines addresses");
	check_offers(app, "sort=", "flat cum");
	check_offers(app, "unit=", "minimum auto ns us ms s hrs");
	check_offers(app, "tagfocus=tenant=g", "tenant=globex");
	check_offers(app, "tagfocus=reg", "region region=eu-west region=us-east");
	check_offers(app, "taghide=t", "tenant");
	check_offers(app, "compare tenant=g", "tenant=globex");
	check_offers(app, "compare tenant=acme,globex -c", "cum");
	check_offers(app, "top10 -cu",
		     "cum regexp\\.\\(\\*Regexp\\)\\.doExecute runtime\\.execute");
	check_offers(app, "tagroot=tenant,r", "region");
	check_offers(app, "set columns=cum,b", "bar");
	check_offers(app, "set mouse=o", "on off");
	check_offers(app, "sample_index=c", "cpu");
	check_offers(app, "focus=bitState).p", "regexp\\.\\(\\*bitState\\)\\.push");
	explorer_close(&explorer);
}

/* Keys that end in a wrong line, and the byte of it that is marked. */
static void check_mark(const char *keys, size_t want)
{
	struct app *app = open_screen(24, 80);

	explorer_press(app, keys);
	assert_int_equal(app->prompt.error_at, want);
	explorer_close(&explorer);
}

static void the_wrong_byte_of_a_line_is_marked(void **state)
{
	(void)state;
	check_mark(": focus=ab)c Enter", strlen("focus=ab"));
	check_mark(": set Space hide=x[ Enter", strlen("set hide=x"));
	check_mark(": tagfocus=key=a)b Enter", strlen("tagfocus=key=a"));
	check_mark(": set Space tagignore=k=[ Enter", strlen("set tagignore=k="));
	check_mark(": peek Space k)e Enter", strlen("peek k"));
	check_mark(": nodecount=many Enter", strlen("nodecount="));
	check_mark(": top Space > Enter", strlen("top >"));
	check_mark(": top Space 10 Space a(x Space -cum Enter", strlen("top 10 a("));
	check_mark(": top Space -x( Enter", strlen("top -x"));
	check_mark(": columns=flat,bogus Enter", strlen("columns=flat,"));
	check_mark(": bind Space X Space nosuch Enter", strlen("bind X "));
	check_mark("/ ab)c", strlen("ab"));
	check_mark("& x(y Enter", strlen("x("));
	/* A pattern that matches nothing is right as it stands. */
	check_mark(": peek Space e_e Enter", strlen("peek "));
}

static void columns_are_a_setting(void **state)
{
	struct app *app = open_screen(24, 80);

	(void)state;
	explorer_press(app, ": columns=cum:12,bar:30 Enter : set Enter / ^..columns Enter");
	explorer_check(app, "= cum:12,bar:30", true);
	explorer_press(app, "q : set Space columns=cum,nonsense Enter");
	explorer_check(app, "no column \"nonsense\"", true);
	assert_int_equal(app->prompt.error_at, strlen("set columns=cum,"));
	explorer_close(&explorer);
}

static void help_starts_with_what_the_pane_shows(void **state)
{
	struct app *app;

	(void)state;
	for (size_t i = 0; pane_kinds[i]; i++) {
		const struct pane_kind *kind = pane_kinds[i];

		if (!kind->about)
			continue;
		for (const char *line = kind->about; *line; line += strcspn(line, "\n") + 1)
			if (strcspn(line, "\n") > 80)
				fail_msg("%s: more than 80 columns: %s", kind->name, line);
	}
	app = open_screen(24, 80);
	explorer_press(app, "?");
	explorer_check(app, "flat is what it costs itself, cum with all that it calls", true);
	/* All of it fits, so there is no room for what does not. */
	assert_int_equal(text_pane_detail_rows(app_pane(app, &pane_help), 80), 0);
	explorer_close(&explorer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_are_a_granularity_as_in_the_shell),
		cmocka_unit_test(another_granularity_keeps_the_place),
		cmocka_unit_test(units_change_in_every_pane),
		cmocka_unit_test(long_numbers_have_columns_of_their_own),
		cmocka_unit_test(a_key_of_another_pane_says_so),
		cmocka_unit_test(reports_that_have_a_pane_open_it),
		cmocka_unit_test(a_report_in_front_follows_the_filters),
		cmocka_unit_test(a_long_line_of_a_report_is_seen_whole_where_it_is_selected),
		cmocka_unit_test(values_of_all_kinds_are_completed),
		cmocka_unit_test(the_wrong_byte_of_a_line_is_marked),
		cmocka_unit_test(columns_are_a_setting),
		cmocka_unit_test(help_starts_with_what_the_pane_shows),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
