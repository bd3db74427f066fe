/* SPDX-License-Identifier: MIT */
/* Paths without recursion: trees of them against paths collapsed one by one. */
#include <inttypes.h>

#include "fixture.h"
#include "view/call_tree.h"
#include "view/collapsed_view.h"

static char *print_tree(const struct view *view, bool reversed)
{
	struct collapsed_view collapsed;
	struct call_tree *tree;
	struct text text = {0};

	collapsed_view_init(&collapsed, view);
	tree = call_tree_build(&collapsed.view, (struct path_part){NONE, reversed},
			       &(struct error){.at = 0});
	collapsed_view_clear(&collapsed);
	assert_non_null(tree);
	for (uint32_t i = 0; i < tree->count; i++)
		text_printf(&text, "%*s%s %" PRId64 " %" PRId64 "\n", (int)call_tree_depth(tree, i),
			    "", i ? view->node_names[tree->node[i]] : "*", call_tree_total(tree, i),
			    call_tree_self(tree, i));
	call_tree_free(tree);
	return text.bytes;
}

static void check(const char *stacks, const char *choices, bool reversed, const char *want)
{
	struct profile *profile = fixture_profile(stacks);
	struct view *view = fixture_view(profile, choices);
	char *got = print_tree(view, reversed);

	assert_string_equal(got, want);
	free(got);
	view_free(view);
	profile_free(profile);
}

static void recursion_becomes_one_frame(void **state)
{
	static const char stacks[] = "types n/count\n"
				     "a a b a = 2\n"
				     "a b b b = 3\n"
				     "a a = 4\n";

	(void)state;
	check(stacks, "", false, "* 9 0\n a 9 4\n  b 5 3\n   a 2 2\n");
	check(stacks, "", true, "* 9 0\n a 6 4\n  b 2 0\n   a 2 2\n b 3 0\n  a 3 3\n");
	/* What stands between is hidden: then it is recursion. */
	check(stacks, "hide=^b$", false, "* 9 0\n a 9 9\n");
}

static void inlined_calls_are_recursion_too(void **state)
{
	(void)state;
	check("types n/count\n"
	      "a a>b b>b c = 2\n"
	      "a>a>c = 3\n",
	      "", false, "* 5 0\n a 5 0\n  c 3 3\n  b 2 0\n   c 2 2\n");
}

/* The path of a sample by the reference, without repeats, must be a path of the tree. */
static uint32_t walk(const struct call_tree *tree, const node_id *nodes, uint32_t count)
{
	uint32_t at = 0;

	for (uint32_t i = 0; i < count; i++) {
		uint32_t child = call_tree_child(tree, at);

		while (child != NONE && tree->node[child] != nodes[i])
			child = call_tree_sibling(tree, child);
		assert_int_not_equal(child, NONE);
		at = child;
	}
	return at;
}

static void check_samples(const struct profile *profile, const struct view *view)
{
	struct reference_frame frames[256];
	struct collapsed_view collapsed;
	struct call_tree *tree;
	int64_t *self;

	collapsed_view_init(&collapsed, view);
	tree = call_tree_build(&collapsed.view, CALL_TREE_WHOLE, &(struct error){.at = 0});
	collapsed_view_clear(&collapsed);
	self = calloc(tree->count, sizeof(*self));
	for (uint32_t i = 0; i < profile->sample_count; i++) {
		int count =
			view->values[i] ? reference_path(profile, &view->spec, i, frames, 256) : -1;
		node_id nodes[256];
		uint32_t used = 0;

		for (int k = 0; k < count; k++) {
			node_id node = view->frame_node[frames[k].frame];

			if (!used || nodes[used - 1] != node)
				nodes[used++] = node;
		}
		if (count >= 0)
			self[walk(tree, nodes, used)] += view->values[i];
	}
	for (uint32_t i = 0; i < tree->count; i++)
		assert_int_equal(self[i], call_tree_self(tree, i));
	free(self);
	call_tree_free(tree);
}

static void random_trees_equal_the_reference(void **state)
{
	static const char *const choices[] = {"", "hide=^b", "show_from=^c", "focus=^c",
					      "noinlines"};
	struct random random = {fixture_seed()};

	(void)state;
	for (int round = 0; round < 100; round++) {
		struct random_shape shape = {.functions = 1 + random_below(&random, 5),
					     .locations = 1 + random_below(&random, 12),
					     .samples = 1 + random_below(&random, 60),
					     .depth = 1 + random_below(&random, 20)};
		struct profile *profile = fixture_random(&random, &shape);
		struct view *view = fixture_view(profile, choices[round % 5]);

		check_samples(profile, view);
		view_free(view);
		profile_free(profile);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(recursion_becomes_one_frame),
		cmocka_unit_test(inlined_calls_are_recursion_too),
		cmocka_unit_test(random_trees_equal_the_reference),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
