/* SPDX-License-Identifier: MIT */
/* Widths of an icicle: conserved in every row, and never a whole cell off. */
#include "explorer.h"
#include "base/array.h"
#include "ui/session/tables.h"
#include "ui/widget/icicle_layout.h"

/* A random call tree; weights of every order of magnitude, some of it very wide, some very deep. */
static void random_tree(struct random *random, struct derived *derived)
{
	struct random_shape shape = {
		.functions = 1 + random_below(random, 30),
		.locations = 1 + random_below(random, 60),
		.samples = 1 + random_below(random, 200),
		.depth = 1 + random_below(random, 40),
	};
	struct profile *profile = fixture_random(random, &shape);
	struct derived part;
	struct error error;

	assert_non_null(profile);
	derived->view = fixture_view(profile, "");
	assert_true(derived_build(&part, derived,
				  &(struct derived_wish){.part = PART_TREE, .profile = profile},
				  &error));
	derived_absorb(derived, &part);
}

static void clear_tree(struct derived *derived)
{
	struct profile *profile = (struct profile *)derived->view->profile;

	derived_clear(derived);
	profile_free(profile);
}

/* |cells - weight * columns / total| < 1, in whole numbers. */
static void check_error(const struct icicle_layout *layout, uint64_t weight, int cells)
{
	unsigned __int128 exact = (unsigned __int128)weight * (unsigned)layout->columns;
	unsigned __int128 total = (uint64_t)call_tree_width(layout->tree, layout->zoom);
	unsigned __int128 got = (unsigned)cells * total;

	assert_true(got < exact + total);
	assert_true(exact < got + total);
}

/* The children of one frame: they, the bucket and the parent's own cells fill the parent. */
static void check_children(const struct icicle_layout *layout, const struct icicle_frame *parent,
			   size_t *at, size_t end)
{
	const struct call_tree *tree = layout->tree;
	int64_t self = call_tree_self(tree, parent->index) < 0
			       ? -call_tree_self(tree, parent->index)
			       : call_tree_self(tree, parent->index);
	uint64_t rest = (uint64_t)call_tree_width(tree, parent->index) - (uint64_t)self;
	uint32_t hidden = 0;
	int column = parent->column, bucket = 0;

	for (uint32_t i = call_tree_child(tree, parent->index); i != NONE;
	     i = call_tree_sibling(tree, i))
		hidden++;
	for (; *at < end && layout->frames[*at].parent == parent->index; ++*at) {
		const struct icicle_frame *frame = &layout->frames[*at];

		assert_int_equal(frame->column, column);
		assert_true(frame->cells > 0);
		column += frame->cells;
		if (frame->index == NONE) {
			bucket = frame->cells;
			assert_int_equal(frame->hidden, hidden);
			continue;
		}
		assert_int_equal(call_tree_parent(tree, frame->index), parent->index);
		check_error(layout, (uint64_t)call_tree_width(tree, frame->index), frame->cells);
		rest -= (uint64_t)call_tree_width(tree, frame->index);
		hidden--;
	}
	assert_true(column <= parent->column + parent->cells);
	check_error(layout, rest, bucket);
	check_error(layout, (uint64_t)self, parent->column + parent->cells - column);
}

static void check_layout(const struct derived *derived, uint32_t zoom, int columns)
{
	struct icicle_layout layout;

	icicle_layout_init(&layout, &derived->tree_index, zoom, columns);
	icicle_layout_extend(&layout, SIZE_MAX);
	assert_true(layout.complete);
	if (layout.row_count)
		assert_int_equal(layout.frames[0].cells, columns);
	for (size_t row = 0; row + 1 < layout.row_count; row++) {
		size_t at = layout.row_start[row + 1], end = layout.row_start[row + 2];

		for (size_t i = layout.row_start[row]; i < layout.row_start[row + 1]; i++)
			if (layout.frames[i].index != NONE)
				check_children(&layout, &layout.frames[i], &at, end);
		assert_int_equal(at, end);
	}
	icicle_layout_clear(&layout);
}

static void widths_of_random_trees_are_conserved(void **state)
{
	struct random random = {fixture_seed()};

	(void)state;
	for (int round = 0; round < 300; round++) {
		struct derived derived = {0};

		random_tree(&random, &derived);
		check_layout(&derived, 0, 1 + (int)random_below(&random, 250));
		check_layout(&derived, random_below(&random, derived.tree->count), 80);
		clear_tree(&derived);
	}
}

