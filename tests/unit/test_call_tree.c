/* SPDX-License-Identifier: MIT */
/* The stacks of a view merged by function: what an icicle draws. */
#include "base/alloc.h"
#include "base/array.h"
#include "base/wrap.h"
#include "reference.h"
#include "view/call_tree.h"
#include "view/function_table.h"

static struct call_tree *build(struct profile *profile, const char *choices, struct view **view)
{
	struct error error;

	*view = fixture_view(profile, choices);
	return call_tree_build(*view, CALL_TREE_WHOLE, &error);
}

/* One node a line, indented by depth: "name self total". */
static void check_lines(const struct view *view, const struct call_tree *tree, const char *want)
{
	struct text got = {0};

	for (uint32_t i = 0; i < tree->count; i++)
		text_printf(&got, "%*s%s %lld %lld\n", (int)call_tree_depth(tree, i), "",
			    i ? view->node_names[tree->node[i]] : "root",
			    (long long)call_tree_self(tree, i),
			    (long long)call_tree_total(tree, i));
	assert_string_equal(got.bytes, want);
	text_clear(&got);
}

static void check_tree(const char *text, const char *choices, const char *want)
{
	struct profile *profile = fixture_profile(text);
	struct view *view;
	struct call_tree *tree = build(profile, choices, &view);

	check_lines(view, tree, want);
	call_tree_free(tree);
	view_free(view);
	profile_free(profile);
}

static void stacks_merge_from_the_root_and_the_widest_child_stands_first(void **state)
{
	(void)state;
	check_tree("main a b = 5\nmain c = 7\nmain a = 1\nother = 1\n", "",
		   "root 0 14\n"
		   " main 0 13\n"
		   "  c 7 7\n"
		   "  a 1 6\n"
		   "   b 5 5\n"
		   " other 1 1\n");
}

static void equal_children_stand_by_name(void **state)
{
	(void)state;
	check_tree("b = 1\na = 1\nc = 1\n", "", "root 0 3\n a 1 1\n b 1 1\n c 1 1\n");
}

static void different_locations_of_one_function_are_one_child(void **state)
{
	(void)state;
	check_tree("main:1 f:2 = 1\nmain:2 f:9 = 2\n", "", "root 0 3\n main 0 3\n  f 3 3\n");
	check_tree(
		"main:1 f:2 = 1\nmain:2 f:9 = 2\n", "lines",
		"root 0 3\n main main.c:2 0 2\n  f f.c:9 2 2\n main main.c:1 0 1\n  f f.c:2 1 1\n");
}

static void recursion_nests(void **state)
{
	(void)state;
	check_tree("f f = 1\nf = 2\nf>f f = 4\n", "", "root 0 7\n f 2 7\n  f 1 5\n   f 4 4\n");
}

static void check_part(const char *text, const char *node, bool reversed, const char *want)
{
	struct profile *profile = fixture_profile(text);
	struct view *view = fixture_view(profile, "");
	struct path_part part = {NONE, reversed};
	struct call_tree *tree;
	struct error error;

	for (node_id i = 0; i < view->node_count; i++)
		if (strcmp(view->node_names[i], node) == 0)
			part.node = i;
	tree = call_tree_build(view, part, &error);
	check_lines(view, tree, want);
	call_tree_free(tree);
	view_free(view);
	profile_free(profile);
}

static void a_part_of_each_path_makes_a_tree_of_its_own(void **state)
{
	static const char text[] = "main a f>x f y = 1\nmain f y = 2\nmain b = 4\nmain>a>f = 8\n";

	(void)state;
	check_part(text, "", true,
		   "root 0 15\n f 0 8\n  a 0 8\n   main 8 8\n b 0 4\n  main 4 4\n"
		   " y 0 3\n  f 0 3\n   main 2 2\n   x 0 1\n    f 0 1\n     a 0 1\n"
		   "      main 1 1\n");
	check_part(text, "f", false, "root 8 11\n y 2 2\n x 0 1\n  f 0 1\n   y 1 1\n");
	check_part(text, "f", true, "root 0 11\n a 0 9\n  main 9 9\n main 2 2\n");
	check_part(text, "main", true, "root 15 15\n");
	check_part(text, "x", true, "root 0 1\n f 0 1\n  a 0 1\n   main 1 1\n");
}

