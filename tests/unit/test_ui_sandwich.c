/* SPDX-License-Identifier: MIT */
/* The sandwich pane: what stands where, moving through it, and that it keeps up with the selection. */
#include <locale.h>
#include <stdio.h>

#include "explorer.h"
#include "base/array.h"
#include "ui/pane/list.h"

static const char *selected_name(const struct app *app)
{
	const struct session *session = &app->session;

	return session->spot.node == NONE ? ""
					  : session->shown.view->node_names[session->spot.node];
}

static void screens_look_as_they_did(void **state)
{
	static const struct explorer_picture pictures[] = {
		{.name = "sandwich_80x24",
		 .keys = "/ mallocgc$ Enter Esc c k",
		 .rows = 24,
		 .columns = 80,
		 .styles = true},
		{.name = "sandwich_120x40",
		 .keys = "/ mallocgc$ Enter Esc c j l",
		 .rows = 40,
		 .columns = 120},
		{.name = "sandwich_200x60",
		 .keys = "/ deflate$ Enter Esc c Tab j",
		 .rows = 60,
		 .columns = 200},
		{.name = "sandwich_ascii",
		 .keys = "/ mallocgc$ Enter Esc c k k +",
		 .rows = 24,
		 .columns = 80,
		 .ascii = true},
		{.name = "sandwich_search",
		 .keys = "/ mallocgc$ Enter Esc c / init Enter n",
		 .rows = 24,
		 .columns = 80},
	};

	(void)state;
	explorer_check_pictures(pictures, COUNT(pictures), NULL);
}

/* Up and down again are each other's opposite, through the middle too. */
static void moving_goes_through_the_middle(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 40, 100,
					CHARSET_UTF8);

	(void)state;
	explorer_press(app, "/ mallocgc$ Enter Esc c");
	assert_string_equal(selected_name(app), "runtime.mallocgc");
	explorer_press(app, "k");
	assert_string_equal(selected_name(app), "runtime.newobject");
	explorer_press(app, "k");
	assert_string_equal(selected_name(app), "compress/flate.NewWriter");
	explorer_press(app, "j j");
	assert_string_equal(selected_name(app), "runtime.mallocgc");
	explorer_press(app, "j");
	assert_string_equal(selected_name(app), "runtime.memclrNoHeapPointers");
	explorer_press(app, "l");
	assert_string_equal(selected_name(app), "runtime.gcAssistAlloc");
	explorer_press(app, "h k");
	assert_string_equal(selected_name(app), "runtime.mallocgc");
	explorer_close(&explorer);
}

static void enter_recentres_and_back_returns(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 40, 100,
					CHARSET_UTF8);
	const struct session *session = &app->session;
	node_id first;

	(void)state;
	explorer_press(app, "/ mallocgc$ Enter Esc c");
	first = session->spot.centre;
	explorer_press(app, "k Enter");
	assert_string_equal(session->shown.view->node_names[session->shown.sandwich->node],
			    "runtime.newobject");
	explorer_press(app, "Backspace");
	assert_int_equal(session->shown.sandwich->node, first);
	assert_string_equal(selected_name(app), "runtime.newobject");
	/* The same typed at once. */
	explorer_burst(app, "> k k Enter j");
	assert_ptr_equal(app_focus(app), &pane_sandwich);
	assert_int_equal(session->shown.sandwich->node, session->spot.centre);
	explorer_close(&explorer);
}

static void a_search_reaches_every_frame_of_both_halves(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_UTF8);
	const struct derived *shown = &app->session.shown;
	uint32_t total, number, count;

	(void)state;
	explorer_press(app, "/ mallocgc$ Enter Esc c / . Enter");
	total = shown->sandwich->callers->count + shown->sandwich->callees->count - 2;
	for (uint32_t i = 0; i < total; i++) {
		uint32_t before, after;

		pane_sandwich.matches(app_pane(app, &pane_sandwich), &before, &count);
		assert_int_equal(count, total);
		explorer_burst(app, "n");
		pane_sandwich.matches(app_pane(app, &pane_sandwich), &after, &count);
		assert_int_equal(after, before % total + 1);
	}
	pane_sandwich.matches(app_pane(app, &pane_sandwich), &number, &count);
	explorer_press(app, "N n");
	pane_sandwich.matches(app_pane(app, &pane_sandwich), &total, &count);
	assert_int_equal(number, total);
	explorer_close(&explorer);
}

/* Beside Top it shows what is selected there; beside Peek it keeps the common centre. */
static void it_follows_the_selection(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 50, 160,
					CHARSET_UTF8);
	const struct session *session = &app->session;
	node_id centre;

	(void)state;
	explorer_press(app, "c Tab j j j");
	assert_int_equal(session->shown.sandwich->node, session->spot.node);
	explorer_press(app, "j");
	assert_int_equal(session->shown.sandwich->node, session->spot.node);
	centre = session->spot.centre;
	explorer_press(app, "p k");
	assert_int_not_equal(session->spot.node, centre);
	assert_int_equal(session->shown.sandwich->node, centre);
	explorer_close(&explorer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens_look_as_they_did),
		cmocka_unit_test(moving_goes_through_the_middle),
		cmocka_unit_test(enter_recentres_and_back_returns),
		cmocka_unit_test(a_search_reaches_every_frame_of_both_halves),
		cmocka_unit_test(it_follows_the_selection),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
