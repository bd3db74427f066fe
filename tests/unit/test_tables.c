/* SPDX-License-Identifier: MIT */
/* The tables behind tags, list, folded and speedscope. */
#include "fixture.h"

#include "view/label_table.h"
#include "view/label_unit.h"
#include "view/line_table.h"
#include "view/stack_table.h"

static void labels_stand_by_key_and_cost(void **state)
{
	struct profile *profile = fixture_profile("types cpu/count\n"
						  "main = 1 b=x\n"
						  "main = 5 b=y a=z\n"
						  "main = 2 b=x b=w\n");
	struct view *view = fixture_view(profile, "");
	struct label_table *table = label_table_build(view, "minimum");

	(void)state;
	assert_int_equal(table->key_count, 2);
	assert_string_equal(table->keys[0].name, "a");
	assert_int_equal(table->keys[0].total, 5);
	assert_string_equal(table->keys[1].name, "b");
	assert_int_equal(table->keys[1].total, 10);
	assert_int_equal(table->keys[1].value_count, 3);
	assert_string_equal(table->keys[1].values[0].text, "y");
	assert_string_equal(table->keys[1].values[1].text, "x");
	assert_int_equal(table->keys[1].values[1].sum, 3);
	assert_string_equal(table->keys[1].values[2].text, "w");
	label_table_free(table);
	view_free(view);
	profile_free(profile);
}

static void numbers_that_read_the_same_are_one_value(void **state)
{
	struct profile *profile = fixture_profile("types cpu/count\n"
						  "main = 1 size:1024bytes\n"
						  "main = 2 size:1025bytes\n"
						  "main = 4 size:1100bytes\n");
	struct view *view = fixture_view(profile, "");
	struct label_table *table = label_table_build(view, "minimum");

	(void)state;
	assert_int_equal(table->key_count, 1);
	assert_int_equal(table->keys[0].value_count, 2);
	assert_string_equal(table->keys[0].values[0].text, "1.07kB");
	assert_string_equal(table->keys[0].values[1].text, "1kB");
	assert_int_equal(table->keys[0].values[1].sum, 3);
	label_table_free(table);
	view_free(view);
	profile_free(profile);
}

static void labels_of_several_units_are_noted(void **state)
{
	struct profile *profile = fixture_profile("main = 1 size:3kb time:1ms\n"
						  "main = 1 size:3zb time:1ms other:7\n"
						  "main = 1 size:3kb size:4mb size=text\n"
						  "main = 1 time:1s other:1b size:9mb\n");
	struct text notes = {0};

	(void)state;
	label_units_note_mixed(profile, &notes);
	assert_string_equal(text_string(&notes),
			    "For tag size used unit kb, also encountered unit(s) mb, zb\n"
			    "For tag time used unit ms, also encountered unit(s) s\n");
	text_clear(&notes);
	profile_free(profile);
	profile = fixture_profile("main = 1 size:3kb\nmain = 1 size:5\n");
	label_units_note_mixed(profile, &notes);
	assert_string_equal(text_string(&notes), "");
	profile_free(profile);
}

static void lines_of_a_function_are_a_group(void **state)
{
	struct profile *profile = fixture_profile("types cpu/count\n"
						  "main:40 run:12 = 1\n"
						  "main:40 run:3 = 2\n"
						  "main:41 run:12>copy:7 = 4\n");
	struct view *view = fixture_view(profile, "lines");
	struct line_table *table = line_table_build(view, NULL, false, false);
	const struct line_group *run;

	(void)state;
	assert_int_equal(table->group_count, 3);
	assert_string_equal(table->groups[0].function, "copy");
	run = &table->groups[2];
	assert_string_equal(run->function, "run");
	assert_string_equal(run->file, "run.c");
	assert_int_equal(run->flat, 3);
	assert_int_equal(run->cum, 7);
	assert_int_equal(run->first, 1);
	assert_int_equal(run->last, 17);
	assert_int_equal(run->line_count, 2);
	assert_int_equal(line_group_find(run, 12)->flat, 1);
	assert_int_equal(line_group_find(run, 12)->cum, 5);
	assert_null(line_group_find(run, 4));
	line_table_free(table);
	view_free(view);
	profile_free(profile);
}

