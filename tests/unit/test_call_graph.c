/* SPDX-License-Identifier: MIT */
/* Who calls whom: edges, residual edges, inline flags, and what trimming loses. */
#include "base/alloc.h"
#include "base/bitset.h"
#include "reference.h"
#include "view/trim.h"

/* A profile, its view and the graph of the nodes whose names match. */
struct scene {
	struct profile *profile;
	struct view *view;
	struct function_table *table;
	struct call_graph *graph;
};

static bool is_named(const char *names, const char *name)
{
	size_t length = strlen(name);

	for (const char *at = names; (at = strstr(at, name)); at++)
		if ((at == names || at[-1] == ' ') && (at[length] == '\0' || at[length] == ' '))
			return true;
	return false;
}

/* kept: names separated by blanks, NULL for all. */
static struct scene open_scene(const char *text, const char *choices, const char *kept)
{
	struct scene scene = {.profile = fixture_profile(text)};
	uint64_t set[2] = {0};
	uint32_t count = 0;

	scene.view = fixture_view(scene.profile, choices);
	scene.table = function_table_build(scene.view);
	for (uint32_t i = 0; i < scene.table->row_count; i++) {
		struct function_row row = scene.table->rows[i];

		if (kept && !is_named(kept, scene.view->node_names[row.node]))
			continue;
		bitset_add(set, row.node);
		scene.table->rows[count++] = row;
	}
	scene.graph = call_graph_build(scene.view, scene.table->rows, count, kept ? set : NULL);
	return scene;
}

static void close_scene(struct scene *scene)
{
	call_graph_free(scene->graph);
	function_table_free(scene->table);
	view_free(scene->view);
	profile_free(scene->profile);
}

/* "a>b 5" for each edge, with " residual" and " inline", by caller in the order of the rows. */
static char *print_edges(const struct call_graph *graph)
{
	struct text text = {0};

	text_add(&text, "", 0);
	for (uint32_t i = 0; i < graph->row_count; i++) {
		node_id node = graph->rows[i].node;

		for (uint32_t k = graph->out_start[node]; k < graph->out_start[node + 1]; k++) {
			const struct call_edge *edge = &graph->edges[k];

			assert_int_equal(edge->caller, node);
			text_printf(&text, "%s>%s %lld%s%s\n", graph->view->node_names[node],
				    graph->view->node_names[edge->callee], (long long)edge->weight,
				    edge->residual ? " residual" : "",
				    edge->inlined ? " inline" : "");
		}
	}
	return text.bytes;
}

static void check_edges(const char *text, const char *choices, const char *kept, const char *want)
{
	struct scene scene = open_scene(text, choices, kept);
	char *got = print_edges(scene.graph);

	assert_string_equal(got, want);
	free(got);
	close_scene(&scene);
}

static void an_edge_has_the_weight_of_the_samples_that_pass_it(void **state)
{
	(void)state;
	check_edges("main a b = 5\nmain a = 2\nmain b = 1\n", "", NULL,
		    "a>b 5\nmain>a 7\nmain>b 1\n");
}

static void recursion_makes_no_edge_to_itself_and_counts_an_edge_once(void **state)
{
	(void)state;
	check_edges("main f f f = 5\n", "", NULL, "main>f 5\n");
	check_edges("main f g f g = 5\n", "", NULL, "g>f 5\nf>g 5\nmain>f 5\n");
}

static void edges_of_a_node_stand_by_weight_then_name(void **state)
{
	(void)state;
	check_edges("m c = 2\nm b = 2\nm a = 1\nm d = 9\n", "", NULL,
		    "m>d 9\nm>b 2\nm>c 2\nm>a 1\n");
}

static void edges_into_a_node_are_listed_in_the_same_order(void **state)
{
	struct scene scene = open_scene("c x = 2\nb x = 2\na x = 1\nd x = -9\n", "", NULL);
	const struct call_graph *graph = scene.graph;
	struct text callers = {0};

	(void)state;
	for (uint32_t i = 0; i < graph->row_count; i++) {
		node_id node = graph->rows[i].node;

		for (uint32_t k = graph->in_start[node]; k < graph->in_start[node + 1]; k++) {
			const struct call_edge *edge = &graph->edges[graph->in_edges[k]];

			assert_int_equal(edge->callee, node);
			text_printf(&callers, "%s ", scene.view->node_names[edge->caller]);
		}
	}
	assert_string_equal(text_string(&callers), "d b c a ");
	text_clear(&callers);
	close_scene(&scene);
}

static void an_edge_over_dropped_nodes_is_residual(void **state)
{
	(void)state;
	check_edges("main a b c = 5\n", "", "main c", "main>c 5 residual\n");
	check_edges("main a c = 5\nmain c = 1\n", "", "main c", "main>c 6 residual\n");
	check_edges("main a main c = 5\n", "", "main c", "main>c 5\n");
	check_edges("a main c = 5\n", "", "main c", "main>c 5\n");
}

