/* SPDX-License-Identifier: MIT */
/* The labels pane: the numbers of the tags report, and what Enter makes of a label. */
#include <inttypes.h>
#include <locale.h>
#include <stdio.h>

#include "explorer.h"
#include "base/array.h"
#include "report/list.h"
#include "ui/store/label_expression.h"
#include "ui/pane/list.h"
#include "cli/write_report.h"

static char *tags_report(const struct app *app, bool json)
{
	struct settings settings;
	char *bytes;
	size_t length;
	FILE *out = open_memstream(&bytes, &length);

	settings_copy(&settings, &app->session.settings);
	settings.report.json = json;
	assert_true(render_report(&report_tags, NULL, &settings, app->session.profile, out, NULL,
				  &(struct error){.at = 0}));
	fclose(out);
	settings_clear(&settings);
	return bytes;
}

/* Every value of the report stands on the screen with its sum and its share, in the same order. */
static void every_value_has_the_numbers_of_the_tags_report(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 60, 50,
					CHARSET_UTF8);
	char *report, *screen, *at, *line;
	int compared = 0;

	(void)state;
	explorer_press(app, "t");
	report = tags_report(app, false);
	at = screen = explorer_screen(app, false);
	explorer_squeeze(screen);
	for (line = report; line; line = strchr(line, '\n')) {
		char value[32], share[32], text[100], want[200];

		line += *line == '\n';
		if (sscanf(line, " %31s (%31[^)]): %99s", value, share, text) != 3 &&
		    sscanf(line, " %31s ( %31[^)]): %99s", value, share, text) != 3)
			continue;
		snprintf(want, sizeof(want), "%s %s %s\n", value, share + strspn(share, " "), text);
		at = strstr(at, want);
		if (!at)
			fail_msg("no \"%s\" in:\n%s", want, screen);
		compared++;
	}
	assert_int_equal(compared, 10);
	free(report);
	free(screen);
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

static void sums_are_those_of_the_json_report(void **state)
{
	static const char *const files[] = {"web_before.cpu.pb.gz", "edge/more_labels.pb.gz",
					    "web_before.heap.pb.gz"};

	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		struct explorer explorer;
		struct app *app =
			explorer_open(&explorer, fixture_path(files[i]), 24, 80, CHARSET_UTF8);
		const struct label_table *table;
		char *report;
		const char *at;

		explorer_press(app, "t");
		table = app->session.shown.labels;
		at = report = tags_report(app, true);
		at = strstr(at, "\"keys\"");
		for (uint32_t k = 0; k < table->key_count; k++) {
			assert_int_equal(next_number(&at, "\"total\":"), table->keys[k].total);
			for (uint32_t v = 0; v < table->keys[k].value_count; v++)
				assert_int_equal(next_number(&at, "\"total\":"),
						 table->keys[k].values[v].sum);
		}
		free(report);
		explorer_close(&explorer);
	}
}

static const struct label_value *find_value(const struct label_table *table, const char *key,
					    const char *text)
{
	for (uint32_t k = 0; k < table->key_count; k++)
		for (uint32_t v = 0; v < table->keys[k].value_count; v++)
			if (!strcmp(table->keys[k].name, key) &&
			    !strcmp(table->keys[k].values[v].text, text))
				return &table->keys[k].values[v];
	return NULL;
}

/* With the expression of a value as tagfocus, all of that value is left and no other of its key. */
static void check_expressions(const struct profile *profile, bool alone)
{
	struct view *view = fixture_view(profile, "");
	struct label_table *table = label_table_build(view, "minimum");

	for (uint32_t k = 0; k < table->key_count; k++) {
		for (uint32_t v = 0; v < table->keys[k].value_count; v++) {
			const struct label_key *key = &table->keys[k];
			const struct label_value *value = &key->values[v], *left;
			struct text expression = {0};
			struct view_spec spec;
			struct label_table *focused;
			struct view *rest;

			view_spec_copy(&spec, &view->spec);
			label_expression(key, value, &expression);
			view_spec_set_filter(&spec, FILTER_TAGFOCUS, expression.bytes);
			rest = view_build(profile, &spec, &(struct error){.at = 0});
			assert_non_null(rest);
			focused = label_table_build(rest, "minimum");
			left = find_value(focused, key->name, value->text);
			if (!left || left->sum != value->sum)
				fail_msg("%s leaves %" PRId64 " of %s=%s", expression.bytes,
					 left ? left->sum : 0, key->name, value->text);
			for (uint32_t i = 0; alone && i < focused->key_count; i++)
				if (!strcmp(focused->keys[i].name, key->name))
					assert_int_equal(focused->keys[i].value_count, 1);
			label_table_free(focused);
			view_free(rest);
			view_spec_clear(&spec);
			text_clear(&expression);
		}
	}
	label_table_free(table);
	view_free(view);
}