static void widths_of_real_profiles_are_conserved(void **state)
{
	static const char *const names[] = {"web_before.cpu.pb.gz", "web_before.heap.pb.gz",
					    "node.wall.pb.gz", "cpu_3k.pb.gz"};
	static const int columns[] = {1, 2, 7, 40, 80, 113, 200, 500};

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		struct profile *profile = fixture_load(names[i]);
		struct derived derived = {.view = fixture_view(profile, "")}, part;
		struct error error;

		assert_true(derived_build(
			&part, &derived,
			&(struct derived_wish){.part = PART_TREE, .profile = profile}, &error));
		derived_absorb(&derived, &part);
		for (size_t k = 0; k < COUNT(columns); k++)
			for (uint32_t zoom = 0; zoom < derived.tree->count; zoom += 1 + zoom * 2)
				check_layout(&derived, zoom, columns[k]);
		derived_clear(&derived);
		profile_free(profile);
	}
}

static void tree_of(const char *text, struct derived *derived)
{
	struct profile *profile = fixture_profile(text);
	struct derived part;
	struct error error;

	*derived = (struct derived){.view = fixture_view(profile, "")};
	assert_true(derived_build(&part, derived,
				  &(struct derived_wish){.part = PART_TREE, .profile = profile},
				  &error));
	derived_absorb(derived, &part);
}

static void small_frames_share_a_counted_bucket(void **state)
{
	struct derived derived;
	struct icicle_layout layout;

	(void)state;
	tree_of("types cpu/nanoseconds\n"
		"main big = 90\nmain a = 2\nmain b = 2\nmain c = 2\nmain d = 2\nmain e = 2\n",
		&derived);
	icicle_layout_init(&layout, &derived.tree_index, 0, 10);
	icicle_layout_extend(&layout, 9);
	assert_int_equal(layout.row_count, 3);
	assert_int_equal(layout.row_start[3] - layout.row_start[2], 2);
	assert_int_equal(layout.frames[2].cells, 9);
	assert_int_equal(layout.frames[3].index, NONE);
	assert_int_equal(layout.frames[3].cells, 1);
	assert_int_equal(layout.frames[3].hidden, 5);
	icicle_layout_clear(&layout);
	clear_tree(&derived);
}

static void a_frame_without_a_cell_is_not_found(void **state)
{
	struct derived derived;
	struct icicle_layout layout;

	(void)state;
	tree_of("types cpu/nanoseconds\nmain big = 9999\nmain small = 1\n", &derived);
	icicle_layout_init(&layout, &derived.tree_index, 0, 80);
	assert_non_null(icicle_layout_find(&layout, 2));
	assert_null(icicle_layout_find(&layout, 3));
	assert_null(icicle_layout_find(&layout, NONE));
	icicle_layout_clear(&layout);
	icicle_layout_init(&layout, &derived.tree_index, 3, 80);
	assert_int_equal(icicle_layout_find(&layout, 3)->cells, 80);
	assert_null(icicle_layout_find(&layout, 2));
	icicle_layout_clear(&layout);
	clear_tree(&derived);
}

static void values_of_both_signs_do_not_net_out(void **state)
{
	struct derived derived;
	struct icicle_layout layout;

	(void)state;
	tree_of("types cpu/nanoseconds\nmain plus = 50\nmain minus = -50\n", &derived);
	icicle_layout_init(&layout, &derived.tree_index, 0, 80);
	icicle_layout_extend(&layout, 3);
	assert_int_equal(layout.row_start[3] - layout.row_start[2], 2);
	assert_int_equal(layout.frames[2].cells, 40);
	assert_int_equal(layout.frames[3].cells, 40);
	icicle_layout_clear(&layout);
	clear_tree(&derived);
}

static void an_index_finds_what_a_walk_finds(void **state)
{
	struct random random = {fixture_seed()};

	(void)state;
	for (int round = 0; round < 50; round++) {
		struct derived derived = {0};
		uint64_t nodes[4] = {random_next(&random) & random_next(&random)};
		uint32_t frame, zoom, best = NONE, next = NONE, before = 0, node, i;

		random_tree(&random, &derived);
		frame = random_below(&random, derived.tree->count);
		zoom = random_below(&random, derived.tree->count);
		node = random_below(&random, derived.view->node_count);
		for (i = zoom; i < call_tree_end(derived.tree, zoom); i++)
			if (derived.tree->node[i] == node &&
			    (best == NONE || call_tree_width(derived.tree, i) >
						     call_tree_width(derived.tree, best)))
				best = i;
		assert_int_equal(tree_index_heaviest(&derived.tree_index, node, zoom), best);
		for (i = 1; i < frame; i++)
			before += bitset_has(nodes, derived.tree->node[i]);
		assert_int_equal(tree_index_count(&derived.tree_index, nodes, frame), before);
		for (i = 1; i <= derived.tree->count && next == NONE; i++) {
			uint32_t at = (frame + i) % derived.tree->count;

			if (at && bitset_has(nodes, derived.tree->node[at]))
				next = at;
		}
		assert_int_equal(tree_index_next(&derived.tree_index, nodes, frame, 1), next);
		if (next != NONE && next != frame)
			assert_true(tree_index_next(&derived.tree_index, nodes, next, -1) <=
				    derived.tree->count);
		clear_tree(&derived);
	}
}

