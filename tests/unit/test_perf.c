/* SPDX-License-Identifier: MIT */
/* The output of perf script. */
#include "text_profile.h"

static void the_command_is_the_root(void **state)
{
	(void)state;
	check_dump("# captured on: today\n\n"
		   "app 15214  2347.090522:    2506265 cpu-clock: \n"
		   "\t  2f922 runtime.park_m+0x82 (/bin/app)\n"
		   "\t  63d21 runtime.goexit.abi0+0x1 (/bin/app)\n"
		   "\n",
		   false,
		   "types samples/count cpu-clock/nanoseconds\n"
		   "1 2506265 | 2f922 runtime.park_m 63d21 runtime.goexit.abi0 app tid=15214\n"
		   "mapping 0-0 /bin/app\n");
}

static void every_event_is_a_type(void **state)
{
	struct profile *profile;

	(void)state;
	check_dump(
		"V8 Worker 24636/25607 [003] 10.5: 7 cycles:u: \n\t10 f+0x1 (/bin/a)\n\n"
		"V8 Worker 24636/25607 [003] 12.0: sched:sched_switch: prev=1\n\t10 f+0x1 (/bin/a)\n",
		false,
		"types samples/count cycles:u/count sched:sched_switch/count\n"
		"1 7 0 | 10 f V8 Worker pid=24636 tid=25607\n"
		"1 0 1 | 10 f V8 Worker pid=24636 tid=25607\n"
		"mapping 0-0 /bin/a\n");
	profile = text_profile("a 1 10.5: 7 x: \n\n\na 1 12.000000001: 7 y: \n", false);
	assert_string_equal(profile_text(profile, profile->default_type), "x");
	assert_int_equal(profile->duration_nanos, 1500000001);
	profile_free(profile);
}

static void unknown_symbols_are_named_after_their_object(void **state)
{
	(void)state;
	check_dump("app 1 1.0: 1 cycles: \n"
		   "\t10 [unknown] (/lib/libc.so.6)\n"
		   "\t20 [unknown] ([unknown])\n"
		   "\t30 main (/bin/app (deleted))\n"
		   "  main.c:12\n"
		   "\t40 (app) (/bin/app)\n",
		   false,
		   "types samples/count cycles/count\n"
		   "1 1 | 10 [libc.so.6] 20 [unknown] 30 main app tid=1\n"
		   "mapping 0-0 /lib/libc.so.6\nmapping 0-0 /bin/app\n");
}

static void inlined_functions_are_lines_of_one_location(void **state)
{
	(void)state;
	check_dump("app 1 1.0: 1 cycles: \n\t10 outer->A::operator->->inner (/bin/app)\n", false,
		   "types samples/count cycles/count\n"
		   "1 1 | 10 inner>A::operator->>outer app tid=1\n"
		   "mapping 0-0 /bin/app\n");
}

static void other_lines_are_counted(void **state)
{
	struct profile *profile =
		text_profile("app 1 1.0: 1 cycles: \n\t10 f (/bin/app)\n\nLost 12\n", false);

	(void)state;
	assert_int_equal(profile->sample_count, 1);
	assert_int_equal(profile->warning_count, 1);
	assert_string_equal(profile->warnings[0],
			    "passed over 1 lines that are not of perf script; the first is line 4");
	profile_free(profile);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_command_is_the_root),
		cmocka_unit_test(every_event_is_a_type),
		cmocka_unit_test(unknown_symbols_are_named_after_their_object),
		cmocka_unit_test(inlined_functions_are_lines_of_one_location),
		cmocka_unit_test(other_lines_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