static void the_flat_of_a_dropped_leaf_is_lost(void **state)
{
	struct scene scene = open_scene("main a b = 5\nmain = 1\n", "", "main a");
	int64_t flat = 0;

	(void)state;
	for (uint32_t i = 0; i < scene.graph->row_count; i++)
		flat += scene.graph->rows[i].flat;
	assert_int_equal(flat, 1);
	close_scene(&scene);
}

static void an_edge_is_inlined_if_every_call_was(void **state)
{
	(void)state;
	check_edges("main>a b>c = 5\n", "", NULL, "a>b 5\nb>c 5 inline\nmain>a 5 inline\n");
	check_edges("main a>b = 5\nmain a b = 1\n", "", NULL, "a>b 6\nmain>a 6\n");
	check_edges("main a>b = 5\n", "noinlines", NULL, "main>a 5\n");
	/* What hide takes out makes the next line the outermost. */
	check_edges("main a>b>c = 5\n", "hide=a.c", NULL, "b>c 5 inline\nmain>b 5\n");
}

static void the_inline_label_tells_whether_all_calls_were_inlined(void **state)
{
	struct scene scene = open_scene("main a>b c>d = 5\nx d = 1\n", "", NULL);
	struct text labels = {0};

	(void)state;
	for (uint32_t i = 0; i < scene.graph->row_count; i++) {
		node_id node = scene.graph->rows[i].node;

		text_printf(&labels, "%s%s ", scene.view->node_names[node],
			    call_graph_inline_label(scene.graph, node));
	}
	assert_string_equal(text_string(&labels), "d(partial-inline) a b(inline) c main x ");
	text_clear(&labels);
	close_scene(&scene);
}

static void empty_stacks_and_zeros_make_no_edge(void **state)
{
	(void)state;
	check_edges("= 5\nmain = 1\nmain a = 0\nb c = 3\n", "", NULL, "b>c 3\n");
}

static void negative_weights_stay_and_sort_by_size(void **state)
{
	(void)state;
	check_edges("main a = -5\nmain b = 3\nmain c = 7\n", "", NULL,
		    "main>c 7\nmain>a -5\nmain>b 3\n");
}

static void mean_keeps_the_divisor_of_each_edge(void **state)
{
	struct scene scene =
		open_scene("types n/count t/ns\nmain a = 2 10\nmain a = 3 7\n", "mean", NULL);

	(void)state;
	assert_int_equal(scene.graph->edge_count, 1);
	assert_int_equal(scene.graph->edges[0].weight, 17);
	assert_int_equal(scene.graph->edges[0].divisor, 5);
	close_scene(&scene);
}

static void trimming_edges_spares_the_heavy_ones(void **state)
{
	struct scene scene = open_scene("main a = 5\nmain b = 3\nmain c = -4\n", "", NULL);
	char *left;

	(void)state;
	assert_int_equal(call_graph_trim_edges(scene.graph, 4), 1);
	left = print_edges(scene.graph);
	assert_string_equal(left, "main>a 5\nmain>c -4\n");
	assert_int_equal(call_graph_trim_edges(scene.graph, 0), 0);
	free(left);
	close_scene(&scene);
}

/* What trimming leaves: names in order, then the counts. */
static void check_trim(const char *text, struct trim_options trim, const char *want)
{
	struct profile *profile = fixture_profile(text);
	struct view *view = fixture_view(profile, "");
	struct trimmed_graph trimmed;
	struct text got = {0};

	trim.edges = true;
	trim_graph(view, &trim, &trimmed);
	for (uint32_t i = 0; i < trimmed.graph->row_count; i++)
		text_printf(&got, "%s ", view->node_names[trimmed.graph->rows[i].node]);
	text_printf(&got, "of %u -%u nodes -%u edges", trimmed.original_count,
		    trimmed.dropped_nodes, trimmed.dropped_edges);
	assert_string_equal(got.bytes, want);
	text_clear(&got);
	call_graph_free(trimmed.graph);
	view_free(view);
	profile_free(profile);
}

static void light_nodes_go_first_then_all_but_the_heaviest(void **state)
{
	static const char text[] = "main a = 50\nmain b = 40\nmain c = 9\nmain d = 1\n";

	(void)state;
	check_trim(text, (struct trim_options){0}, "a b c d main of 5 -0 nodes -0 edges");
	check_trim(text, (struct trim_options){.node_fraction = 0.09},
		   "a b c main of 4 -1 nodes -0 edges");
	check_trim(text, (struct trim_options){.node_fraction = 0.1, .cum = true},
		   "main a b of 3 -2 nodes -0 edges");
	check_trim(text, (struct trim_options){.node_fraction = 0.05, .node_count = 2},
		   "a b of 4 -1 nodes -0 edges");
	check_trim(text, (struct trim_options){.edge_fraction = 0.1},
		   "a b c d main of 5 -0 nodes -2 edges");
	check_trim(text, (struct trim_options){.node_fraction = 2}, "of 0 -5 nodes -0 edges");
}

static void negative_nodes_can_be_left_out(void **state)
{
	(void)state;
	check_trim("main a = 5\nmain b = -9\nx = -1\nx y = 1\n",
		   (struct trim_options){.drop_negative = true}, "a y of 2 -0 nodes -0 edges");
}