/* --- Frames side by side -------------------------------------------------------- */

static uint32_t rune_at(const struct app *app, int row, int column)
{
	return app->canvas.cells[row * app->canvas.stride + column].runes[0];
}

/* Brackets where there is room for them, else two different characters. */
static void check_neighbours(const struct app *app, int row, const struct icicle_frame *left,
			     const struct icicle_frame *right)
{
	uint32_t end = rune_at(app, row, right->column - 1),
		 start = rune_at(app, row, right->column);

	if (end == ']' || start == '[' || left->index == NONE || right->index == NONE)
		return;
	if (end == start || left->cells + right->cells > 2)
		fail_msg("row %d: frames of %d and %d cells meet at column %d as %x and %x", row,
			 left->cells, right->cells, right->column, end, start);
}

static void without_colours_frames_are_told_apart(void **state)
{
	static const char *const names[] = {"web_before.cpu.pb.gz", "web_before.heap.pb.gz",
					    "cpu_3k.pb.gz"};

	(void)state;
	for (size_t i = 0; i < 2 * COUNT(names); i++) {
		struct explorer explorer;
		struct app *app = explorer_open(&explorer, fixture_path(names[i / 2]), 60, 100,
						i % 2 ? CHARSET_ASCII : CHARSET_UTF8);
		struct icicle_layout layout;
		size_t compared = 0;

		app_resize(app, 60, 100, i % 2 ? CHARSET_ASCII : CHARSET_UTF8, false);
		explorer_press(app, "i 0 g");
		icicle_layout_init(&layout, &app->session.shown.tree_index, 0, 100);
		icicle_layout_extend(&layout, 40);
		for (size_t row = 0; row < layout.row_count && row < 40; row++) {
			for (size_t at = layout.row_start[row] + 1; at < layout.row_start[row + 1];
			     at++) {
				const struct icicle_frame *frame = &layout.frames[at];

				if (frame[-1].column + frame[-1].cells != frame->column ||
				    (frame[-1].index == NONE && frame->index == NONE))
					continue;
				check_neighbours(app, 2 + (int)row, frame - 1, frame);
				compared++;
			}
		}
		assert_true(compared > 10);
		icicle_layout_clear(&layout);
		explorer_close(&explorer);
	}
}

/* Wherever keys lead, what is selected has a cell of the screen. */
static void moves_stop_only_where_there_is_a_cell(void **state)
{
	static const char *const keys[] = {"j", "k", "h", "l", "$", ".",  "g",     "G",
					   "+", "-", "0", "n", "N", "^D", "Enter", "Esc"};
	struct random random = {fixture_seed()};
	struct explorer explorer;
	struct app *app =
		explorer_open(&explorer, fixture_path("cpu_3k.pb.gz"), 24, 80, CHARSET_UTF8);
	struct session *session = &app->session;

	(void)state;
	explorer_press(app, "i 0 g / a Enter");
	for (int i = 0; i < 600; i++) {
		const char *key = keys[random_below(&random, COUNT(keys))];
		uint32_t zoom, frame;
		struct icicle_layout layout;

		explorer_press(app, key);
		zoom = session->spot.zoom;
		frame = session_frame(session);
		icicle_layout_init(&layout, &session->shown.tree_index, zoom, 80);
		if (!icicle_layout_find(&layout, frame == NONE ? zoom : frame))
			fail_msg("%s, key %d, leads to frame %u, zoom %u", key, i, frame, zoom);
		icicle_layout_clear(&layout);
	}
	explorer_close(&explorer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(widths_of_random_trees_are_conserved),
		cmocka_unit_test(widths_of_real_profiles_are_conserved),
		cmocka_unit_test(small_frames_share_a_counted_bucket),
		cmocka_unit_test(a_frame_without_a_cell_is_not_found),
		cmocka_unit_test(an_index_finds_what_a_walk_finds),
		cmocka_unit_test(values_of_both_signs_do_not_net_out),
		cmocka_unit_test(without_colours_frames_are_told_apart),
		cmocka_unit_test(moves_stop_only_where_there_is_a_cell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
