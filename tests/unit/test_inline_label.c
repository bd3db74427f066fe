/* SPDX-License-Identifier: MIT */
/* The labels of -top, held against the edges of a call graph. */
#include "base/array.h"
#include "view/inline_label.h"

#include <stdio.h>

#include "base/alloc.h"
#include "fixture.h"
#include "view/call_graph.h"

struct cut {
	uint32_t drop;      /* one node in so many is dropped; 0: none */
	uint32_t per_mille; /* of the total: the cutoff of edges */
};

/* Compares the label of every row that is kept; returns how many are not empty. */
static uint32_t check_labels(struct random *random, const struct view *view, struct cut cut)
{
	struct function_table *table = function_table_build(view);
	uint64_t *kept = alloc_zero(bitset_words(view->node_count) + 1, sizeof(*kept));
	const char **label = alloc_zero(table->row_count + 1, sizeof(*label));
	int64_t cutoff = wrap_absolute(view->total / 1000 * cut.per_mille);
	struct call_graph *graph;
	uint32_t count = 0, labelled = 0;

	for (uint32_t i = 0; i < table->row_count; i++) {
		if (cut.drop && !random_below(random, cut.drop))
			continue;
		bitset_add(kept, table->rows[i].node);
		table->rows[count++] = table->rows[i];
	}
	graph = call_graph_build(view, table->rows, count, cut.drop ? kept : NULL);
	call_graph_trim_edges(graph, cutoff);
	inline_label_build(view, table, count, cut.drop ? kept : NULL, cutoff, label);
	for (uint32_t i = 0; i < count; i++) {
		assert_string_equal(label[i], call_graph_inline_label(graph, table->rows[i].node));
		labelled += *label[i] != '\0';
	}
	call_graph_free(graph);
	function_table_free(table);
	free(label);
	free(kept);
	return labelled;
}

static uint32_t check_profile(struct random *random, const struct profile *profile,
			      const char *choices)
{
	static const struct cut cuts[] = {{0, 0}, {0, 1},  {0, 20}, {2, 0},
					  {2, 1}, {3, 20}, {20, 5}};
	struct view *view = fixture_view(profile, choices);
	uint32_t labelled = 0;

	for (size_t i = 0; i < COUNT(cuts); i++)
		labelled += check_labels(random, view, cuts[i]);
	view_free(view);
	return labelled;
}

static const char *label_of(const char *text, const char *name, int64_t cutoff)
{
	struct profile *profile = fixture_profile(text);
	struct view *view = fixture_view(profile, "");
	struct function_table *table = function_table_build(view);
	const char *label[16], *found = NULL;

	assert_in_range(table->row_count, 1, 16);
	inline_label_build(view, table, table->row_count, NULL, cutoff, label);
	for (uint32_t i = 0; i < table->row_count; i++)
		if (strcmp(view->node_names[table->rows[i].node], name) == 0)
			found = label[i];
	function_table_free(table);
	view_free(view);
	profile_free(profile);
	assert_non_null(found);
	return found;
}

static void a_function_inlined_into_all_its_callers_is_inline(void **state)
{
	(void)state;
	assert_string_equal(label_of("main>copy = 1\nmain run>copy = 1", "copy", 0), "(inline)");
	assert_string_equal(label_of("main>copy = 1\nmain run>copy = 1", "main", 0), "");
	assert_string_equal(label_of("main>copy = 1\nmain run>copy = 1", "run", 0), "");
}

static void a_function_also_called_by_another_is_partially_inline(void **state)
{
	(void)state;
	assert_string_equal(label_of("main>copy = 1\nrun copy = 1", "copy", 0), "(partial-inline)");
}

static void one_plain_call_makes_an_edge_plain(void **state)
{
	(void)state;
	assert_string_equal(label_of("main>copy = 1\nmain copy = 1", "copy", 0), "");
}

static void only_the_first_call_in_a_sample_decides(void **state)
{
	(void)state;
	assert_string_equal(label_of("main>copy main copy = 1", "copy", 0), "(inline)");
}