static void empty_stacks_and_stacks_of_zeros(void **state)
{
	(void)state;
	check_tree("= 5\nmain = 1\ngone = 0\n", "", "root 5 6\n main 1 1\n");
	check_tree("main = 0\n", "", "root 0 0\n");
	check_tree("types a/b\n", "", "root 0 0\n");
}

static void stacks_that_cancel_keep_their_width(void **state)
{
	struct profile *profile = fixture_profile("main a = 5\nmain a = -5\nmain b = 3\n");
	struct view *view;
	struct call_tree *tree = build(profile, "", &view);

	(void)state;
	assert_int_equal(tree->count, 4);
	assert_int_equal(call_tree_total(tree, 0), 3);
	assert_int_equal(call_tree_width(tree, 0), 13);
	assert_string_equal(view->node_names[tree->node[2]], "a");
	assert_int_equal(call_tree_total(tree, 2), 0);
	assert_int_equal(call_tree_width(tree, 2), 10);
	call_tree_free(tree);
	view_free(view);
	profile_free(profile);
}

static void filters_shape_the_tree(void **state)
{
	static const char text[] = "main a b c = 1\nmain a>x c = 2\nmain d = 4\n";

	(void)state;
	check_tree(text, "focus=^b", "root 0 1\n main 0 1\n  a 0 1\n   b 0 1\n    c 1 1\n");
	check_tree(text, "hide=^a",
		   "root 0 7\n main 0 7\n  d 4 4\n  x 0 2\n   c 2 2\n  b 0 1\n   c 1 1\n");
	check_tree(text, "show=^[cd]", "root 0 7\n d 4 4\n c 3 3\n");
	check_tree(text, "show_from=^a",
		   "root 0 3\n a 0 3\n  x 0 2\n   c 2 2\n  b 0 1\n   c 1 1\n");
	check_tree(text, "prune_from=^a", "root 0 7\n main 0 7\n  d 4 4\n  a 3 3\n");
	check_tree(text, "show_from=^x prune_from=^c", "root 0 2\n x 0 2\n  c 2 2\n");
	check_tree(text, "noinlines",
		   "root 0 7\n main 0 7\n  d 4 4\n  a 0 3\n   c 2 2\n   b 0 1\n    c 1 1\n");
	check_tree(text, "focus=nothing", "root 0 0\n");
}

static void children_and_siblings_can_be_walked(void **state)
{
	struct profile *profile = fixture_profile("m a x = 9\nm a y = 1\nm b = 2\nn = 1\n");
	struct view *view;
	struct call_tree *tree = build(profile, "", &view);
	struct text walk = {0};

	(void)state;
	for (uint32_t i = 0; i < tree->count; i++) {
		text_printf(&walk, "%s:", i ? view->node_names[tree->node[i]] : "root");
		for (uint32_t c = call_tree_child(tree, i); c != NONE;
		     c = call_tree_sibling(tree, c)) {
			assert_int_equal(call_tree_parent(tree, c), i);
			text_add_string(&walk, view->node_names[tree->node[c]]);
		}
		text_add_char(&walk, ' ');
	}
	assert_string_equal(walk.bytes, "root:mn m:ab a:xy x: y: b: n: ");
	assert_int_equal(call_tree_sibling(tree, 0), NONE);
	text_clear(&walk);
	call_tree_free(tree);
	view_free(view);
	profile_free(profile);
}