static void the_expression_of_a_value_leaves_just_that(void **state)
{
	static const char *const files[] = {"web_before.cpu.pb.gz", "web_before.heap.pb.gz"};
	struct profile *profile;

	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		profile = fixture_load(files[i]);
		check_expressions(profile, true);
		profile_free(profile);
	}
	/* Samples with two values of a key. */
	profile = fixture_load("edge/more_labels.pb.gz");
	check_expressions(profile, false);
	profile_free(profile);
	profile = fixture_profile("types cpu/count\n"
				  "a = 1 k=x,y\n"
				  "a = 2 k=x\n"
				  "b = 3 k=a.b\n"
				  "b = 4 k=axb\n"
				  "b = 5 k=5mb\n"
				  "c = 6 size:7bytes\n"
				  "c = 7 size:70bytes\n"
				  "c = 8 plain:7\n"
				  "c = 9 plain:-7\n");
	check_expressions(profile, true);
	profile_free(profile);
}

static void enter_focuses_on_a_value_and_can_be_undone(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_UTF8);

	(void)state;
	explorer_press(app, "t j Enter");
	explorer_check(app, "tagfocus=endpoint=^/sea", true);
	explorer_check(app, "2.59s of 18.48s (14.02%)", true);
	explorer_check(app, "/pack", false);
	explorer_press(app, "Backspace");
	explorer_check(app, "/pack", true);
	explorer_check(app, "tagfocus", false);
	explorer_press(app, "Enter u");
	explorer_check(app, "tagfocus", false);
	explorer_close(&explorer);
}

static void enter_on_a_key_groups_all_stacks_by_it(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_UTF8);
	const struct derived *shown = &app->session.shown;
	const struct label_key *key;

	(void)state;
	explorer_press(app, "t g Enter i t");
	explorer_check(app, "tagroot=endpoint", true);
	key = &shown->labels->keys[0];
	for (uint32_t v = 0; v < key->value_count; v++) {
		uint32_t child = call_tree_child(shown->tree, 0);

		while (child != NONE && strcmp(shown->view->node_names[shown->tree->node[child]],
					       key->values[v].text) != 0)
			child = call_tree_sibling(shown->tree, child);
		assert_int_not_equal(child, NONE);
		assert_int_equal(call_tree_total(shown->tree, child), key->values[v].sum);
	}
	explorer_press(app, "g Enter");
	explorer_check(app, "tagroot=", false);
	explorer_press(app, "u i");
	explorer_check(app, "tagroot=endpoint", true);
	explorer_press(app, ": tagroot= Enter");
	explorer_check(app, "tagroot=endpoint", false);
	explorer_press(app, ": tagroot=nothing Enter");
	explorer_check(app, "no sample has a label of tagroot", true);
	explorer_close(&explorer);
}

static void two_values_stand_side_by_side(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_UTF8);

	(void)state;
	explorer_press(app, "t j = j");
	explorer_check(app, "-1.33s against /search 2.59s", true);
	explorer_check(app, "+7.72s", true);
	explorer_press(app, "k =");
	explorer_check(app, "+7.72s", false);
	explorer_close(&explorer);
}

