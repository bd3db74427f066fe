/* SPDX-License-Identifier: MIT */
/* Flat and cum of functions: the Top table. */
#include "reference.h"
#include "view/function_table.h"

static void check_table(const char *profile_text_, const char *choices, const char *want)
{
	struct profile *profile = fixture_profile(profile_text_);
	char *got = fixture_table(profile, choices);

	assert_string_equal(got, want);
	free(got);
	profile_free(profile);
}

static void flat_belongs_to_the_leaf_and_cum_to_the_whole_path(void **state)
{
	(void)state;
	check_table("main a b = 5\nmain a = 2\nmain = 1\n", "", "b 5 5\na 2 7\nmain 1 8\n");
}

static void recursion_counts_once(void **state)
{
	(void)state;
	check_table("main f f f = 5\nmain f g f = 1\n", "", "f 6 6\ng 0 1\nmain 0 6\n");
}

static void inlined_functions_are_rows_of_their_own(void **state)
{
	(void)state;
	check_table("main a>b>c = 5\nmain a = 1\n", "", "c 5 5\na 1 6\nb 0 5\nmain 0 6\n");
	check_table("main a>b>c = 5\nmain a = 1\n", "noinlines", "a 6 6\nmain 0 6\n");
	check_table("main a>a = 5\n", "", "a 5 5\nmain 0 5\n");
}

static void empty_stacks_belong_to_the_total_but_to_no_row(void **state)
{
	struct profile *profile = fixture_profile("a = 1000\n= 10\n");
	struct view *view = fixture_view(profile, "");
	struct function_table *table = function_table_build(view);

	(void)state;
	assert_int_equal(view->total, 1010);
	assert_int_equal(table->row_count, 1);
	function_table_free(table);
	view_free(view);
	profile_free(profile);
}

static void negative_values_count_by_size(void **state)
{
	struct profile *profile = fixture_profile("a = -10\nb = 7\nc = -10\nc = 3\n");
	struct view *view = fixture_view(profile, "");
	char *got = fixture_table(profile, "");

	(void)state;
	assert_string_equal(got, "a -10 -10\nb 7 7\nc -7 -7\n");
	assert_int_equal(view->total, 30);
	free(got);
	view_free(view);
	profile_free(profile);
}

static void rows_without_flat_and_cum_vanish(void **state)
{
	(void)state;
	check_table("main a = 5\nmain a = -5\nmain b = 1\nmain c = 0\n", "", "b 1 1\nmain 0 1\n");
	check_table("a b = 5\na = -5\n", "", "a -5 0\nb 5 5\n");
}

static void equal_values_are_sorted_by_name_byte_by_byte(void **state)
{
	(void)state;
	check_table("b = 1\nB = 1\na = 1\n\xc3\xa9 = 1\na.b = 1\n", "",
		    "B 1 1\na 1 1\na.b 1 1\nb 1 1\n\xc3\xa9 1 1\n");
}

static void locations_without_lines_are_one_row_for_each_binary(void **state)
{
	(void)state;
	check_table("@10 @20 = 1\n@30 = 2\n", "", "[prog] 3 3\n");
	check_table("@10 @20 = 1\n@10 = 2\n", "addresses",
		    "0000000000000010 [prog] 2 3\n0000000000000020 [prog] 1 1\n");
}

static void granularity_decides_what_a_row_is(void **state)
{
	static const char text[] = "main:1 f:2 = 1\nmain:1 f:3 = 2\nmain:9 = 4\n";

	(void)state;
	check_table(text, "functions", "main 4 7\nf 3 3\n");
	check_table(text, "filefunctions", "main main.c 4 7\nf f.c 3 3\n");
	check_table(text, "files", "main.c 4 7\nf.c 3 3\n");
	check_table(text, "lines",
		    "main main.c:9 4 4\nf f.c:3 2 2\nf f.c:2 1 1\nmain main.c:1 0 3\n");
}

static void mean_divides_by_the_first_value(void **state)
{
	static const char text[] = "types n/count t/nanoseconds\nmain a = 2 10\nmain b = 3 7\n";

	(void)state;
	check_table(text, "mean", "a 5 5\nb 2 2\nmain 0 3\n");
	check_table(text, "mean sample_index=0", "b 1 1\na 1 1\nmain 0 1\n");
}

static void the_base_of_a_diff_alone_is_the_total(void **state)
{
	struct profile *profile = fixture_profile("a = 10\na = -4 pprof::base=true\n");
	struct view *view = fixture_view(profile, "");

	(void)state;
	assert_int_equal(view->total, 4);
	view_free(view);
	profile_free(profile);
}

static void sorting_moves_rows_and_the_index_follows(void **state)
{
	struct profile *profile = fixture_profile("main a = 5\nmain b = 9\nmain c = 1\n");
	struct view *view = fixture_view(profile, "");
	struct function_table *table = function_table_build(view);
	static const char *const firsts[3][2] = {{"b", "main"}, {"main", "c"}, {"a", "main"}};

	(void)state;
	for (int order = ORDER_FLAT; order <= ORDER_NAME; order++) {
		for (int reverse = 0; reverse < 2; reverse++) {
			function_table_sort(table, view, order, reverse);
			assert_string_equal(view->node_names[table->rows[0].node],
					    firsts[order][reverse]);
			for (uint32_t i = 0; i < table->row_count; i++)
				assert_int_equal(table->row_of_node[table->rows[i].node], i);
		}
	}
	function_table_free(table);
	view_free(view);
	profile_free(profile);
}

