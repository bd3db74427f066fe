/* SPDX-License-Identifier: MIT */
/* Folded stacks. */
#include "text_profile.h"

#define ONE "types samples/count\n"
#define TWO "types before/count after/count\n"
#define NO_MAP "mapping 0-0\n"

static void a_line_is_a_stack_and_a_number(void **state)
{
	(void)state;
	check_dump("main;io.Copy;read the disk 12\nmain 3\r\n\nmain;;io.Copy; 4 \n", false,
		   ONE "12 | read the disk io.Copy main\n3 | main\n4 | io.Copy main\n" NO_MAP);
}

static void two_numbers_in_all_lines_are_a_comparison(void **state)
{
	(void)state;
	check_dump("main;a 1 2\nmain;b 0 5\n", false, TWO "1 2 | a main\n0 5 | b main\n" NO_MAP);
}

static void one_line_with_one_number_decides(void **state)
{
	(void)state;
	check_dump("main;a  1 2\nmain;b 7 5\nmain;c 9\nmain;d 8 6\n", false,
		   ONE "2 | a  1 main\n5 | b 7 main\n9 | c main\n6 | d 8 main\n" NO_MAP);
}

static void a_first_line_may_name_the_types(void **state)
{
	(void)state;
	check_dump("samples/count cpu/nanoseconds\nmain;a 1 10\n", false,
		   "types samples/count cpu/nanoseconds\n1 10 | a main\n" NO_MAP);
	check_dump("samples/count\nmain;a 1 10\n", false, ONE "10 | a 1 main\n" NO_MAP);
}

static void lines_without_a_number_are_counted(void **state)
{
	struct profile *profile =
		text_profile("main;a 1\nwhat is this\nmain;b 2\nmain;c two\nmain 1\n", false);

	(void)state;
	assert_int_equal(profile->sample_count, 3);
	assert_int_equal(profile->warning_count, 1);
	assert_string_equal(
		profile->warnings[0],
		"passed over 2 lines that are no stack and number; the first is line 2");
	profile_free(profile);
}

static void fractions_are_rounded(void **state)
{
	(void)state;
	check_dump("main;a 1.5\nmain;b 2.4\nmain;c -3.5\nmain;d 7.\n", false,
		   ONE "2 | a main\n2 | b main\n-4 | c main\n7 | d main\n" NO_MAP);
}

static void other_text_is_not_claimed(void **state)
{
	(void)state;
	assert_string_equal(claimed_by("this is not a profile\n"), "");
	assert_string_equal(claimed_by("version 12\nrelease date 2026\n"), "");
	assert_string_equal(claimed_by("main 12\nother 13\n"), "folded");
	assert_string_equal(claimed_by("main;a 12\n"), "folded");
	assert_string_equal(claimed_by("goroutine profile: total 5\n"), "go_count");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_is_a_stack_and_a_number),
		cmocka_unit_test(two_numbers_in_all_lines_are_a_comparison),
		cmocka_unit_test(one_line_with_one_number_decides),
		cmocka_unit_test(a_first_line_may_name_the_types),
		cmocka_unit_test(lines_without_a_number_are_counted),
		cmocka_unit_test(fractions_are_rounded),
		cmocka_unit_test(other_text_is_not_claimed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
