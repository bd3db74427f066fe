/* SPDX-License-Identifier: MIT */
/* The list of filters: editing, taking away, switching off and on, and undo of all of it. */
#include <locale.h>

#include "explorer.h"
#include "base/array.h"
#include "ui/session/view_change.h"
#include "ui/pane/list.h"

static const struct explorer_picture pictures[] = {
	{.name = "filters_80x24",
	 .keys = ": focus=mallocgc Enter : hide=^nothing_like_it$ Enter L F j Space",
	 .rows = 24,
	 .columns = 80},
	{.name = "filters_120x40",
	 .keys = ": tagfocus=region=eu-west Enter v % F",
	 .rows = 40,
	 .columns = 120},
	{.name = "filters_200x60",
	 .keys = ": focus=deflate Enter : tagfocus=region=eu-west Enter r F j Space",
	 .rows = 60,
	 .columns = 200},
	{.name = "filters_none", .keys = "F", .rows = 24, .columns = 80},
};

static void screens_look_as_they_did(void **state)
{
	(void)state;
	explorer_check_pictures(pictures, COUNT(pictures), NULL);
}

static const char *focus_of(const struct app *app)
{
	return view_spec_filter(&app->session.shown.view->spec, FILTER_FOCUS);
}

/* What is typed behind a wrong value goes on being text. */
static void a_wrong_value_goes_on_being_edited(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_UTF8);

	(void)state;
	explorer_press(app, ": tagfocus=tenant=acme Enter F Enter ( Enter x");
	assert_string_equal(text_string(&app->prompt.line), "tagfocus=tenant=acme(x");
	explorer_check(app, "on  tagfocus              tenant=acme\n", true);
	explorer_close(&explorer);
}

static void filters_go_off_and_on_and_away(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_UTF8);
	uint32_t all = app->session.shown.table->row_count, some;

	(void)state;
	explorer_press(app, ": focus=mallocgc Enter");
	some = app->session.shown.table->row_count;
	assert_true(some < all);
	explorer_press(app, "F Space");
	assert_int_equal(app->session.shown.table->row_count, all);
	explorer_check(app, "off focus", true);
	explorer_press(app, "Space");
	assert_int_equal(app->session.shown.table->row_count, some);
	explorer_check(app, "on  focus", true);
	explorer_press(app, "x");
	assert_int_equal(app->session.shown.table->row_count, all);
	explorer_check(app, "no filter", true);
	explorer_press(app, "u");
	assert_string_equal(focus_of(app), "mallocgc");
	explorer_press(app, "Space u");
	assert_string_equal(focus_of(app), "mallocgc");
	explorer_press(app, "^R");
	assert_string_equal(focus_of(app), "");
	explorer_check(app, "off focus", true);
	explorer_press(app, "Del");
	explorer_check(app, "no filter", true);
	explorer_close(&explorer);
}

static void a_filter_is_edited_at_the_prompt(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_UTF8);

	(void)state;
	explorer_press(app, ": focus=mallocg Enter F Enter");
	explorer_check(app, ":focus=mallocg", true);
	explorer_press(app, "c$ Enter");
	assert_string_equal(focus_of(app), "mallocgc$");
	explorer_check(app, "mallocgc$", true);
	/* A new value ends what was switched off. */
	explorer_press(app, "Space : focus=deflate Enter");
	explorer_check(app, "on  focus", true);
	explorer_check(app, "mallocgc$", false);
	explorer_close(&explorer);
}

/* Each chip: what it prints as its value sets it again, and NULL takes it away. */
static void chips_are_set_and_taken_away(void **state)
{
	(void)state;
	for (enum chip chip = 0; chip < CHIP_COUNT; chip++) {
		struct view_spec spec = {0};
		struct text text = {0};
		const char *value = chip == CHIP_GRANULARITY ? "lines" : "on";
		char *got;

		assert_null(chip_value(&spec, chip));
		assert_false(chip_print(&spec, chip, &text));
		chip_set(&spec, chip, value);
		got = chip_value(&spec, chip);
		assert_string_equal(got, value);
		assert_true(chip_print(&spec, chip, &text));
		assert_true(text.length > 0);
		chip_set(&spec, chip, NULL);
		assert_true(view_spec_equal(&spec, &(struct view_spec){0}));
		free(got);
		text_clear(&text);
		view_spec_clear(&spec);
	}
}

/* The number is there as a whole, from 80 columns on with the first filter; what it is related to, if there is room. */
static void check_title(const char *const *words, int columns, const char *value, const char *total)
{
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, words, 10, columns, CHARSET_UTF8);
	char *screen, number[32];

	explorer_press(app, ": focus=main.keep Enter");
	screen = explorer_screen(app, false);
	*strchr(screen, '\n') = '\0';
	snprintf(number, sizeof(number), "  %s ", value);
	if (!strstr(screen, number))
		fail_msg("%d columns: no whole %s in \"%s\"", columns, value, screen);
	if (strstr(screen, " of ") && !strstr(screen, total))
		fail_msg("%d columns: a number is cut in \"%s\"", columns, screen);
	if (columns >= 80 ? !strstr(screen, "focus=main.keep") : !strpbrk(screen, "=+"))
		fail_msg("%d columns: no filter in \"%s\"", columns, screen);
	free(screen);
	explorer_close(&explorer);
}

static void a_title_has_whole_numbers_and_a_filter(void **state)
{
	static const char *const difference[] = {"-diff_base=series/web_leak.heap_t01s.pb.gz",
						 "series/web_leak.heap_t09s.pb.gz", NULL};
	static const char *const merged[] = {"series/web_leak.heap_t01s.pb.gz",
					     "series/web_leak.heap_t09s.pb.gz", NULL};

	(void)state;
	for (int columns = 40; columns <= 124; columns += 7) {
		check_title(difference, columns, "+332.42MB", " of 54.46MB ");
		check_title(merged, columns, "426.16MB", " of 450.80MB ");
	}
	check_title(difference, 80, "+332.42MB", " of 54.46MB ");
	check_title(merged, 80, "426.16MB", " of 450.80MB ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens_look_as_they_did),
		cmocka_unit_test(a_wrong_value_goes_on_being_edited),
		cmocka_unit_test(filters_go_off_and_on_and_away),
		cmocka_unit_test(a_filter_is_edited_at_the_prompt),
		cmocka_unit_test(chips_are_set_and_taken_away),
		cmocka_unit_test(a_title_has_whole_numbers_and_a_filter),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
