/* SPDX-License-Identifier: MIT */
/* drop_frames and keep_frames of a profile; facts of pprof's profile/prune_test.go. */
#include "fixture.h"
#include "transform/prune.h"

static void set_frames(struct profile *profile, const char *drop, const char *keep)
{
	profile->drop_frames = strings_add_text(&profile->strings, drop);
	profile->keep_frames = strings_add_text(&profile->strings, keep);
}

/* The stacks root first, inlined functions behind ">", one sample a line. */
static char *print_stacks(const struct profile *profile)
{
	struct text text = {0};

	text_add(&text, "", 0);
	for (uint32_t i = 0; i < profile->sample_count; i++) {
		for (uint32_t at = profile->path_start[i]; at < profile->path_start[i + 1]; at++) {
			const struct location *location =
				&profile->locations[profile_location(profile, at)];

			if (at > profile->path_start[i])
				text_add_char(&text, ' ');
			for (uint32_t k = location->line_count; k-- > 0;) {
				const struct frame *frame =
					&profile->frames[location->first_frame + k];
				const struct function *function =
					&profile->functions[frame->function];

				text_printf(&text, "%s%s", profile_text(profile, function->name),
					    k ? ">" : "");
			}
			if (!location->line_count)
				text_printf(&text, "@%llx", (unsigned long long)location->address);
		}
		text_add_char(&text, '\n');
	}
	return text.bytes;
}

static void check_pruned(const char *text, const char *drop, const char *keep, const char *want)
{
	struct profile *profile = fixture_profile(text), *pruned;
	struct error error;
	char *before = print_stacks(profile), *got;

	set_frames(profile, drop, keep);
	assert_true(prune_wanted(profile));
	pruned = prune_drop_frames(profile, &error);
	if (!pruned)
		fail_msg("%s", error.message);
	got = print_stacks(pruned);
	assert_string_equal(got, want);
	free(got);
	/* The old profile is as it was. */
	got = print_stacks(profile);
	assert_string_equal(got, before);
	free(got);
	free(before);
	profile_free(pruned);
	profile_free(profile);
}

static void what_is_called_by_a_dropped_function_goes_with_it(void **state)
{
	(void)state;
	check_pruned("main run malloc brk = 1\nmain run = 2\n", "malloc", "",
		     "main run\nmain run\n");
	check_pruned("main a b a c = 1\n", "a", "", "main\n");
	check_pruned("main a b = 1\n", "b", "", "main a\n");
}

static void nothing_is_cut_before_the_first_frame_that_stays(void **state)
{
	(void)state;
	check_pruned("malloc brk = 1\nmalloc malloc main malloc = 1\nmalloc = 1\n", "malloc", "",
		     "malloc brk\nmalloc malloc main\nmalloc\n");
}

static void patterns_match_whole_names(void **state)
{
	(void)state;
	check_pruned("main malloc_hook = 1\nmain xmalloc = 1\nmain calloc = 1\n", "malloc|calloc",
		     "", "main malloc_hook\nmain xmalloc\nmain\n");
}

static void keep_frames_exempts_what_drop_frames_matches(void **state)
{
	(void)state;
	check_pruned("main runtime.a x = 1\nmain runtime.panic x = 1\n", "runtime\\..*",
		     "runtime\\.panic", "main\nmain runtime.panic x\n");
}

static void a_match_among_inlined_lines_cuts_it_and_what_is_inlined_into_it(void **state)
{
	/* Drop fun1, fun2-less names by "fu.*[12]|banana", keep what ends in two of n and 2. */
	static const char text[] = "main = 1\n"
				   "main fun2>fun1 = 1\n"
				   "main fun1>fun3 = 1\n"
				   "main fun5>fun1>fun3 = 1\n"
				   "main fun2>fun1 fun1>fun3 fun5>fun1>fun3 = 1\n";

	(void)state;
	check_pruned(text, "fu.*[12]|banana", ".*[n2][n2]",
		     "main\nmain fun2\nmain\nmain fun5\nmain fun2\n");
}