static void check_shape(const struct call_tree *tree)
{
	assert_int_equal(call_tree_end(tree, 0), tree->count);
	assert_int_equal(call_tree_depth(tree, 0), 0);
	assert_int_equal(tree->node[0], NONE);
	for (uint32_t i = 0; i < tree->count; i++) {
		int64_t total = call_tree_self(tree, i);
		uint32_t next = i + 1;

		for (uint32_t c = call_tree_child(tree, i); c != NONE;
		     c = call_tree_sibling(tree, c)) {
			uint32_t sibling = call_tree_sibling(tree, c);

			assert_int_equal(c, next);
			next = call_tree_end(tree, c);
			assert_int_equal(call_tree_parent(tree, c), i);
			assert_int_equal(call_tree_depth(tree, c), call_tree_depth(tree, i) + 1);
			total = wrap_add(total, call_tree_total(tree, c));
			if (sibling != NONE) {
				assert_true(call_tree_width(tree, c) >=
					    call_tree_width(tree, sibling));
				assert_int_not_equal(tree->node[c], tree->node[sibling]);
			}
		}
		assert_int_equal(next, call_tree_end(tree, i));
		assert_int_equal(call_tree_total(tree, i), total);
	}
}

/* Where the path of a sample ends in the tree; NONE if the tree does not have it. */
static uint32_t descend(const struct view *view, const struct call_tree *tree,
			const struct reference_frame *frames, int count)
{
	uint32_t at = 0;

	for (int i = 0; i < count && at != NONE; i++) {
		node_id node = view->frame_node[frames[i].frame];

		for (at = call_tree_child(tree, at); at != NONE; at = call_tree_sibling(tree, at))
			if (tree->node[at] == node)
				break;
	}
	return at;
}

/* Every sample ends where its path leads; nothing else is in the tree. */
static void check_samples(const struct view *view, const struct call_tree *tree)
{
	struct reference_frame frames[REFERENCE_DEPTH];
	int64_t *self = alloc_zero(tree->count, sizeof(*self)),
		*width = alloc_zero(tree->count, sizeof(*width));
	bool *reached = alloc_zero(tree->count, sizeof(*reached));

	for (uint32_t i = 0; i < view->profile->sample_count; i++) {
		int count = reference_path(view->profile, &view->spec, i, frames, REFERENCE_DEPTH);
		uint32_t at;

		if (count < 0 || !view->values[i])
			continue;
		at = descend(view, tree, frames, count);
		assert_int_not_equal(at, NONE);
		self[at] = wrap_add(self[at], view->values[i]);
		for (;; at = call_tree_parent(tree, at)) {
			width[at] = wrap_add(width[at], wrap_absolute(view->values[i]));
			reached[at] = true;
			if (!at)
				break;
		}
	}
	for (uint32_t i = 0; i < tree->count; i++) {
		assert_int_equal(call_tree_self(tree, i), self[i]);
		assert_int_equal(call_tree_width(tree, i), width[i]);
		assert_true(reached[i] || i == 0);
	}
	free(self);
	free(width);
	free(reached);
}

/* The self of all nodes of a function is its flat; the total of the outermost ones is its cum. */
static void check_against_table(const struct view *view, const struct call_tree *tree)
{
	struct function_table *table = function_table_build(view);

	for (node_id node = 0; node < view->node_count; node++) {
		int64_t flat = 0, cum = 0;
		uint32_t row = table->row_of_node[node];

		for (uint32_t i = 1; i < tree->count; i++) {
			bool outermost = true;

			if (tree->node[i] != node)
				continue;
			for (uint32_t up = call_tree_parent(tree, i); up;
			     up = call_tree_parent(tree, up))
				outermost = outermost && tree->node[up] != node;
			flat = wrap_add(flat, call_tree_self(tree, i));
			cum = wrap_add(cum, outermost ? call_tree_total(tree, i) : 0);
		}
		assert_int_equal(flat, row == NONE ? 0 : table->rows[row].flat);
		assert_int_equal(cum, row == NONE ? 0 : table->rows[row].cum);
	}
	function_table_free(table);
}

