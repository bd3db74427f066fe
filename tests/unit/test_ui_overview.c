/* SPDX-License-Identifier: MIT */
/* The overview: what it says is in the profile, and each line leads to what it is about. */
#include <locale.h>

#include "explorer.h"
#include "base/array.h"
#include "ui/pane/overview_text.h"
#include "ui/pane/list.h"

static const struct explorer_picture pictures[] = {
	{.name = "overview_80x24",
	 .keys = "A j",
	 .rows = 24,
	 .columns = 80,
	 .file = "web_before.heap.pb.gz"},
	{.name = "overview_200x60", .keys = "A j j j j j", .rows = 60, .columns = 200},
	{.name = "overview_120x40",
	 .keys = "A j j j j",
	 .rows = 40,
	 .columns = 120,
	 .file = "web_before.cpu.pb.gz"},
	{.name = "overview_labels",
	 .keys = "A G",
	 .rows = 24,
	 .columns = 80,
	 .file = "web_before.cpu.pb.gz"},
};

static void screens_look_as_they_did(void **state)
{
	(void)state;
	explorer_check_pictures(pictures, COUNT(pictures), NULL);
}

static uint32_t find_line(const struct overview *overview, enum overview_subject subject)
{
	uint32_t i = 0;

	while (overview->lines[i].subject != subject)
		assert_true(++i < overview->count);
	return i;
}

static void numbers_are_those_of_the_tables(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.heap.pb.gz"), 24, 80,
					CHARSET_UTF8);
	const struct session *session = &app->session;
	const struct function_table *table;
	struct overview overview = {0};
	uint32_t at;

	(void)state;
	explorer_press(app, "A");
	overview_build(&overview, session);
	table = session->shown.table;
	at = find_line(&overview, ABOUT_NODE);
	for (uint32_t i = 0; i < 5; i++) {
		assert_int_equal(overview.lines[at + i].index, table->rows[i].node);
		assert_int_equal(overview.lines[at + i].value, function_row_flat(&table->rows[i]));
	}
	/* Behind them a title, then those by cum: none is larger than the ones above it. */
	at += 7;
	for (uint32_t i = 0; i < 5; i++) {
		uint32_t larger = 0;

		for (uint32_t k = 0; k < table->row_count; k++)
			larger += function_row_cum(&table->rows[k]) > overview.lines[at + i].value;
		assert_true(larger <= i);
	}
	at = find_line(&overview, ABOUT_TYPE);
	for (uint32_t type = 0; type < session->profile->type_count; type++) {
		int64_t sum = 0;

		for (uint32_t i = 0; i < session->profile->sample_count; i++)
			sum += session->profile->values[type][i];
		assert_int_equal(overview.lines[at + type].value, sum);
	}
	overview_clear(&overview);
	explorer_close(&explorer);
}

/* Goes to the first line of a subject by keys alone, and presses Enter. */
static void follow(struct app *app, enum overview_subject subject)
{
	struct overview overview = {0};
	uint32_t line, steps = 0;

	explorer_press(app, "A g");
	overview_build(&overview, &app->session);
	line = find_line(&overview, subject);
	for (uint32_t i = 1; i < line; i++)
		steps += overview.lines[i].subject != ABOUT_SECTION;
	for (uint32_t i = 0; i < steps; i++)
		explorer_press(app, "j");
	overview_clear(&overview);
	explorer_press(app, "Enter");
}

static void enter_leads_to_what_a_line_is_about(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_UTF8);

	(void)state;
	follow(app, ABOUT_NODE);
	assert_ptr_equal(app_focus(app), &pane_peek);
	explorer_check(app, "compress/flate.(*compressor).findMatch", true);
	follow(app, ABOUT_FRAME);
	assert_ptr_equal(app_focus(app), &pane_icicle);
	assert_int_equal(app->session.spot.frame, 1);
	follow(app, ABOUT_LABEL);
	assert_ptr_equal(app_focus(app), &pane_labels);
	explorer_check(app, "endpoint\n", true);
	follow(app, ABOUT_TYPE);
	assert_ptr_equal(app_focus(app), &pane_top);
	assert_int_equal(app->session.shown.view->spec.value_type, 0);
	explorer_press(app, "u");
	assert_int_equal(app->session.shown.view->spec.value_type, 1);
	explorer_close(&explorer);
}

static void filters_hold_for_the_functions_not_for_the_totals(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 40, 80,
					CHARSET_UTF8);

	(void)state;
	explorer_press(app, ": focus=mallocgc Enter A");
	explorer_check(app, "18.48s  cpu   shown now", true);
	explorer_check(app, "findMatch", false);
	explorer_press(app, ": focus=nothing_like_it Enter");
	explorer_check(app, "18.48s  cpu   shown now", true);
	explorer_check(app, "Most by itself", false);
	explorer_check(app, "Hottest path", false);
	explorer_close(&explorer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens_look_as_they_did),
		cmocka_unit_test(numbers_are_those_of_the_tables),
		cmocka_unit_test(enter_leads_to_what_a_line_is_about),
		cmocka_unit_test(filters_hold_for_the_functions_not_for_the_totals),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
