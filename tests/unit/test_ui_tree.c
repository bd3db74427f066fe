/* SPDX-License-Identifier: MIT */
/* The tree pane: rows open and close, all of them can be reached, and their sums are the reports'. */
#include <inttypes.h>
#include <locale.h>
#include <stdio.h>

#include "explorer.h"
#include "base/array.h"
#include "report/list.h"
#include "ui/pane/list.h"
#include "ui/widget/tree_traces.h"
#include "cli/write_report.h"

static void screens_look_as_they_did(void **state)
{
	static const struct explorer_picture pictures[] = {
		{.name = "tree_80x24", .keys = "8", .rows = 24, .columns = 80, .styles = true},
		{.name = "tree_120x40", .keys = "8 C + j +", .rows = 40, .columns = 120},
		{.name = "tree_200x60", .keys = "8 C .", .rows = 60, .columns = 200},
		{.name = "tree_ascii", .keys = "8 E", .rows = 16, .columns = 60, .ascii = true},
		{.name = "tree_search", .keys = "8 C / hash4 Enter", .rows = 24, .columns = 80},
		{.name = "tree_stacks", .keys = "8 D", .rows = 24, .columns = 80},
	};

	(void)state;
	explorer_check_pictures(pictures, COUNT(pictures), NULL);
}

/* Open, the rows are the frames of the tree one after the other: j comes by all of them. */
static void every_row_is_reached(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_UTF8);
	struct session *session = &app->session;

	(void)state;
	explorer_press(app, "8 E g");
	for (uint32_t i = 0; i < session->shown.tree->count; i++) {
		assert_int_equal(session_frame(session) == NONE ? 0 : session_frame(session), i);
		app_key(app, 'j');
	}
	assert_int_equal(session_frame(session), session->shown.tree->count - 1);
	/* Closed, there are only the calls from the root. */
	explorer_press(app, "C g j j");
	assert_int_equal(session_frame(session), call_tree_end(session->shown.tree, 1));
	explorer_close(&explorer);
}

/* A zoom of the icicle that has nothing of the function is left. */
static void what_is_selected_elsewhere_is_found(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_UTF8);
	struct session *session = &app->session;

	(void)state;
	explorer_press(app, "i Enter");
	assert_int_not_equal(session->spot.zoom, 0);
	explorer_press(app, "T / ^runtime.scanobject$ Enter 8");
	assert_string_equal(session->shown.view->node_names[session->spot.node],
			    "runtime.scanobject");
	assert_int_not_equal(session_frame(session), NONE);
	assert_int_equal(session->shown.tree->node[session_frame(session)], session->spot.node);
	explorer_close(&explorer);
}

static void what_is_opened_can_be_closed(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_UTF8);
	struct session *session = &app->session;
	char *before, *after;

	(void)state;
	explorer_press(app, "8 C g j");
	before = explorer_screen(app, true);
	explorer_press(app, "+ j");
	assert_int_equal(session_frame(session), 2);
	/* A closed row closes its caller; that row keeps the selection. */
	explorer_press(app, "-");
	assert_int_equal(session_frame(session), 1);
	after = explorer_screen(app, true);
	assert_string_equal(before, after);
	free(after);
	explorer_press(app, "Enter Enter");
	after = explorer_screen(app, true);
	assert_string_equal(before, after);
	free(after);
	free(before);
	explorer_press(app, ".");
	assert_int_equal(call_tree_end(session->shown.tree, session_frame(session)),
			 session_frame(session) + 1);
	explorer_close(&explorer);
}

/* The number behind the next `name` of a JSON text. */
static int64_t next_number(const char **at, const char *name)
{
	int64_t number;

	*at = strstr(*at, name);
	assert_non_null(*at);
	*at += strlen(name);
	assert_int_equal(sscanf(*at, "%" SCNd64, &number), 1);
	return number;
}

/* The self cost of all rows of a function is its flat in the JSON of the top report. */
static void self_adds_up_to_flat(void **state)
{
	static const char *const files[] = {"web_before.cpu.pb.gz", "leak_t130s.pb.gz",
					    "web_before.heap.pb.gz"};

	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		struct explorer explorer;
		struct app *app =
			explorer_open(&explorer, fixture_path(files[i]), 24, 80, CHARSET_UTF8);
		const struct derived *shown = &app->session.shown;
		struct settings settings;
		char *bytes;
		const char *at;
		size_t length;
		FILE *out = open_memstream(&bytes, &length);

		explorer_press(app, "8");
		settings_copy(&settings, &app->session.settings);
		settings.report.json = true;
		settings.report.trim = false;
		assert_true(render_report(&report_top, NULL, &settings, app->session.profile, out,
					  NULL, &(struct error){.at = 0}));
		fclose(out);
		settings_clear(&settings);
		at = strstr(bytes, "\"nodes\"");
		for (uint32_t row = 0; row < shown->table->row_count; row++) {
			node_id node = shown->table->rows[row].node;
			const struct tree_index *index = &shown->tree_index;
			int64_t self = 0;

			for (uint32_t k = index->start[node]; k < index->start[node + 1]; k++)
				self += call_tree_self(shown->tree, index->frames[k]);
			assert_int_equal(next_number(&at, "\"flat\":"), self);
		}
		free(bytes);
		explorer_close(&explorer);
	}
}

static void the_stacks_of_a_frame_add_up_to_it(void **state)
{
	struct explorer explorer;
	struct app *app =
		explorer_open(&explorer, fixture_path("leak_t130s.pb.gz"), 24, 80, CHARSET_UTF8);
	const struct session *session = &app->session;
	char *text;
	int64_t sum = 0;

	(void)state;
	explorer_press(app, "8");
	text = tree_traces(session, 0);
	for (const char *at = text; (at = strstr(at, "-+-"));) {
		at = strchr(at, '\n') + 1;
		sum += strtoll(at, NULL, 10);
	}
	assert_int_equal(sum, call_tree_total(session->shown.tree, 0));
	free(text);
	explorer_close(&explorer);
}

static void a_search_opens_what_is_closed(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_UTF8);
	struct session *session = &app->session;

	(void)state;
	explorer_press(app, "8 g / . Enter");
	for (int i = 0; i < 300; i++) {
		uint32_t frame = session_frame(session);

		app_key(app, 'C');
		frame = session_frame(session);
		explorer_press(app, "n");
		assert_int_equal(session_frame(session), frame + 1);
		explorer_press(app, "n");
		assert_int_equal(session_frame(session), frame + 2);
	}
	explorer_close(&explorer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens_look_as_they_did),
		cmocka_unit_test(every_row_is_reached),
		cmocka_unit_test(what_is_selected_elsewhere_is_found),
		cmocka_unit_test(what_is_opened_can_be_closed),
		cmocka_unit_test(self_adds_up_to_flat),
		cmocka_unit_test(the_stacks_of_a_frame_add_up_to_it),
		cmocka_unit_test(a_search_opens_what_is_closed),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