/* run:3 calls run:12 calls run:3; the second sample has run twice on one line. */
static void recursion_counts_for_each_line_or_once(void **state)
{
	struct profile *profile = fixture_profile("types cpu/count\n"
						  "main:40 run:3 run:12 run:3 = 1\n"
						  "main:40 run:3>run:12 = 10\n"
						  "main:40 run:12 run:12 = 100\n");
	struct view *view = fixture_view(profile, "lines");
	static const int64_t sums[2] = {122, 111};

	(void)state;
	for (int once = 0; once < 2; once++) {
		struct line_table *table = line_table_build(view, NULL, false, once);
		const struct line_group *run = &table->groups[1];

		assert_string_equal(run->function, "run");
		assert_int_equal(run->cum, sums[once]);
		assert_int_equal(run->flat, 111);
		assert_int_equal(line_group_find(run, 3)->cum, 11);
		assert_int_equal(line_group_find(run, 12)->cum, 111);
		assert_int_equal(table->groups[0].cum, 111);
		line_table_free(table);
	}
	view_free(view);
	profile_free(profile);
}

static void only_functions_that_match_have_lines(void **state)
{
	struct profile *profile = fixture_profile("types cpu/count\nmain:4 run:12 = 1\n");
	struct view *view = fixture_view(profile, "lines");
	struct error error;
	struct pattern *pattern = pattern_new("^r", false, &error);
	struct line_table *table = line_table_build(view, pattern, false, false);

	(void)state;
	assert_int_equal(table->group_count, 1);
	assert_string_equal(table->groups[0].function, "run");
	line_table_free(table);
	pattern_free(pattern);
	view_free(view);
	profile_free(profile);
}

static void equal_stacks_are_one_row(void **state)
{
	struct profile *profile = fixture_profile("types cpu/count\n"
						  "main:1 run = 1\n"
						  "main = 2 key=x\n"
						  "main:2 run = 4\n");
	struct view *view = fixture_view(profile, "");
	struct stack_table *table = stack_table_build(view);

	(void)state;
	assert_int_equal(table->row_count, 2);
	assert_int_equal(table->rows[0].value, 5);
	assert_int_equal(table->rows[0].node_count, 2);
	assert_string_equal(view->node_names[table->rows[0].nodes[0]], "main");
	assert_int_equal(table->rows[1].value, 2);
	assert_false(table->has_base);
	stack_table_free(table);
	view_free(view);
	profile_free(profile);
}

static void samples_of_a_diff_base_are_summed_apart(void **state)
{
	struct profile *profile = fixture_profile("types cpu/count\n"
						  "main run = 7\n"
						  "main run = -5 pprof::base=true\n");
	struct view *view = fixture_view(profile, "");
	struct stack_table *table = stack_table_build(view);

	(void)state;
	assert_true(table->has_base);
	assert_int_equal(table->row_count, 1);
	assert_int_equal(table->rows[0].value, 2);
	assert_int_equal(table->rows[0].base, -5);
	stack_table_free(table);
	view_free(view);
	profile_free(profile);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_stand_by_key_and_cost),
		cmocka_unit_test(numbers_that_read_the_same_are_one_value),
		cmocka_unit_test(labels_of_several_units_are_noted),
		cmocka_unit_test(lines_of_a_function_are_a_group),
		cmocka_unit_test(recursion_counts_for_each_line_or_once),
		cmocka_unit_test(only_functions_that_match_have_lines),
		cmocka_unit_test(equal_stacks_are_one_row),
		cmocka_unit_test(samples_of_a_diff_base_are_summed_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
