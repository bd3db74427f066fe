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
	/* A word and a number a line is any list: /proc/vmstat, "num_symbols: 1". */
	assert_string_not_equal(claimed_by("nr_free_pages 12\nnr_zone_active_anon 13\n"), "folded");
	assert_string_not_equal(claimed_by("num_symbols: 1\n"), "folded");
	assert_string_equal(claimed_by("samples/count\nmain 12\nother 13\n"), "folded");
	assert_string_equal(claimed_by("12\nmain;a 30\n 5\n"), "folded");
	assert_string_equal(claimed_by("Total: 15\nmain;a 15\n"), "folded");
	assert_string_equal(claimed_by("main;a 12\n"), "folded");
	assert_string_equal(claimed_by("goroutine profile: total 5\n"), "go_count");
}

static void comments_and_a_total_are_no_stacks(void **state)
{
	(void)state;
	check_dump("# duration: 3101089\n\nmain;a 1\n# errors: 2/300\nmain;b 2\n", false,
		   ONE "1 | a main\n2 | b main\n" NO_MAP);
	check_dump("Total samples: 3\nmain;a 1\nmain;total 2\n", false,
		   ONE "1 | a main\n2 | total main\n" NO_MAP);
}

static void numbers_have_many_forms(void **state)
{
	(void)state;
	check_dump("main;a 1e6\nmain;b 2.5E+05\nmain;c 1,234,567\nmain;d\t7\n", false,
		   ONE "1000000 | a main\n250000 | b main\n1234567 | c main\n7 | d main\n" NO_MAP);
}

static void a_byte_order_mark_is_no_name(void **state)
{
	(void)state;
	check_dump("\xef\xbb\xbfmain;a 12\r\nmain;b 3\r\n", false,
		   ONE "12 | a main\n3 | b main\n" NO_MAP);
}

static void pyspy_names_files_and_lines(void **state)
{
	(void)state;
	check_dump("thread (7): x;<module> (app.py:1);f (re/__init__.py:5) 3\n"
		   "thread (7): x;<module> (app.py:1);sleep (libc.so.6) 4\n",
		   false,
		   ONE "3 | f@re/__init__.py:5 <module>@app.py:1 thread (7): x\n"
		       "4 | sleep@libc.so.6 <module>@app.py:1 thread (7): x\n" NO_MAP);
	/* A name may have line ends. */
	check_dump(
		"<module> (x.py:1);Return\n\n  x: 3\n (x.py:12) 4\n<module> (x.py:1);main (x.py:2) 96\n",
		false,
		ONE
		"4 | Return x: 3@x.py:12 <module>@x.py:1\n96 | main@x.py:2 <module>@x.py:1\n" NO_MAP);
	/* What only looks like a place is part of a name where others have none. */
	check_dump("main;f (a:1);b;c 1\n", false, ONE "1 | c b f (a:1) main\n" NO_MAP);
}

static void austin_says_what_it_measures(void **state)
{
	(void)state;
	check_dump(
		"# austin: 3.7.0\n# mode: cpu\n\nP1;T0:2;/a.py:f:3;/a.py:g:4 500\nP1;T0:2 7\n",
		false,
		"types cpu/microseconds\n500 | g@/a.py:4 f@/a.py:3 pid=1 tid=2\n7 | pid=1 tid=2\n" NO_MAP);
	check_dump("# mode: full\nP1;T0:2;/a.py:f:3 500,0,-4096\nP1;T0:2;/a.py:f:3 20,1,0\n", false,
		   "types time/microseconds idle/microseconds memory/bytes\n"
		   "500 0 -4096 | f@/a.py:3 pid=1 tid=2\n20 20 0 | f@/a.py:3 pid=1 tid=2\n" NO_MAP);
	check_dump("# mode: memory\nP1;T0:2;/a.py:f:3 500\n", false,
		   "types memory/bytes\n500 | f@/a.py:3 pid=1 tid=2\n" NO_MAP);
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
		cmocka_unit_test(comments_and_a_total_are_no_stacks),
		cmocka_unit_test(numbers_have_many_forms),
		cmocka_unit_test(a_byte_order_mark_is_no_name),
		cmocka_unit_test(pyspy_names_files_and_lines),
		cmocka_unit_test(austin_says_what_it_measures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
