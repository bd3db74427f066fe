/* SPDX-License-Identifier: MIT */
/* The output of perf script. */
#include "text_profile.h"

#include "base/array.h"

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
		   "1 1 | 10 [libc.so.6] 20 [unknown] 30 main@main.c:12 app tid=1\n"
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

static void the_time_is_the_anchor_of_a_header(void **state)
{
	(void)state;
	check_dump(
		"puma srv tp 001 31337/31402 [002] 5021.1: 7 cpu-clock:pppH: \n"
		"\t10 f+0x12 (/bin/ruby)\n\n"
		"kworker/0:1-[x] 31404 [001] 5021.2: sched:sched_switch: prev_pid=31404 12.5: y\n"
		"\t10 f+0x12 (/bin/ruby)\n\n",
		false,
		"types samples/count cpu-clock:pppH/nanoseconds sched:sched_switch/count\n"
		"1 7 0 | 10 f puma srv tp 001 pid=31337 tid=31402\n"
		"1 0 1 | 10 f kworker/0:1-[x] tid=31404\n"
		"mapping 0-0 /bin/ruby\n");
}

static void the_processor_is_shown_first(void **state)
{
	struct profile *profile = text_profile(
		"a 1 10.5: page-faults: \n\t10 f (/a)\n\na 1 10.6: 7 cpu_core/cycles/P: \n\t10 f (/a)\n",
		false);

	(void)state;
	assert_string_equal(profile_text(profile, profile->default_type), "cpu_core/cycles/P");
	profile_free(profile);
}

static void other_fields_are_read(void **state)
{
	static const char *const texts[] = {
		/* -F comm,event,ip,sym,dso: no time */
		"my app 1 cycles: \n\t10 f (/a)\n",
		/* no event, no time, no thread */
		"my app \n\t10 f (/a)\n\t20 g (/a)\n",
		/* -F ip,sym */
		"\n\t              10 f\n\t              20 g\n\n\n\t              10 f\n",
		/* no call chain */
		"  my app 1 10.5: 7 cycles:  10 f (/a)\n  my app 1 10.6: 7 cycles:  10 f (/a)\n",
		/* what perf says on standard error stands in front */
		"WARNING: The perf.data file's data size field is 0\nmy app 1 10.5: 7 cycles: \n\t10 f (/a)\n",
		/* tracepoints without stacks */
		"  zone 162 [004] 42.36: syscalls:sys_enter_brk: brk: 0x0\n",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		assert_string_equal(claimed_by(texts[i]), "perf");
	check_dump(texts[1], false, "types samples/count\n1 | 10 f 20 g my app\nmapping 0-0 /a\n");
	check_dump(
		texts[2], false,
		"types samples/count\n1 | 10 f 20 g [unknown]\n1 | 10 f [unknown]\nmapping 0-0\n");
	check_dump(texts[3], false,
		   "types samples/count cycles/count\n1 7 | 10 f my app tid=1\n"
		   "1 7 | 10 f my app tid=1\nmapping 0-0 /a\n");
}

static void inlined_frames_join_their_function(void **state)
{
	(void)state;
	check_dump("a 1 1.0: 1 cycles: \n"
		   "\t10 in+0x1 (inlined)\n  a.h:3\n"
		   "\t10 mid+0x1 (inlined)\n  b.h:4\n"
		   "\t10 out+0x1 (/a)\n  a.c:5\n\n"
		   "a 1 2.0: 1 cycles: \n\t10 out+0x1 (/a)\n",
		   false,
		   "types samples/count cycles/count\n"
		   "1 1 | 10 in@a.h:3>mid@b.h:4>out@a.c:5 a tid=1\n"
		   "1 1 | 10 out a tid=1\nmapping 0-0 /a\n");
}

static void tasks_are_no_samples(void **state)
{
	(void)state;
	check_dump("a 1 1.0: PERF_RECORD_COMM exec: a:1/1\n"
		   "a 1 1.1: 5 cycles: \n\t10 f (/a)\n\n"
		   "a 1 1.2: PERF_RECORD_EXIT(1:1):(1:1)\n",
		   false, "types samples/count cycles/count\n1 5 | 10 f a tid=1\nmapping 0-0 /a\n");
}

static void compiled_code_has_the_names_of_its_language(void **state)
{
	(void)state;
	check_dump(
		"a 1 1.0: 1 cycles: \n"
		"\t10 JS:*fib /app/app.js:1:13 (/tmp/perf-1.map)\n"
		"\t20 long App.fib(int)+0x4c (/tmp/perf-1.map)\n"
		"\t30 py::work:/app/app.py (/tmp/perf-1.map)\n"
		"\t40 Interpreter+0x7af (/tmp/perf-1.map)\n",
		false,
		"types samples/count cycles/count\n"
		"1 1 | 10 fib@/app/app.js:1 20 App.fib(int) 30 work@/app/app.py 40 Interpreter a tid=1\n"
		"mapping 0-0 /tmp/perf-1.map\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_command_is_the_root),
		cmocka_unit_test(every_event_is_a_type),
		cmocka_unit_test(unknown_symbols_are_named_after_their_object),
		cmocka_unit_test(inlined_functions_are_lines_of_one_location),
		cmocka_unit_test(other_lines_are_counted),
		cmocka_unit_test(the_time_is_the_anchor_of_a_header),
		cmocka_unit_test(the_processor_is_shown_first),
		cmocka_unit_test(other_fields_are_read),
		cmocka_unit_test(inlined_frames_join_their_function),
		cmocka_unit_test(tasks_are_no_samples),
		cmocka_unit_test(compiled_code_has_the_names_of_its_language),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
