/* SPDX-License-Identifier: MIT */
/* What users reported of pprof, in the explorer: the right answer without an option. */
#include "explorer.h"
#include "ui/app/app_visit.h"
#include "ui/pane/list.h"

/* After these keys the screen has the one text and not the other (NULL: any). */
static void check_keys(const char *file, const char *keys, const char *has, const char *has_not)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path(file), 24, 100, CHARSET_UTF8);

	explorer_press(app, keys);
	explorer_settle(app);
	if (has)
		explorer_check(app, has, true);
	if (has_not)
		explorer_check(app, has_not, false);
	explorer_close(&explorer);
}

static void a_file_is_one_row(void **state)
{
	(void)state;
	check_keys("reports/shop_full.pb.gz", ": f i l e s Enter / d e f l a t e Enter", "160ms",
		   "120ms");
}

static void a_row_without_a_name_says_why_it_is_no_filter(void **state)
{
	(void)state;
	check_keys("reports/nolines.pb.gz", "f", NULL, "matched nothing");
}

static void recursion_counts_once_in_source(void **state)
{
	(void)state;
	check_keys("reports/rec_fib.pb.gz", "s", "90.0", "250");
}

static void values_keep_their_unit(void **state)
{
	(void)state;
	check_keys("reports/heap4.pb.gz", ": u n i t = k B Enter M", NULL, "0.02kB");
	check_keys(
		"reports/heap4.pb.gz",
		": s a m p l e _ i n d e x = i n u s e _ o b j e c t s Enter : u n i t = k B Enter",
		NULL, "kB  ");
}

static void names_off_the_screen_are_found(void **state)
{
	(void)state;
	check_keys("reports/generic_names.pb.gz", "/ K e e p [ . . . ] Enter", "Keep[", "nothing");
	check_keys("reports/generic_names.pb.gz", "/ ( * e n c o d e S t a t e ) Enter",
		   "encodeState", "regular expression");
}

static void no_0_stands_for_the_change_of_a_frame_itself(void **state)
{
	static const char *const words[] = {"-diff_base=reports/diff_a.pb.gz",
					    "reports/diff_b.pb.gz", NULL};
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, words, 24, 100, CHARSET_UTF8);

	(void)state;
	explorer_press(app, "i");
	explorer_check(app, "self", true);
	explorer_close(&explorer);
}

/* "set first_pane=NAME" in the config file, before anything is shown. */
static void the_first_pane_may_be_another(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_start(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					 CHARSET_UTF8);
	const struct preference *preference = preference_find("first_pane");
	struct error error;

	(void)state;
	assert_non_null(preference);
	assert_false(preference_set(&app->preferences, preference, "nowhere", &error));
	assert_true(preference_set(&app->preferences, preference, "icicle", &error));
	explorer_settle(app);
	app_begin(app);
	explorer_settle(app);
	explorer_check(app, "Icicle", true);
	explorer_close(&explorer);
	for (int i = 1; first_pane_words[i]; i++)
		assert_non_null(pane_find(first_pane_words[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_one_row),
		cmocka_unit_test(a_row_without_a_name_says_why_it_is_no_filter),
		cmocka_unit_test(recursion_counts_once_in_source),
		cmocka_unit_test(values_keep_their_unit),
		cmocka_unit_test(names_off_the_screen_are_found),
		cmocka_unit_test(no_0_stands_for_the_change_of_a_frame_itself),
		cmocka_unit_test(the_first_pane_may_be_another),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