static void sums_wrap_around_instead_of_breaking(void **state)
{
	(void)state;
	check_table("a = 9223372036854775807\na = 9223372036854775807\n", "", "a -2 -2\n");
	check_table("a = -9223372036854775808\n", "",
		    "a -9223372036854775808 -9223372036854775808\n");
}

static void a_stack_of_ten_thousand_frames_is_one_sample(void **state)
{
	struct text text = {0};
	struct profile *profile;
	char *got;

	(void)state;
	for (int i = 0; i < 10000; i++)
		text_add_string(&text, i % 2 ? "a " : "b ");
	text_add_string(&text, "= 3\n");
	profile = fixture_profile(text.bytes);
	got = fixture_table(profile, "");
	assert_string_equal(got, "a 3 3\nb 0 3\n");
	free(got);
	text_clear(&text);
	profile_free(profile);
}

/* Two frames are one node when the fields of the granularity agree, written out as text. */
static void print_key(const struct view *view, frame_id id, struct text *key)
{
	static const struct function none;
	const struct profile *profile = view->profile;
	const struct frame *frame = &profile->frames[id];
	const struct location *location = &profile->locations[frame->location];
	enum granularity granularity = view->spec.granularity;
	bool addresses = granularity == GRANULARITY_ADDRESSES;
	const struct function *function =
		frame->function == NONE ? &none : &profile->functions[frame->function];
	const char *name =
		granularity == GRANULARITY_FILES ? "" : profile_text(profile, function->name);

	text_reset(key);
	if (*name)
		text_add_string(key, name);
	else
		text_printf(key, "in %d", location->mapping == NONE ? -1 : (int)location->mapping);
	if (addresses)
		text_printf(key, " @%llx", (unsigned long long)location->address);
	if (granularity != GRANULARITY_FUNCTIONS)
		text_printf(key, " %s", profile_text(profile, function->file));
	if (granularity >= GRANULARITY_LINES)
		text_printf(key, " :%lld", (long long)frame->line);
	if (addresses && !view->spec.no_inlines)
		text_printf(key, " :%lld", (long long)frame->column);
}

static void check_nodes(const struct view *view)
{
	const struct profile *profile = view->profile;
	struct text a = {0}, b = {0};

	for (frame_id i = 0; i < profile->frame_count; i++) {
		for (frame_id k = 0; k < i; k++) {
			if (view->frame_node[i] == NONE || view->frame_node[k] == NONE)
				continue;
			print_key(view, i, &a);
			print_key(view, k, &b);
			assert_int_equal(view->frame_node[i] == view->frame_node[k],
					 strcmp(a.bytes, b.bytes) == 0);
		}
	}
	text_clear(&a);
	text_clear(&b);
}

static void check_rows(const struct view *view)
{
	static struct reference reference;
	struct function_table *table = function_table_build(view);
	uint32_t rows = 0;

	reference_build(&reference, view, NULL);
	for (node_id node = 0; node < view->node_count; node++)
		rows += reference.flat[node].weight || reference.cum[node].weight;
	assert_int_equal(table->row_count, rows);
	for (uint32_t i = 0; i < rows; i++) {
		const struct function_row *row = &table->rows[i];

		assert_int_equal(row->flat, reference.flat[row->node].weight);
		assert_int_equal(row->cum, reference.cum[row->node].weight);
		assert_int_equal(row->flat_divisor, reference.flat[row->node].divisor);
		assert_int_equal(row->cum_divisor, reference.cum[row->node].divisor);
		if (i)
			assert_true(function_row_compare(view, row - 1, row, ORDER_FLAT) <= 0);
	}
	function_table_free(table);
}

static void tables_of_random_profiles_agree_with_the_reference(void **state)
{
	static const char *const choices[] = {
		"",
		"lines",
		"files",
		"addresses",
		"filefunctions noinlines",
		"mean",
		"addresses noinlines",
		"hide=f1 show_from=f[2-9]",
		"focus=f2 prune_from=f[13]",
		"show=f lines",
		"mean ignore=s3",
	};
	struct random random = {fixture_seed()};

	(void)state;
	for (int i = 0; i < 400; i++) {
		struct random_shape shape = {.functions = 8,
					     .locations = 12,
					     .samples = random_below(&random, 40),
					     .depth = 10,
					     .hostile = random_below(&random, 2)};
		struct profile *profile = fixture_random(&random, &shape);
		struct view *view = fixture_view(profile, choices[random_below(&random, 11)]);

		check_nodes(view);
		check_rows(view);
		view_free(view);
		profile_free(profile);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(flat_belongs_to_the_leaf_and_cum_to_the_whole_path),
		cmocka_unit_test(recursion_counts_once),
		cmocka_unit_test(inlined_functions_are_rows_of_their_own),
		cmocka_unit_test(empty_stacks_belong_to_the_total_but_to_no_row),
		cmocka_unit_test(negative_values_count_by_size),
		cmocka_unit_test(rows_without_flat_and_cum_vanish),
		cmocka_unit_test(equal_values_are_sorted_by_name_byte_by_byte),
		cmocka_unit_test(locations_without_lines_are_one_row_for_each_binary),
		cmocka_unit_test(granularity_decides_what_a_row_is),
		cmocka_unit_test(mean_divides_by_the_first_value),
		cmocka_unit_test(the_base_of_a_diff_alone_is_the_total),
		cmocka_unit_test(sorting_moves_rows_and_the_index_follows),
		cmocka_unit_test(sums_wrap_around_instead_of_breaking),
		cmocka_unit_test(a_stack_of_ten_thousand_frames_is_one_sample),
		cmocka_unit_test(tables_of_random_profiles_agree_with_the_reference),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
