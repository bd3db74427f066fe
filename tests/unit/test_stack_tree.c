/* The tree of stacks: its order, and that it holds the same stacks as the samples. */
#include "base/alloc.h"
#include "fixture.h"
#include "profile/stack_tree.h"

static struct stack_tree *build(const struct profile *profile)
{
	struct error error;
	struct stack_tree *tree = stack_tree_build(profile, &error);

	if (!tree)
		fail_msg("%s", error.message);
	return tree;
}

/* Parent before child, subtrees contiguous, no two siblings alike location by location. */
static void check_order(const struct stack_tree *tree)
{
	assert_true(tree->count >= 1);
	assert_int_equal(tree->parent[0], 0);
	assert_int_equal(tree->frame[0], NONE);
	assert_int_equal(tree->end[0], tree->count);
	for (stack_id s = 1; s < tree->count; s++) {
		stack_id parent = tree->parent[s];

		assert_true(parent < s);
		assert_true(s < tree->end[s]);
		assert_true(tree->end[s] <= tree->end[parent]);
		/* The stack before is the parent or lies in a subtree that ends here. */
		assert_true(parent == s - 1 || tree->end[s - 1] == s);
	}
}

/* Walking up from the stack of a sample meets the frames of its path, leaf first. */
static void check_sample(const struct profile *profile, const struct stack_tree *tree,
			 uint32_t sample)
{
	stack_id stack = tree->sample_stack[sample];

	for (uint64_t i = profile->path_start[sample + 1]; i > profile->path_start[sample]; i--) {
		const struct location *location = &profile->locations[profile->path[i - 1]];
		uint32_t count = location->line_count ? location->line_count : 1;

		for (uint32_t k = 0; k < count; k++) {
			assert_int_equal(tree->frame[stack], location->first_frame + k);
			stack = tree->parent[stack];
		}
	}
	assert_int_equal(stack, 0);
}

static bool same_path(const struct profile *profile, uint32_t a, uint32_t b)
{
	uint64_t length = profile->path_start[a + 1] - profile->path_start[a];

	return length == profile->path_start[b + 1] - profile->path_start[b] &&
	       (length == 0 || memcmp(profile->path + profile->path_start[a],
				      profile->path + profile->path_start[b],
				      length * sizeof(*profile->path)) == 0);
}

/* How many different prefixes of paths there are, in frames: what the tree must count. */
static uint32_t count_prefixes(const struct profile *profile)
{
	uint32_t count = 1;

	for (uint32_t i = 0; i < profile->sample_count; i++) {
		uint64_t shared = 0;

		for (uint32_t k = 0; k < i; k++) {
			const location_id *a = profile->path + profile->path_start[i];
			const location_id *b = profile->path + profile->path_start[k];
			uint64_t most = profile->path_start[i + 1] - profile->path_start[i],
				 depth = 0;

			if (profile->path_start[k + 1] - profile->path_start[k] < most)
				most = profile->path_start[k + 1] - profile->path_start[k];
			while (depth < most && a[depth] == b[depth])
				depth++;
			shared = depth > shared ? depth : shared;
		}
		for (uint64_t at = profile->path_start[i] + shared; at < profile->path_start[i + 1];
		     at++) {
			uint32_t lines = profile->locations[profile->path[at]].line_count;

			count += lines ? lines : 1;
		}
	}
	return count;
}

static void check_profile(const struct profile *profile)
{
	struct stack_tree *tree = build(profile);

	check_order(tree);
	for (uint32_t i = 0; i < profile->sample_count; i++)
		check_sample(profile, tree, i);
	for (uint32_t i = 1; i < profile->sample_count; i++)
		assert_int_equal(tree->sample_stack[i] == tree->sample_stack[i - 1],
				 same_path(profile, i, i - 1));
	assert_int_equal(tree->count, count_prefixes(profile));
	stack_tree_free(tree);
}

static void stacks_share_their_roots_in_depth_first_order(void **state)
{
	struct profile *profile = fixture_profile("main parse read = 1\n"
						  "main read = 1\n"
						  "main parse = 1\n"
						  "other = 1\n");
	struct stack_tree *tree = build(profile);

	(void)state;
	/* main, parse, read, read, other, and the empty stack */
	assert_int_equal(tree->count, 6);
	check_profile(profile);
	stack_tree_free(tree);
	profile_free(profile);
}

static void inlined_frames_are_children_of_the_frames_they_are_inlined_into(void **state)
{
	struct profile *profile = fixture_profile("main a>b>c = 1\nmain a>b = 1\n");
	struct stack_tree *tree = build(profile);
	stack_id leaf = tree->sample_stack[0];

	(void)state;
	assert_false(frame_is_outermost(profile, tree->frame[leaf]));
	assert_false(frame_is_outermost(profile, tree->frame[tree->parent[leaf]]));
	assert_true(frame_is_outermost(profile, tree->frame[tree->parent[tree->parent[leaf]]]));
	check_profile(profile);
	stack_tree_free(tree);
	profile_free(profile);
}

