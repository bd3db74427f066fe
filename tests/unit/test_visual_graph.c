/* SPDX-License-Identifier: MIT */
/* Graphs to draw: entropy, labels that count as nodes, redundant edges, call trees. */
#include "fixture.h"
#include "view/entropy.h"
#include "view/visual_graph.h"

struct scene {
	struct profile *profile;
	struct view *view;
	struct context_view *contexts;
	struct visual_graph visual;
};

static struct scene open_scene(const char *text, bool tree, int32_t node_count,
			       double node_fraction)
{
	struct scene scene = {.profile = fixture_profile(text)};
	struct trim_options trim = {
		.node_count = node_count, .node_fraction = node_fraction, .edges = true};

	scene.view = fixture_view(scene.profile, "");
	scene.contexts = tree ? context_view_build(scene.view) : NULL;
	visual_graph_build(scene.view, scene.contexts, &trim, "minimum", &scene.visual);
	return scene;
}

static void close_scene(struct scene *scene)
{
	visual_graph_clear(&scene->visual);
	context_view_free(scene->contexts);
	view_free(scene->view);
	profile_free(scene->profile);
}

/* The rows in order, then the edges in theirs, and that the graph is this one. */
static void check(const struct scene *scene, const char *rows, const char *edges)
{
	const struct call_graph *graph = scene->visual.trimmed.graph;
	const char **names = graph->view->node_names;
	struct text text = {0};

	for (uint32_t i = 0; i < graph->row_count; i++)
		text_printf(&text, "%s%s", i ? " " : "", names[graph->rows[i].node]);
	assert_string_equal(text_string(&text), rows);
	text_reset(&text);
	for (uint32_t i = 0; i < graph->row_count; i++) {
		node_id node = graph->rows[i].node;

		for (uint32_t k = graph->out_start[node]; k < graph->out_start[node + 1]; k++)
			text_printf(&text, "%s%s>%s %lld%s%s", text.length ? ", " : "", names[node],
				    names[graph->edges[k].callee],
				    (long long)graph->edges[k].weight,
				    graph->edges[k].residual ? " residual" : "",
				    graph->edges[k].inlined ? " inline" : "");
	}
	assert_string_equal(text_string(&text), edges);
	text_clear(&text);
}

static void scores_add_what_callers_and_callees_tell(void **state)
{
	struct scene scene = open_scene("a b c = 4\na b d = 4\na = 8\n", false, 0, 0);
	const struct call_graph *graph = scene.visual.trimmed.graph;

	(void)state;
	/* a: root 1, half its own and half a call 1, so 2 * 16 + 8; b: one caller 0, two callees 1. */
	check(&scene, "a b c d", "a>b 8, b>c 4, b>d 4");
	assert_int_equal(entropy_score(graph, &graph->rows[0]), 40);
	assert_int_equal(entropy_score(graph, &graph->rows[1]), 8);
	assert_int_equal(entropy_score(graph, &graph->rows[2]), 8);
	close_scene(&scene);
}

static void an_edge_without_weight_makes_the_score_the_last(void **state)
{
	struct scene scene = open_scene("a b c = 5\nd b c = -5\na b e = 1\na = 3\n", false, 0, 0);
	const struct call_graph *graph = scene.visual.trimmed.graph;

	(void)state;
	/* log2(0) times 0 is no number; pprof's conversion makes it the smallest there is. */
	assert_string_equal(graph->view->node_names[graph->rows[graph->row_count - 1].node], "b");
	close_scene(&scene);
}

static void nodes_that_pass_everything_on_go_first(void **state)
{
	struct scene scene =
		open_scene("root pass x = 3\nroot pass y = 4\nroot z = 2\n", false, 4, 0);

	(void)state;
	check(&scene, "root y pass x", "root>pass 7, pass>y 4, pass>x 3");
	close_scene(&scene);
	scene = open_scene("a b c d = 8\n", false, 2, 0);
	check(&scene, "d a", "a>d 8 residual");
	close_scene(&scene);
}

static void labels_count_as_nodes(void **state)
{
	static const char labelled[] = "a b = 8 k=1\na b = 7 k=2\na c = 1\n";
	struct scene scene = open_scene(labelled, false, 3, 0);
	const struct node_labels *labels = scene.visual.labels;
	node_id b = scene.visual.trimmed.graph->rows[0].node;

	(void)state;
	check(&scene, "b", "");
	assert_int_equal(labels->start[b + 1] - labels->start[b], 2);
	assert_string_equal(strings_text(&labels->strings, labels->labels[labels->start[b]].set),
			    "k:1");
	assert_int_equal(labels->labels[labels->start[b]].flat, 8);
	close_scene(&scene);
}

static void residual_edges_go_where_another_way_leads(void **state)
{
	/* Without x and y, a calls c only over what is gone; b is on the way already. */
	struct scene scene = open_scene("a b c = 100\na x y c = 1\na b = 50\n", false, 3, 0);

	(void)state;
	check(&scene, "c b a", "b>c 100, a>b 150");
	close_scene(&scene);
}

static void a_tree_has_a_node_for_each_way(void **state)
{
	struct scene scene = open_scene("a c d = 2\nb c d = 4\n", true, 0, 0);

	(void)state;
	check(&scene, "d b d a c c", "b>c 4, a>c 2, c>d 2, c>d 4");
	close_scene(&scene);
}

static void nodes_of_a_tree_that_weigh_nothing_still_join(void **state)
{
	struct scene scene = open_scene("a b = 4\na c = -4\n", true, 0, 0);

	(void)state;
	check(&scene, "b c", "");
	assert_int_equal(scene.visual.trimmed.graph->edge_count, 2);
	close_scene(&scene);
}

static void a_tree_closes_over_what_is_cut(void **state)
{
	struct scene scene = open_scene("a b c d = 8\na e = 4\n", true, 2, 0);

	(void)state;
	check(&scene, "d a", "a>d 8 residual");
	close_scene(&scene);
	scene = open_scene("a b c d = 80\na b e = 1\n", true, 0, 0.1);
	check(&scene, "d a b c", "a>b 81, b>c 80, c>d 80");
	close_scene(&scene);
}

static void an_edge_over_nodes_of_a_tree_is_inlined_if_all_are(void **state)
{
	struct scene scene = open_scene("a>b>c = 8\na = 9\n", true, 2, 0);

	(void)state;
	check(&scene, "a c", "a>c 8 residual inline");
	close_scene(&scene);
	scene = open_scene("a b>c = 8\na = 9\n", true, 2, 0);
	check(&scene, "a c", "a>c 8 residual");
	close_scene(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scores_add_what_callers_and_callees_tell),
		cmocka_unit_test(an_edge_without_weight_makes_the_score_the_last),
		cmocka_unit_test(nodes_that_pass_everything_on_go_first),
		cmocka_unit_test(labels_count_as_nodes),
		cmocka_unit_test(residual_edges_go_where_another_way_leads),
		cmocka_unit_test(a_tree_has_a_node_for_each_way),
		cmocka_unit_test(nodes_of_a_tree_that_weigh_nothing_still_join),
		cmocka_unit_test(a_tree_closes_over_what_is_cut),
		cmocka_unit_test(an_edge_over_nodes_of_a_tree_is_inlined_if_all_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