static void names_are_matched_without_their_arguments(void **state)
{
	static const char text[] =
		"main unsimplified_fun(int) = 1\n"
		"main Foo::(anonymous~namespace)::Test::Bar = 1\n"
		"main Hello::(anonymous~namespace)::World(const~Foo::(anonymous~namespace)::Test::Bar) = 1\n"
		"main Foo::operator()(::Bar) = 1\n";

	(void)state;
	check_pruned(
		text, "unsimplified_fun\\(int\\)|.*Foo::.*::Bar.*|.*operator\\(\\)", "",
		"main unsimplified_fun(int)\n"
		"main\n"
		"main Hello::(anonymous namespace)::World(const Foo::(anonymous namespace)::Test::Bar)\n"
		"main\n");
}

static void locations_without_lines_and_empty_stacks_stay(void **state)
{
	(void)state;
	check_pruned("@10 malloc @20 = 1\n= 1\n@10 @20 = 1\n", ".*", "", "@10\n\n@10 @20\n");
}

static void values_labels_and_header_are_kept(void **state)
{
	struct profile *profile = fixture_profile("types a/count b/bytes\n"
						  "main x = 1 2 k=v size:64bytes\n"
						  "main = 3 4\n");
	struct profile *pruned;
	struct error error;

	(void)state;
	set_frames(profile, "x", "");
	profile->period = 7;
	profile->time_nanos = 8;
	profile->duration_nanos = 9;
	profile->default_type = profile->types[0].type;
	pruned = prune_drop_frames(profile, &error);
	assert_non_null(pruned);
	assert_int_equal(pruned->sample_count, 2);
	assert_int_equal(pruned->values[0][0], 1);
	assert_int_equal(pruned->values[1][1], 4);
	assert_int_equal(pruned->label_start[1], 2);
	assert_int_equal(pruned->label_start[2], 2);
	assert_string_equal(profile_text(pruned, pruned->labels[0].key), "k");
	assert_string_equal(profile_text(pruned, pruned->labels[0].text), "v");
	assert_int_equal(pruned->labels[1].number, 64);
	assert_string_equal(profile_text(pruned, pruned->labels[1].unit), "bytes");
	assert_string_equal(profile_text(pruned, pruned->default_type), "a");
	assert_int_equal(pruned->period + pruned->time_nanos + pruned->duration_nanos, 24);
	assert_int_equal(pruned->mapping_count, 1);
	profile_free(pruned);
	profile_free(profile);
}

static void a_pattern_that_does_not_compile_is_an_error_that_names_it(void **state)
{
	struct profile *profile = fixture_profile("main = 1\n");
	struct error error;

	(void)state;
	set_frames(profile, "(", "");
	assert_null(prune_drop_frames(profile, &error));
	assert_non_null(strstr(error.message, "drop_frames"));
	set_frames(profile, "x", "[");
	assert_null(prune_drop_frames(profile, &error));
	assert_non_null(strstr(error.message, "keep_frames"));
	profile_free(profile);
}

static void without_drop_frames_there_is_nothing_to_do(void **state)
{
	struct profile *profile = fixture_profile("main = 1\n");

	(void)state;
	assert_false(prune_wanted(profile));
	set_frames(profile, "", "main");
	assert_false(prune_wanted(profile));
	profile_free(profile);
}

static void patterns_are_checked_before(void **state)
{
	struct profile *profile = fixture_profile("main run = 1\n");
	struct error error;

	(void)state;
	set_frames(profile, "run", "");
	assert_true(prune_check(profile, &error));
	set_frames(profile, "run", "a(");
	assert_false(prune_check(profile, &error));
	assert_non_null(strstr(error.message, "keep_frames"));
	set_frames(profile, "*", "");
	assert_false(prune_check(profile, &error));
	assert_non_null(strstr(error.message, "all frames are shown: drop_frames"));
	profile_free(profile);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_called_by_a_dropped_function_goes_with_it),
		cmocka_unit_test(nothing_is_cut_before_the_first_frame_that_stays),
		cmocka_unit_test(patterns_match_whole_names),
		cmocka_unit_test(keep_frames_exempts_what_drop_frames_matches),
		cmocka_unit_test(a_match_among_inlined_lines_cuts_it_and_what_is_inlined_into_it),
		cmocka_unit_test(names_are_matched_without_their_arguments),
		cmocka_unit_test(locations_without_lines_and_empty_stacks_stay),
		cmocka_unit_test(values_labels_and_header_are_kept),
		cmocka_unit_test(a_pattern_that_does_not_compile_is_an_error_that_names_it),
		cmocka_unit_test(patterns_are_checked_before),
		cmocka_unit_test(without_drop_frames_there_is_nothing_to_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