static void the_keys_of_filters_take_values(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 100,
					CHARSET_UTF8);
	const struct view_spec *spec = &app->session.settings.view;

	(void)state;
	explorer_press(app, "t x");
	assert_string_equal(view_spec_filter(spec, FILTER_TAGIGNORE), "endpoint=^/pack$");
	explorer_check(app, "/pack ", false);
	explorer_press(app, "g j x");
	assert_string_equal(view_spec_filter(spec, FILTER_TAGIGNORE), "endpoint=^/pack$|^/search$");
	explorer_check(app, "/search ", false);
	explorer_check(app, "/render", true);
	explorer_press(app, "G x");
	explorer_check(app, "tagignore is in use for another key", true);
	explorer_press(app, "f");
	assert_string_equal(view_spec_filter(spec, FILTER_TAGFOCUS), "tenant=^umbrella$");
	explorer_press(app, "u u u g x");
	explorer_check(app, "select a value, not its key", true);
	assert_string_equal(view_spec_filter(spec, FILTER_TAGIGNORE), "");
	assert_string_equal(view_spec_filter(spec, FILTER_FOCUS), "");
	explorer_close(&explorer);
}

static void two_values_are_compared_function_by_function(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_UTF8);

	(void)state;
	explorer_press(app, "t j D");
	explorer_check(app, "= marks one value", true);
	/* The marked one is the side before. */
	explorer_press(app, "= j D");
	explorer_check(app, "Before: endpoint=/search", true);
	explorer_check(app, "After: endpoint=/render", true);
	explorer_check(app, "2.59s      1.26s     -1.33s", true);
	explorer_press(app, "q j j j D");
	explorer_check(app, "= marks one value", true);
	explorer_close(&explorer);
}

static void another_unit_is_shown_at_once(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("edge/more_labels.pb.gz"), 24, 80,
					CHARSET_UTF8);

	(void)state;
	explorer_press(app, "t");
	explorer_check(app, "101kB", true);
	explorer_press(app, ": unit=B Enter");
	explorer_check(app, "103424B", true);
	explorer_check(app, "101kB", false);
	explorer_close(&explorer);
}

/* Labels that are frames are named anew; whoever looks at a function goes on looking at it. */
static void another_unit_keeps_the_place(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("edge/more_labels.pb.gz"), 24, 80,
					CHARSET_UTF8);
	const struct session *session = &app->session;
	char name[200];

	(void)state;
	explorer_press(app, ": tagroot=bytes Enter j j j j");
	snprintf(name, sizeof(name), "%s", session->shown.view->node_names[session->spot.node]);
	explorer_press(app, ": unit=B Enter");
	assert_string_equal(session->shown.view->node_names[session->spot.node], name);
	assert_int_not_equal(derived_find_node(&session->shown, "103424B", "", ""), NONE);
	assert_int_equal(derived_find_node(&session->shown, "101kB", "", ""), NONE);
	explorer_close(&explorer);
}

static void label_screens_look_as_they_did(void **state)
{
	static const struct explorer_picture pictures[] = {
		{.name = "labels_80x24",
		 .keys = "t = j j",
		 .rows = 24,
		 .columns = 80,
		 .file = "web_before.cpu.pb.gz",
		 .styles = true},
		{.name = "labels_120x40",
		 .keys = "t j",
		 .rows = 40,
		 .columns = 120,
		 .file = "edge/more_labels.pb.gz"},
		{.name = "labels_200x60",
		 .keys = "t g Enter j",
		 .rows = 60,
		 .columns = 200,
		 .file = "web_before.cpu.pb.gz"},
		{.name = "labels_ascii",
		 .keys = "t j =",
		 .rows = 16,
		 .columns = 50,
		 .file = "web_before.heap.pb.gz",
		 .ascii = true},
		{.name = "labels_none",
		 .keys = "t",
		 .rows = 16,
		 .columns = 80,
		 .file = "web_before.mutex.pb.gz"},
	};

	(void)state;
	explorer_check_pictures(pictures, COUNT(pictures), NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_value_has_the_numbers_of_the_tags_report),
		cmocka_unit_test(sums_are_those_of_the_json_report),
		cmocka_unit_test(the_expression_of_a_value_leaves_just_that),
		cmocka_unit_test(enter_focuses_on_a_value_and_can_be_undone),
		cmocka_unit_test(enter_on_a_key_groups_all_stacks_by_it),
		cmocka_unit_test(two_values_stand_side_by_side),
		cmocka_unit_test(the_keys_of_filters_take_values),
		cmocka_unit_test(two_values_are_compared_function_by_function),
		cmocka_unit_test(another_unit_is_shown_at_once),
		cmocka_unit_test(another_unit_keeps_the_place),
		cmocka_unit_test(label_screens_look_as_they_did),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
