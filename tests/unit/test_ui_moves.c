/* SPDX-License-Identifier: MIT */
/* Keys that come faster than screens and views do: no move is lost, none is undone later. */
#include <locale.h>

#include "explorer.h"
#include "base/array.h"
#include "ui/pane/list.h"

static const char *selected_name(const struct app *app)
{
	const struct session *session = &app->session;

	return session->spot.node == NONE ? ""
					  : session->shown.view->node_names[session->spot.node];
}

static void a_burst_of_keys_does_what_single_keys_do(void **state)
{
	static const char *const ways[] = {
		"j j Enter g Enter < G Enter", "j j Enter j Enter j",   "Enter G Enter < < j",
		"i j j j l l Enter j",         "G k Enter T j p j",     "i G - - Enter T j",
		"/ deflate Enter n Enter j j", "i g / hash4 Enter n k", "j f j x j u k",
		"j i Enter < j > T j",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(ways); i++) {
		char *screens[2];

		for (int burst = 0; burst < 2; burst++) {
			struct explorer explorer;
			struct app *app =
				explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24,
					      80, CHARSET_UTF8);

			(burst ? explorer_burst : explorer_press)(app, ways[i]);
			screens[burst] = explorer_screen(app, true);
			explorer_close(&explorer);
		}
		if (strcmp(screens[0], screens[1]) != 0)
			fail_msg("%s: one by one\n%s\nat once\n%s", ways[i], screens[0],
				 screens[1]);
		free(screens[0]);
		free(screens[1]);
	}
}

static void keys_typed_while_the_file_is_read_are_not_lost(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_start(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					 CHARSET_UTF8);

	(void)state;
	explorer_burst(app, "j j Enter g");
	assert_ptr_equal(app_focus(app), &pane_peek);
	assert_string_equal(selected_name(app), "compress/flate.(*compressor).close");
	explorer_close(&explorer);
}

static void a_search_typed_while_the_file_is_read_finds_its_match(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_start(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					 CHARSET_UTF8);

	(void)state;
	explorer_burst(app, "/ tryBack Enter");
	assert_string_equal(selected_name(app), "regexp.(*Regexp).tryBacktrack");
	explorer_close(&explorer);
}

static void keys_before_the_first_view_keep_their_order(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_start(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					 CHARSET_UTF8);

	(void)state;
	explorer_burst(app, "j j j i");
	assert_ptr_equal(app_focus(app), &pane_icicle);
	assert_string_equal(selected_name(app), "runtime.memclrNoHeapPointers");
	explorer_close(&explorer);
}

/* Asks for another view, moves before it is there, and looks where that ends. */
static void a_move_while_a_view_is_computed_stays(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_UTF8);
	struct session *session = &app->session;
	struct view_spec spec;

	(void)state;
	view_spec_copy(&spec, &session->settings.view);
	view_spec_set_filter(&spec, FILTER_FOCUS, "flate");
	session_set_spec(session, &spec, true, NULL);
	assert_true(session->changing);
	session_select_node(session, session->shown.table->rows[2].node);
	explorer_settle(app);
	assert_false(session->changing);
	assert_string_equal(selected_name(app), "compress/flate.(*compressor).deflate");
	view_spec_clear(&spec);
	explorer_close(&explorer);
}

/* The way back needs the tree for its frame: a move before that is there must hold. */
static void a_move_before_the_old_frame_is_found_stays(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_UTF8);
	struct session *session = &app->session;
	struct place place;
	node_id other = session->shown.table->rows[5].node;

	(void)state;
	explorer_press(app, "i g j j Enter j");
	place_capture(&place, &session->shown, &session->spot);
	assert_int_not_equal(place.selection.count, 0);
	explorer_press(app, "T : relative_percentages Enter");
	assert_null(session->shown.tree);
	session_go(session, &place);
	assert_true(session->place_waits);
	session_select_node(session, other);
	explorer_press(app, "i");
	assert_false(session->place_waits);
	assert_int_equal(session->spot.node, other);
	assert_true(session->spot.frame == NONE ||
		    session->shown.tree->node[session->spot.frame] == other);
	place_clear(&place);
	explorer_close(&explorer);
}

static void a_bookmark_brings_pane_selection_and_filters(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_ASCII);
	node_id node;

	(void)state;
	explorer_press(app, "j j B a");
	node = app->session.spot.node;
	assert_non_null(app->marks[0].kind);
	explorer_press(app, "f i B Z T u g");
	assert_int_not_equal(app->session.spot.node, node);
	explorer_press(app, "' Z");
	explorer_check(app, "Icicle", true);
	explorer_check(app, "focus=", true);
	explorer_press(app, "' a");
	explorer_check(app, "Icicle", false);
	explorer_check(app, "focus=", false);
	assert_int_equal(app->session.spot.node, node);
	/* Letters without a bookmark, and what is no letter, change nothing. */
	explorer_press(app, "' b ' 1 B Esc");
	assert_int_equal(app->session.spot.node, node);
	assert_null(app->asking);
	explorer_close(&explorer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_burst_of_keys_does_what_single_keys_do),
		cmocka_unit_test(keys_typed_while_the_file_is_read_are_not_lost),
		cmocka_unit_test(a_search_typed_while_the_file_is_read_finds_its_match),
		cmocka_unit_test(keys_before_the_first_view_keep_their_order),
		cmocka_unit_test(a_move_while_a_view_is_computed_stays),
		cmocka_unit_test(a_move_before_the_old_frame_is_found_stays),
		cmocka_unit_test(a_bookmark_brings_pane_selection_and_filters),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