static void trees_of_random_profiles_agree_with_samples_and_table(void **state)
{
	static const char *const choices[] = {"",
					      "lines",
					      "files",
					      "noinlines",
					      "hide=f[12]",
					      "show=f[0-4]",
					      "show_from=f[2-5]",
					      "prune_from=f[13]",
					      "show_from=f[1-4] prune_from=f[3-6]",
					      "hide=f2 show_from=map1|f3 prune_from=f1",
					      "focus=f1 ignore=f2",
					      "show_from=f1 hide=f1"};
	struct random random = {fixture_seed()};

	(void)state;
	for (int i = 0; i < 400; i++) {
		struct random_shape shape = {.functions = 8,
					     .locations = 12,
					     .samples = random_below(&random, 40),
					     .depth = 10};
		struct profile *profile = fixture_random(&random, &shape);
		struct view *view;
		struct call_tree *tree = build(profile, choices[random_below(&random, 12)], &view);

		check_shape(tree);
		check_samples(view, tree);
		check_against_table(view, tree);
		call_tree_free(tree);
		view_free(view);
		profile_free(profile);
	}
}

/* Many paths, of few nodes and of more than 16 bits can number. */
static void big_trees_agree_with_samples(void **state)
{
	static const struct random_shape shapes[] = {
		{.functions = 5, .locations = 9, .samples = 20000, .depth = 14},
		{.functions = 300, .locations = 900, .samples = 20000, .depth = 9},
		{.functions = 70000, .locations = 80000, .samples = 5000, .depth = 9},
	};
	struct random random = {fixture_seed()};

	(void)state;
	for (size_t i = 0; i < COUNT(shapes); i++) {
		struct profile *profile = fixture_random(&random, &shapes[i]);
		struct view *view;
		struct call_tree *tree = build(profile, "", &view);

		check_shape(tree);
		check_samples(view, tree);
		call_tree_free(tree);
		view_free(view);
		profile_free(profile);
	}
}

static void values_of_any_size_do_not_break_the_tree(void **state)
{
	struct random random = {fixture_seed()};
	struct random_shape shape = {
		.functions = 8, .locations = 10, .samples = 40, .depth = 8, .hostile = true};

	(void)state;
	for (int i = 0; i < 100; i++) {
		struct profile *profile = fixture_random(&random, &shape);
		struct view *view;
		struct call_tree *tree = build(profile, "", &view);

		check_samples(view, tree);
		check_against_table(view, tree);
		call_tree_free(tree);
		view_free(view);
		profile_free(profile);
	}
}

static void a_stack_of_ten_thousand_frames_is_a_branch_of_ten_thousand(void **state)
{
	struct text text = {0};
	struct profile *profile;
	struct call_tree *tree;
	struct view *view;

	(void)state;
	for (int i = 0; i < 10000; i++)
		text_add_string(&text, i % 2 ? "a " : "b ");
	text_add_string(&text, "= 3\n");
	profile = fixture_profile(text.bytes);
	tree = build(profile, "", &view);
	assert_int_equal(tree->count, 10001);
	assert_int_equal(call_tree_depth(tree, 10000), 10000);
	assert_int_equal(call_tree_total(tree, 10000), 3);
	call_tree_free(tree);
	view_free(view);
	profile_free(profile);
	text_clear(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stacks_merge_from_the_root_and_the_widest_child_stands_first),
		cmocka_unit_test(equal_children_stand_by_name),
		cmocka_unit_test(different_locations_of_one_function_are_one_child),
		cmocka_unit_test(recursion_nests),
		cmocka_unit_test(a_part_of_each_path_makes_a_tree_of_its_own),
		cmocka_unit_test(empty_stacks_and_stacks_of_zeros),
		cmocka_unit_test(stacks_that_cancel_keep_their_width),
		cmocka_unit_test(filters_shape_the_tree),
		cmocka_unit_test(children_and_siblings_can_be_walked),
		cmocka_unit_test(trees_of_random_profiles_agree_with_samples_and_table),
		cmocka_unit_test(big_trees_agree_with_samples),
		cmocka_unit_test(values_of_any_size_do_not_break_the_tree),
		cmocka_unit_test(a_stack_of_ten_thousand_frames_is_a_branch_of_ten_thousand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
