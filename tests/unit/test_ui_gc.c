/* SPDX-License-Identifier: MIT */
/* Logs of garbage collections: cycles, their numbers, where findings lead. */
#include <locale.h>
#include <math.h>

#include "base/array.h"
#include "diagnose/gc_figures.h"
#include "explorer.h"
#include "ui/pane/list.h"

static const char *const alone[] = {"gc/thrash.gctrace.log", NULL};
static const char *const checked[] = {"gc/thrash.gctrace.log", "gc/thrash.heap_end.debug1.txt",
				      NULL};

static const struct explorer_picture pictures[] = {
	{.name = "gc_80x24", .keys = "j", .rows = 24, .columns = 80},
	{.name = "gc_120x40", .keys = "o o", .rows = 40, .columns = 120, .styles = true},
	{.name = "gc_ascii", .keys = "]", .rows = 30, .columns = 80, .ascii = true},
	{.name = "gc_60x12", .keys = "G", .rows = 12, .columns = 60},
};

static void screens_look_as_they_did(void **state)
{
	(void)state;
	explorer_check_pictures(pictures, COUNT(pictures), alone);
}

static void a_log_opens_as_its_cycles(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, alone, 24, 160, CHARSET_UTF8);

	(void)state;
	assert_ptr_equal(app_focus(app), &pane_gc);
	assert_false(app_is_split(app));
	explorer_press(app, "T");
	assert_true(app_is_split(app));
	explorer_press(app, "C q");
	assert_true(app->quit);
	explorer_close(&explorer);
}

static void another_profile_opens_as_top(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_UTF8);

	(void)state;
	assert_ptr_equal(app_focus(app), &pane_top);
	explorer_press(app, "C");
	explorer_check(app, "this is no log of garbage collections", true);
	explorer_press(app, "j G ] Enter o I / x Enter w");
	explorer_close(&explorer);
}

static void columns_sort_and_cycles_are_found(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, alone, 24, 80, CHARSET_UTF8);

	(void)state;
	explorer_press(app, "o o");
	explorer_check(app, "cycle 397 at 5.219 s: stopped 4.900 ms", true);
	/* The cycle stays selected in another order. */
	explorer_press(app, "j");
	explorer_check(app, "cycle 158 at 2.031 s", true);
	explorer_press(app, "I");
	explorer_check(app, "cycle 158 at 2.031 s", true);
	explorer_press(app, "/ [0-9].forced Enter");
	explorer_check(app, ", forced: stopped", true);
	explorer_check(app, "/2", true);
	/* And under other filters. */
	explorer_press(app, ": tagfocus=forced=yes Enter");
	explorer_check(app, ", forced: stopped", true);
	assert_int_equal(app->session.shown.view->kept_samples, 2);
	explorer_close(&explorer);
}

static void a_finding_leads_to_its_cycle(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, alone, 24, 80, CHARSET_UTF8);

	(void)state;
	explorer_press(app, "/ gc-pause Enter Enter");
	explorer_check(app, "cycle 397 at 5.219 s", true);
	explorer_press(app, "g 9 / gc-pause Enter Enter");
	assert_ptr_equal(app_focus(app), &pane_gc);
	explorer_check(app, "cycle 397 at 5.219 s", true);
	explorer_press(app, "Backspace");
	assert_ptr_equal(app_focus(app), &pane_diagnosis);
	explorer_press(app, "Backspace");
	assert_ptr_equal(app_focus(app), &pane_gc);
	explorer_check(app, "cycle 1 at 0.000 s", true);
	explorer_close(&explorer);
}

static void a_heap_beside_the_log_checks_it(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, checked, 40, 100, CHARSET_UTF8);

	(void)state;
	assert_ptr_equal(app_focus(app), &pane_gc);
	explorer_press(app, "]");
	explorer_check(app, "thrash.gctrace.log checked against runtime.MemStats of", true);
	explorer_check(app, "GCCPUFraction", true);
	explorer_check(app, "TotalAlloc", true);
	explorer_close(&explorer);
}

static void limits_of_ones_own_mark_other_cycles(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, alone, 24, 80, CHARSET_UTF8);

	(void)state;
	explorer_check(app, "25.6!!", true);
	explorer_press(app, ": threshold=thrash=99,memory-limit=14 Enter");
	explorer_check(app, "25.6!!", false);
	explorer_check(app, "25.6!", true);
	explorer_check(app, "12!", true); /* more than 85 % of 14 MB */
	explorer_close(&explorer);
}

/* What is said of single cycles adds up to what is said of the log. */
static void cycles_add_up(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, alone, 24, 80, CHARSET_UTF8);
	struct gc_figures figures;
	double allocated = 0, cpu = 0, spent = 0;
	struct gc_cycle cycle;
	struct gc_log log;
	uint32_t unknown = 0;

	(void)state;
	assert_true(gc_log_find(app->session.profile, &log));
	gc_figures_build(&log, 0, log.count, &figures);
	for (uint32_t i = 0; i < log.count; i++) {
		double time;

		gc_cycle_build(&log, i, &cycle);
		if (isnan(cycle.cpu_share)) {
			unknown++;
			allocated += cycle.heap_end - cycle.heap_start;
			continue;
		}
		time = (double)(log.columns[GC_START][i + 1] - log.columns[GC_START][i]) / 1e9;
		allocated += cycle.allocation_rate * time;
		cpu += cycle.cpu_share * time * (double)log.columns[GC_PROCESSORS][i];
		spent += (double)log.columns[GC_CPU][i] / 1e9;
	}
	assert_int_equal(unknown, 1);
	assert_true(fabs(allocated - figures.allocated) < 1);
	assert_true(fabs(cpu - spent) < 1e-6);
	explorer_close(&explorer);
}

/* The log is never drawn outside of its place, whatever that is. */
static void any_size_of_screen_will_do(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, checked, 24, 80, CHARSET_UTF8);

	(void)state;
	for (int size = 1; size < 60; size += 3) {
		app_resize(app, size, 61 - size, CHARSET_ASCII, false);
		explorer_press(app, "j ] o 9 ] Enter Backspace C G g");
		app_resize(app, size, 4 * size, CHARSET_UTF8, true);
		explorer_press(app, "h l G 9 G l C");
	}
	explorer_close(&explorer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens_look_as_they_did),
		cmocka_unit_test(a_log_opens_as_its_cycles),
		cmocka_unit_test(another_profile_opens_as_top),
		cmocka_unit_test(columns_sort_and_cycles_are_found),
		cmocka_unit_test(a_finding_leads_to_its_cycle),
		cmocka_unit_test(a_heap_beside_the_log_checks_it),
		cmocka_unit_test(limits_of_ones_own_mark_other_cycles),
		cmocka_unit_test(cycles_add_up),
		cmocka_unit_test(any_size_of_screen_will_do),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
