/* SPDX-License-Identifier: MIT */
/* Callers and callees of one function: each stack once, at the outermost occurrence. */
#include <inttypes.h>
#include <stdio.h>

#include "fixture.h"
#include "base/array.h"
#include "view/call_tree.h"
#include "view/function_table.h"

struct sandwich {
	struct call_tree *callers, *callees;
};

static struct sandwich build(const struct view *view, node_id node)
{
	struct sandwich sandwich;
	struct error error;

	sandwich.callers = call_tree_build(view, (struct path_part){node, true}, &error);
	sandwich.callees = call_tree_build(view, (struct path_part){node, false}, &error);
	assert_non_null(sandwich.callers);
	assert_non_null(sandwich.callees);
	return sandwich;
}

static void clear(struct sandwich *sandwich)
{
	call_tree_free(sandwich->callers);
	call_tree_free(sandwich->callees);
}

/* "name total self" of each frame but the root, indented by depth. */
static char *print_tree(const struct view *view, const struct call_tree *tree)
{
	struct text text = {0};

	for (uint32_t i = 0; i < tree->count; i++)
		text_printf(&text, "%*s%s %" PRId64 " %" PRId64 "\n", (int)call_tree_depth(tree, i),
			    "", i ? view->node_names[tree->node[i]] : "*", call_tree_total(tree, i),
			    call_tree_self(tree, i));
	text_add(&text, "", 0);
	return text.bytes;
}

static node_id find_node(const struct view *view, const char *name)
{
	for (node_id i = 0; i < view->node_count; i++)
		if (!strcmp(view->node_names[i], name))
			return i;
	return NONE;
}

static void check(const char *profile_text, const char *name, const char *callers,
		  const char *callees)
{
	struct profile *profile = fixture_profile(profile_text);
	struct view *view = fixture_view(profile, "");
	struct sandwich sandwich;
	char *got;

	sandwich = build(view, find_node(view, name));
	got = print_tree(view, sandwich.callers);
	assert_string_equal(got, callers);
	free(got);
	got = print_tree(view, sandwich.callees);
	assert_string_equal(got, callees);
	free(got);
	clear(&sandwich);
	view_free(view);
	profile_free(profile);
}

static void occurrences_are_merged(void **state)
{
	(void)state;
	check("types n/count\n"
	      "main a f x = 3\n"
	      "main f y = 5\n"
	      "main f = 2\n"
	      "other = 9\n",
	      "f", "* 10 0\n main 7 7\n a 3 0\n  main 3 3\n", "* 10 2\n y 5 5\n x 3 3\n");
}

static void recursion_counts_once(void **state)
{
	(void)state;
	check("types n/count\n"
	      "main f g f x = 3\n"
	      "f f f = 4\n",
	      "f", "* 7 4\n main 3 3\n", "* 7 0\n f 4 0\n  f 4 4\n g 3 0\n  f 3 0\n   x 3 3\n");
}

/* The frames of a tree as "path weight" lines, for those with a weight of their own. */
static void add_path(struct text *text, const struct view *view, const struct call_tree *tree,
		     uint32_t i)
{
	for (; i; i = call_tree_parent(tree, i))
		text_printf(text, "%s<", view->node_names[tree->node[i]]);
}

struct weight {
	char *path;
	int64_t sum;
};

static void add_weight(struct weight *weights, size_t *count, char *path, int64_t value)
{
	for (size_t i = 0; i < *count; i++) {
		if (!strcmp(weights[i].path, path)) {
			weights[i].sum += value;
			free(path);
			return;
		}
	}
	weights[(*count)++] = (struct weight){path, value};
}