static void check_graph(const struct view *view, const bool *kept, const uint64_t *set)
{
	static struct reference reference;
	struct function_table *table = function_table_build(view);
	struct call_graph *graph = call_graph_build(view, table->rows, table->row_count, set);
	uint32_t edges = 0;

	reference_build(&reference, view, kept);
	for (node_id a = 0; a < view->node_count; a++)
		for (node_id b = 0; b < view->node_count; b++)
			edges += reference.edges[a][b].exists;
	assert_int_equal(graph->edge_count, edges);
	assert_int_equal(graph->out_start[view->node_count], edges);
	assert_int_equal(graph->in_start[view->node_count], edges);
	for (uint32_t i = 0; i < edges; i++) {
		const struct call_edge *edge = &graph->edges[i];
		const struct reference_edge *want = &reference.edges[edge->caller][edge->callee];

		assert_true(want->exists);
		assert_int_equal(edge->weight, want->weight);
		assert_int_equal(edge->divisor, want->divisor);
		assert_int_equal(edge->residual, want->residual);
		assert_int_equal(edge->inlined, !want->called);
	}
	call_graph_free(graph);
	function_table_free(table);
}

static void graphs_of_random_profiles_agree_with_the_reference(void **state)
{
	static const char *const choices[] = {"",
					      "lines",
					      "addresses",
					      "files",
					      "mean",
					      "noinlines",
					      "hide=f1",
					      "show_from=f[2-9] mean",
					      "show=f prune_from=f1"};
	struct random random = {fixture_seed()};

	(void)state;
	for (int i = 0; i < 400; i++) {
		struct random_shape shape = {.functions = 8,
					     .locations = 12,
					     .samples = random_below(&random, 40),
					     .depth = 10,
					     .hostile = random_below(&random, 2)};
		struct profile *profile = fixture_random(&random, &shape);
		struct view *view = fixture_view(profile, choices[random_below(&random, 9)]);
		bool kept[REFERENCE_NODES] = {false};
		uint64_t set[REFERENCE_NODES / 64] = {0};

		check_graph(view, NULL, NULL);
		for (node_id node = 0; node < view->node_count; node++)
			if ((kept[node] = random_below(&random, 2)))
				bitset_add(set, node);
		check_graph(view, kept, set);
		view_free(view);
		profile_free(profile);
	}
}

/* More than a million steps, recursion, and values near the end of the range. */
static void a_big_graph_of_big_values_loses_no_edge(void **state)
{
	struct builder *builder = builder_new();
	location_id *stack = alloc_zero(10000, sizeof(*stack));
	int64_t value = (INT64_MAX / 1024 - 1) / 110;
	struct trim_options trim = {.edge_fraction = 0.001, .edges = true};
	struct trimmed_graph trimmed;
	struct profile *profile;
	struct view *view;
	struct error error;

	(void)state;
	builder_type(builder, 0, 0);
	for (uint32_t i = 0; i < 2; i++) {
		struct line line = {i, 0, 0};

		builder_function(builder,
				 &(struct function){.id = i + 1,
						    .name = builder_text(builder, i ? "a" : "b")});
		builder_location(builder, &(struct location){.id = i + 1, .mapping = NONE}, &line,
				 1);
	}
	for (uint32_t i = 0; i < 10000; i++)
		stack[i] = i % 2;
	for (uint32_t i = 0; i < 110; i++)
		builder_sample(builder, stack, 10000, &value, 1, NULL, 0);
	free(stack);
	profile = builder_finish(builder, &error);
	view = fixture_view(profile, "");
	trim_graph(view, &trim, &trimmed);
	assert_int_equal(trimmed.graph->edge_count, 2);
	assert_int_equal(trimmed.graph->edges[0].weight, value * 110);
	call_graph_free(trimmed.graph);
	view_free(view);
	profile_free(profile);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_edge_has_the_weight_of_the_samples_that_pass_it),
		cmocka_unit_test(recursion_makes_no_edge_to_itself_and_counts_an_edge_once),
		cmocka_unit_test(edges_of_a_node_stand_by_weight_then_name),
		cmocka_unit_test(edges_into_a_node_are_listed_in_the_same_order),
		cmocka_unit_test(an_edge_over_dropped_nodes_is_residual),
		cmocka_unit_test(the_flat_of_a_dropped_leaf_is_lost),
		cmocka_unit_test(an_edge_is_inlined_if_every_call_was),
		cmocka_unit_test(the_inline_label_tells_whether_all_calls_were_inlined),
		cmocka_unit_test(empty_stacks_and_zeros_make_no_edge),
		cmocka_unit_test(negative_weights_stay_and_sort_by_size),
		cmocka_unit_test(mean_keeps_the_divisor_of_each_edge),
		cmocka_unit_test(trimming_edges_spares_the_heavy_ones),
		cmocka_unit_test(light_nodes_go_first_then_all_but_the_heaviest),
		cmocka_unit_test(negative_nodes_can_be_left_out),
		cmocka_unit_test(graphs_of_random_profiles_agree_with_the_reference),
		cmocka_unit_test(a_big_graph_of_big_values_loses_no_edge),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
