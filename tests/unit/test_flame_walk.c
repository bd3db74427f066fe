/* SPDX-License-Identifier: MIT */
/* Which frames a flame graph has. */
#include "fixture.h"
#include "base/array.h"
#include "report/stacks/flame_walk.h"

/* "main:9 run:4 ..." of the frames that a choice leaves, each with its left edge. */
static char *print_chosen(const struct view *view, int64_t least, uint32_t most)
{
	struct error error;
	struct call_tree *tree = call_tree_build(view, CALL_TREE_WHOLE, &error);
	struct flame_walk walk = {.tree = tree};
	struct text text = {0};
	uint32_t i;

	assert_non_null(tree);
	flame_choose(tree, least, most, &walk.choice);
	text_add(&text, "", 0);
	while (flame_walk_next(&walk, &i))
		if (i)
			text_printf(&text, "%s%s:%lld@%lld", text.length ? " " : "",
				    view->node_names[tree->node[i]],
				    (long long)call_tree_width(tree, i), (long long)walk.start);
	call_tree_free(tree);
	return text.bytes;
}

static void the_widest_frames_are_chosen_and_ties_by_their_order(void **state)
{
	struct profile *profile = fixture_profile("types cpu/count\n"
						  "main a x = 6\n"
						  "main a y = 1\n"
						  "main b z = 3\n"
						  "main c = 1\n");
	static const struct {
		int64_t least;
		uint32_t most;
		const char *want;
	} rows[] = {
		{1, 100, "main:11@0 a:7@0 x:6@0 y:1@6 b:3@7 z:3@7 c:1@10"},
		{2, 100, "main:11@0 a:7@0 x:6@0 b:3@7 z:3@7"},
		{1, 7, "main:11@0 a:7@0 x:6@0 y:1@6 b:3@7 z:3@7"},
		{1, 5, "main:11@0 a:7@0 x:6@0 b:3@7"},
		{12, 100, ""},
	};
	struct view *view;

	(void)state;
	view = fixture_view(profile, "");
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *got = print_chosen(view, rows[i].least, rows[i].most);

		assert_string_equal(got, rows[i].want);
		free(got);
	}
	view_free(view);
	profile_free(profile);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_widest_frames_are_chosen_and_ties_by_their_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