/* All frames of a tree against the weights of paths; each path must be there with its sum. */
static void compare(const struct view *view, const struct call_tree *tree, struct weight *weights,
		    size_t count)
{
	size_t found = 0, wanted = 0;

	for (size_t i = 0; i < count; i++)
		wanted += weights[i].sum != 0;
	for (uint32_t i = 0; i < tree->count; i++) {
		struct text path = {0};

		if (!call_tree_self(tree, i))
			continue;
		add_path(&path, view, tree, i);
		for (size_t k = 0; k < count; k++) {
			if (strcmp(weights[k].path, text_string(&path)) != 0)
				continue;
			assert_int_equal(weights[k].sum, call_tree_self(tree, i));
			found++;
		}
		text_clear(&path);
	}
	assert_int_equal(found, wanted);
	for (size_t i = 0; i < count; i++)
		free(weights[i].path);
}

/* The same worked out from each sample alone. */
static void check_node(const struct profile *profile, const struct view *view, node_id node)
{
	struct sandwich sandwich = build(view, node);
	struct weight *callers = calloc(profile->sample_count, sizeof(*callers));
	struct weight *callees = calloc(profile->sample_count, sizeof(*callees));
	struct reference_frame frames[256];
	size_t caller_count = 0, callee_count = 0;

	for (uint32_t i = 0; i < profile->sample_count; i++) {
		int count = reference_path(profile, &view->spec, i, frames, 256), at = 0;
		struct text above = {0}, below = {0};

		while (at < count && view->frame_node[frames[at].frame] != node)
			at++;
		if (count < 0 || at == count)
			continue;
		/* From the end of the path in both trees, as add_path walks. */
		for (int k = 0; k < at; k++)
			text_printf(&above, "%s<",
				    view->node_names[view->frame_node[frames[k].frame]]);
		for (int k = count; k-- > at + 1;)
			text_printf(&below, "%s<",
				    view->node_names[view->frame_node[frames[k].frame]]);
		text_add(&above, "", 0);
		text_add(&below, "", 0);
		add_weight(callers, &caller_count, above.bytes, view->values[i]);
		add_weight(callees, &callee_count, below.bytes, view->values[i]);
	}
	compare(view, sandwich.callers, callers, caller_count);
	compare(view, sandwich.callees, callees, callee_count);
	free(callers);
	free(callees);
	clear(&sandwich);
}

static void random_sandwiches_equal_the_reference(void **state)
{
	struct random random = {fixture_seed()};

	(void)state;
	for (int round = 0; round < 30; round++) {
		struct random_shape shape = {.functions = 1 + random_below(&random, 8),
					     .locations = 1 + random_below(&random, 12),
					     .samples = 1 + random_below(&random, 40),
					     .depth = 1 + random_below(&random, 12)};
		struct profile *profile = fixture_random(&random, &shape);
		struct view *view = fixture_view(profile, "");

		for (node_id node = 0; node < view->node_count; node++)
			check_node(profile, view, node);
		view_free(view);
		profile_free(profile);
	}
}

/* Both roots have the cum of the table, and widths of children never exceed their parent's. */
static void roots_have_the_cum_of_the_top_report(void **state)
{
	static const char *const files[] = {"web_before.cpu.pb.gz", "node.wall.pb.gz",
					    "leak_t130s.pb.gz"};

	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		struct profile *profile = fixture_load(files[i]);
		struct view *view = fixture_view(profile, "");
		struct function_table *table = function_table_build(view);

		for (uint32_t row = 0; row < table->row_count; row++) {
			struct sandwich sandwich = build(view, table->rows[row].node);

			assert_int_equal(call_tree_total(sandwich.callers, 0),
					 table->rows[row].cum);
			assert_int_equal(call_tree_total(sandwich.callees, 0),
					 table->rows[row].cum);
			assert_int_equal(call_tree_width(sandwich.callers, 0),
					 table->rows[row].cum);
			assert_int_equal(call_tree_width(sandwich.callees, 0),
					 table->rows[row].cum);
			clear(&sandwich);
		}
		function_table_free(table);
		view_free(view);
		profile_free(profile);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(occurrences_are_merged),
		cmocka_unit_test(recursion_counts_once),
		cmocka_unit_test(random_sandwiches_equal_the_reference),
		cmocka_unit_test(roots_have_the_cum_of_the_top_report),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