static void a_profile_without_samples_or_with_empty_stacks_has_only_the_root(void **state)
{
	struct profile *none = fixture_profile("types a/b\n"),
		       *empty = fixture_profile("= 1\n= 2\n");
	struct stack_tree *tree = build(empty);

	(void)state;
	assert_int_equal(tree->count, 1);
	assert_int_equal(tree->sample_stack[1], 0);
	stack_tree_free(tree);
	check_profile(none);
	profile_free(none);
	profile_free(empty);
}

static void a_stack_that_is_the_beginning_of_another_is_its_ancestor(void **state)
{
	struct profile *profile =
		fixture_profile("a b c d = 1\na = 1\na b = 1\na b c d = 1\n= 1\n");
	struct stack_tree *tree = build(profile);

	(void)state;
	assert_int_equal(tree->count, 5);
	assert_int_equal(tree->sample_stack[0], tree->sample_stack[3]);
	assert_int_equal(tree->parent[tree->sample_stack[2]], tree->sample_stack[1]);
	check_profile(profile);
	stack_tree_free(tree);
	profile_free(profile);
}

static void random_profiles_keep_every_stack_once(void **state)
{
	struct random random = {fixture_seed()};

	(void)state;
	for (int i = 0; i < 300; i++) {
		struct random_shape shape = {.functions = 1 + random_below(&random, 10),
					     .locations = 2 + random_below(&random, 12),
					     .samples = random_below(&random, 80),
					     .depth = 1 + random_below(&random, 20)};
		struct profile *profile = fixture_random(&random, &shape);

		check_profile(profile);
		profile_free(profile);
	}
}

/* Locations without lines; stack i has `depth` of them, the last is `leaf` of i. */
static struct profile *make_deep(uint32_t samples, uint32_t depth, uint32_t leaves)
{
	struct builder *builder = builder_new();
	location_id *stack = alloc_zero(depth, sizeof(*stack));
	struct profile *profile;
	struct error error;
	int64_t value = 1;

	builder_type(builder, 0, 0);
	for (uint32_t i = 0; i < leaves + 3; i++)
		builder_location(builder, &(struct location){.id = i + 1, .mapping = NONE}, NULL,
				 0);
	for (uint32_t i = 0; i < samples; i++) {
		for (uint32_t k = 0; k < depth; k++)
			stack[k] = leaves + k % 3;
		stack[0] = i % leaves;
		builder_sample(builder, stack, depth, &value, 1, NULL, 0);
	}
	free(stack);
	profile = builder_finish(builder, &error);
	assert_non_null(profile);
	return profile;
}

static void stacks_of_ten_thousand_frames_are_no_deeper_than_memory(void **state)
{
	struct profile *profile = make_deep(40, 10000, 20);
	struct stack_tree *tree = build(profile);

	(void)state;
	assert_int_equal(tree->count, 1 + 9999 + 20);
	check_order(tree);
	check_sample(profile, tree, 39);
	stack_tree_free(tree);
	profile_free(profile);
}

static void a_thousand_equal_stacks_are_one(void **state)
{
	struct profile *profile = make_deep(1000, 50, 1);
	struct stack_tree *tree = build(profile);

	(void)state;
	assert_int_equal(tree->count, 51);
	for (uint32_t i = 0; i < 1000; i++)
		assert_int_equal(tree->sample_stack[i], 50);
	stack_tree_free(tree);
	profile_free(profile);
}

static void the_profile_builds_its_stacks_only_once(void **state)
{
	struct profile *profile = fixture_profile("a b = 1\n");
	struct stack_tree *first;
	struct error error;

	(void)state;
	assert_null(profile->stacks);
	assert_true(profile_build_stacks(profile, &error));
	first = profile->stacks;
	assert_true(profile_build_stacks(profile, &error));
	assert_ptr_equal(profile->stacks, first);
	profile_free(profile);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stacks_share_their_roots_in_depth_first_order),
		cmocka_unit_test(inlined_frames_are_children_of_the_frames_they_are_inlined_into),
		cmocka_unit_test(a_profile_without_samples_or_with_empty_stacks_has_only_the_root),
		cmocka_unit_test(a_stack_that_is_the_beginning_of_another_is_its_ancestor),
		cmocka_unit_test(random_profiles_keep_every_stack_once),
		cmocka_unit_test(stacks_of_ten_thousand_frames_are_no_deeper_than_memory),
		cmocka_unit_test(a_thousand_equal_stacks_are_one),
		cmocka_unit_test(the_profile_builds_its_stacks_only_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