static void edges_below_the_cutoff_do_not_count(void **state)
{
	(void)state;
	assert_string_equal(label_of("main>copy = 9\nrun copy = 1", "copy", 2), "(inline)");
	assert_string_equal(label_of("main>copy = 1\nrun copy = 9", "copy", 2), "");
}

static void labels_of_a_real_profile_are_those_of_its_graph(void **state)
{
	struct random random = {fixture_seed()};
	struct profile *profile = fixture_load("web_before.cpu.pb.gz");

	(void)state;
	check_profile(&random, profile, "");
	check_profile(&random, profile, "lines");
	check_profile(&random, profile, "focus=runtime hide=mallocgc");
	profile_free(profile);
}

static void labels_of_random_profiles_are_those_of_their_graphs(void **state)
{
	struct random random = {fixture_seed()};

	(void)state;
	for (uint32_t i = 0; i < 200; i++) {
		struct random_shape shape = {
			1 + random_below(&random, 30), 2 + random_below(&random, 60),
			random_below(&random, 200), 1 + random_below(&random, 12), i % 2};
		struct profile *profile = fixture_random(&random, &shape);

		check_profile(&random, profile, i % 3 ? "" : "mean");
		check_profile(&random, profile, "lines hide=f1");
		profile_free(profile);
	}
}

/* Location i is function i, 2i function i inlined into another, 3i into yet another. */
static void add_functions(struct builder *builder, uint32_t count)
{
	char name[16];

	for (uint32_t i = 0; i < count; i++) {
		snprintf(name, sizeof(name), "f%u", i);
		builder_function(builder, &(struct function){.id = i + 1,
							     .name = builder_text(builder, name)});
	}
	for (uint32_t i = 0; i < 3 * count; i++) {
		uint32_t caller = i < 2 * count ? i * 7 % count : i * 11 % count;
		struct line lines[] = {
			{i % count, 1, 0}, {caller, 2, 0}, {(caller + 1) % count, 3, 0}};

		builder_location(builder, &(struct location){.id = i + 1, .mapping = NONE}, lines,
				 i < count ? 1 : 2 + i % 2);
	}
}

/* Few functions are in most samples; some are nearly always inlined. */
static location_id random_location(struct random *random, uint32_t count)
{
	uint32_t function = random_below(random, random_below(random, count) + 1);
	uint32_t kind = random_below(random, 3);

	if (function % 3 == 0 && kind == 0 && random_below(random, 1000))
		kind = 1;
	return function + kind * count;
}

static struct profile *big_profile(struct random *random, bool negative)
{
	struct builder *builder = builder_new();
	location_id stack[40];
	struct error error;

	builder_type(builder, builder_text(builder, "cpu"), builder_text(builder, "nanoseconds"));
	add_functions(builder, 400);
	for (uint32_t i = 0; i < 60000; i++) {
		int64_t value = (int64_t)random_below(random, 100) - (negative ? 20 : 0);
		uint32_t depth = random_below(random, 41);

		for (uint32_t k = 0; k < depth; k++)
			stack[k] = random_location(random, 400);
		builder_sample(builder, stack, depth, &value, 1, NULL, 0);
	}
	return builder_finish(builder, &error);
}

/* Enough nodes for the first walk that finds what is hot, enough steps for threads. */
static void labels_of_big_profiles_are_those_of_their_graphs(void **state)
{
	struct random random = {fixture_seed()};

	(void)state;
	for (uint32_t i = 0; i < 2; i++) {
		struct profile *profile = big_profile(&random, i);

		assert_true(check_profile(&random, profile, "") > 500);
		profile_free(profile);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_function_inlined_into_all_its_callers_is_inline),
		cmocka_unit_test(a_function_also_called_by_another_is_partially_inline),
		cmocka_unit_test(one_plain_call_makes_an_edge_plain),
		cmocka_unit_test(only_the_first_call_in_a_sample_decides),
		cmocka_unit_test(edges_below_the_cutoff_do_not_count),
		cmocka_unit_test(labels_of_a_real_profile_are_those_of_its_graph),
		cmocka_unit_test(labels_of_random_profiles_are_those_of_their_graphs),
		cmocka_unit_test(labels_of_big_profiles_are_those_of_their_graphs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
