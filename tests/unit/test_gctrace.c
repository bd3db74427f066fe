/* SPDX-License-Identifier: MIT */
/* Logs of garbage collections: lines of all releases, and the figures that follow from them. */
#include "text_profile.h"

#include <math.h>

#include "base/array.h"
#include "diagnose/gc_figures.h"
#include "format/go/gctrace_line.h"
#include "format/go/runtime_line.h"

/* What corpus tools and the runtime itself say of the same logs. */
static const struct expected {
	const char *file;
	uint32_t cycles, forced, over_goal;
	double span, pause_total, pause_max, mark_share, cpu_share, assist_share, allocated;
	double live_first, live_last, goal_last;
} expected[] = {
	{"calm.gctrace.log", 34, 1, 0, 6.017, 2.10e-3, 0.613e-3, 0.005, 0.001, 0.01, 99, 0, 0, 4},
	{"thrash.gctrace.log", 443, 2, 100, 6.203, 83.85e-3, 4.903e-3, 0.741, 0.385, 0.82, 2246, 0,
	 10, 33},
	{"leak.gctrace.log", 9, 1, 0, 6.176, 0.47e-3, 0.095e-3, 0.075, 0.020, 0.04, 226, 3, 199,
	 323},
	{"burst_all.mixed.log", 45, 23, 14, 4.122, 5.95e-3, 1.302e-3, 0.062, 0.013, 0.42, 213, 5, 0,
	 4},
	{"calm_detail.mixed.log", 12, 1, 0, 2.009, 1.33e-3, 0.362e-3, 0.004, 0.001, 0, 33, 0, 0, 4},
};

#define LOG_COUNT COUNT(expected)

static struct text read_log(size_t number)
{
	char path[64];

	snprintf(path, sizeof(path), "gc/%s", expected[number].file);
	return fixture_text(path);
}

static void assert_near(double value, double want, double slack)
{
	if (fabs(value - want) > slack)
		fail_msg("%g is not %g", value, want);
}

/* Half of the last digit that is printed. */
static void check_figures(const struct gc_figures *got, const struct expected *want)
{
	assert_int_equal(got->cycles, want->cycles);
	assert_int_equal(got->forced, want->forced);
	assert_int_equal(got->over_goal, want->over_goal);
	assert_near(got->span, want->span, 0.0011);
	assert_near(got->pause_total, want->pause_total, 0.0051e-3);
	assert_near(got->pause_max, want->pause_max, 0.0006e-3);
	assert_near(got->mark_share, want->mark_share, 0.0006);
	assert_near(got->cpu_share, want->cpu_share, 0.0006);
	assert_near(got->assist_share, want->assist_share, 0.0051);
	assert_near(got->allocated / 0x1p20, want->allocated, 0.5);
	assert_near(got->live_first / 0x1p20, want->live_first, 0.5);
	assert_near(got->live_last / 0x1p20, want->live_last, 0.5);
	assert_near(got->goal_last / 0x1p20, want->goal_last, 0.5);
}

static void check_log(const struct text *text, const struct expected *want)
{
	struct profile *profile = bytes_profile(text->bytes, text->length, true);
	struct gc_figures figures;
	struct gc_log log;

	assert_true(gc_log_find(profile, &log));
	assert_int_equal(profile->warning_count, 0);
	gc_figures_build(&log, 0, log.count, &figures);
	check_figures(&figures, want);
	profile_free(profile);
}

static void figures_are_those_of_the_oracle(void **state)
{
	(void)state;
	for (size_t i = 0; i < LOG_COUNT; i++) {
		struct text text = read_log(i);

		check_log(&text, &expected[i]);
		text_clear(&text);
	}
}

static void prefixes_line_ends_and_other_output_change_nothing(void **state)
{
	(void)state;
	for (size_t i = 0; i < LOG_COUNT; i++) {
		struct text plain = read_log(i);
		struct text prefixed = fixture_dress(&plain, "2026-11-23T13:22:22Z app[1]: ", "\r");
		struct text mixed = {0};

		for (int k = 0; k < 500; k++)
			text_printf(&mixed, "13:22:22.%d level=info msg=\"gc %d\"\n", k, k);
		text_add(&mixed, plain.bytes, plain.length);
		check_log(&prefixed, &expected[i]);
		check_log(&mixed, &expected[i]);
		text_clear(&plain);
		text_clear(&prefixed);
		text_clear(&mixed);
	}
}

static void a_cut_log_says_so(void **state)
{
	struct text text = read_log(1);
	struct profile *profile = bytes_profile(text.bytes, text.length - 40, true);
	const char *tail = strchr(text.bytes + text.length / 2, '\n') + 1;

	(void)state;
	assert_int_equal(profile->sample_count, 442);
	assert_int_equal(profile->warning_count, 1);
	assert_non_null(strstr(profile->warnings[0], "partial log"));
	profile_free(profile);
	/* Without its front, the span begins with the first cycle. */
	profile = text_profile(tail, true);
	assert_in_range(profile->sample_count, 200, 250);
	assert_in_range(profile->duration_nanos, 2000000000, 4000000000);
	profile_free(profile);
	text_clear(&text);
}

static void missing_cycles_and_several_runs_are_said(void **state)
{
#define CYCLE(number, start)                                                                   \
	"gc " number " @" start "s 1%: 0.1+1+0.1 ms clock, 0.1+0/1/0+0.1 ms cpu, 4->4->0 MB, " \
	"5 MB goal, 2 P\n"
	struct profile *profile = text_profile(
		CYCLE("1", "0.1") CYCLE("4", "0.4") CYCLE("1", "0.2") CYCLE("2", "0.3"), true);
	struct gc_log log;

	(void)state;
	assert_int_equal(profile->warning_count, 2);
	assert_string_equal(profile->warnings[0],
			    "2 cycles are missing from the log by its numbers; sums are too low");
	assert_non_null(strstr(profile->warnings[1], "2 runs"));
	assert_true(gc_log_find(profile, &log));
	assert_int_equal(gc_figures_last_run(&log), 2);
	profile_free(profile);
}

/* Behind so much of a log that it is told by its cycles. */
static void a_dump_behind_a_log_is_said(void **state)
{
	struct text text = {0};
	struct profile *profile;

	(void)state;
	text_add_string(&text, CYCLE("1", "0.1"));
	for (int i = 0; i < 1000; i++)
		text_add_string(&text, "serving\n");
	text_add_string(&text, "goroutine 1 [running]:\nmain.main()\n");
	profile = text_profile(text.bytes, true);
	assert_int_equal(profile->warning_count, 1);
	assert_non_null(strstr(profile->warnings[0], "dump of goroutines, from line 1002 on"));
	profile_free(profile);
	text_clear(&text);
}

static void old_cycles_are_known_behind_a_prefix(void **state)
{
	static const char line[] = "web-1 | gc187(8): 1000+0+29001+0 us, 191 -> 383 MB";
	int64_t values[GC_COLUMN_COUNT];

	(void)state;
	assert_int_equal(gctrace_line_read(span_of(line), values), GCTRACE_OLD);
	assert_int_equal(gctrace_line_read(span_of("logc1(2): x"), values), GCTRACE_NONE);
}

static void lines_of_all_releases_are_told_apart(void **state)
{
	struct text text = fixture_text("gc/all_versions.log");
	struct span all = {text.bytes, text.bytes + text.length}, line;
	static const int want[] = {3, 1, 1, 1, 4, 4, 1, 4, 1, 4, 4, 1, 4, 4, 4, 1, 2, 2};
	static const int kinds[] = {
		[GCTRACE_CYCLE] = 1, [GCTRACE_BROKEN] = 2, [GCTRACE_OLD] = 3, [GCTRACE_OTHER] = 4};
	int64_t values[GC_COLUMN_COUNT];

	(void)state;
	for (size_t i = 0; span_take_line(&all, &line); i++) {
		assert_in_range(i, 0, COUNT(want) - 1);
		assert_int_equal(kinds[gctrace_line_read(line, values)], want[i]);
	}
	text_clear(&text);
}

static void every_field_of_a_line_is_read(void **state)
{
	static const char line[] =
		"gc 12 @3.001s 1% (checking for goroutine leaks): 0.052+0.92+12 ms clock, "
		"0.10+0.5/0.13/0.25+24 ms cpu, 9->10->8 MB, 16 MB goal, 2 MB stacks, 1 MB globals, "
		"2 P (forced)";
	static const char old[] = "gc 7 @0.444s 9%: 1+2+4+8+16 ms clock, 1+2+4+8/16/32+64 ms cpu, "
				  "74->78->65 MB, 79 MB goal, 4 P";
	static const int64_t want[GC_COLUMN_COUNT] = {
		1,       12052000, 52000,   920000,     12000000, 24730000, 24100000,
		500000,  130000,   250000,  3001000000, 12,       1,        1,
		9 << 20, 10 << 20, 8 << 20, 16 << 20,   2 << 20,  1 << 20,  2};
	int64_t values[GC_COLUMN_COUNT];

	(void)state;
	assert_int_equal(gctrace_line_read(span_of(line), values), GCTRACE_CYCLE);
	assert_memory_equal(values, want, sizeof(want));
	assert_int_equal(gctrace_line_read(span_of(old), values), GCTRACE_CYCLE);
	assert_int_equal(values[GC_PAUSE], 21000000);
	assert_int_equal(values[GC_MARK], 10000000);
	assert_int_equal(values[GC_STOP_CPU], 69000000);
	assert_int_equal(values[GC_BACKGROUND_CPU], 18000000);
	assert_int_equal(gctrace_line_read(
				 span_of("gc 9999999999999999 @9s 1%: 0+0+0 ms clock, 0+0/0/0+0 ms "
					 "cpu, 1->1->1 MB, 1 MB goal, 1 P"),
				 values),
			 GCTRACE_BROKEN);
}

static void the_trailer_of_a_heap_profile_is_read(void **state)
{
	struct profile *profile = fixture_load("gc/calm.heap_end.debug1.txt");
	const struct mem_stats *stats = profile->mem_stats;

	(void)state;
	assert_non_null(stats);
	assert_int_equal(stats->total_alloc, 104101688);
	assert_int_equal(stats->heap_alloc, 713104);
	assert_int_equal(stats->cycles, 34);
	assert_int_equal(stats->forced_cycles, 1);
	assert_near(stats->gc_cpu_fraction, 0.0008625631694647345, 1e-12);
	assert_int_equal(stats->pauses[0], 77886);
	profile_free(profile);
}

static void lines_of_scheduler_and_scavenger_are_added_up(void **state)
{
	static const char *const broken[] = {
		"SCHED 5020ms: gomaxprocs=4 idlepr",
		"SCHED ms: gomaxprocs=4 idleprocs=0 threads=3 runqueue=1",
		"xSCHED 1ms: gomaxprocs=4 idleprocs=0 threads=3 runqueue=1",
		"scav 99999999999999999999 KiB work, 1 KiB total, 1% util",
		"scav 1 KiB work, 1 KiB tot",
	};
	struct profile *profile = fixture_load("gc/sched.log");
	const struct runtime_log *log = profile->runtime_log;
	struct runtime_log sums = {0};

	(void)state;
	assert_non_null(log);
	assert_int_equal(profile->sample_count, 0);
	assert_int_equal(log->schedules, 5);
	assert_int_equal(log->threads, 120);
	assert_int_equal(log->queue_max, 24);
	assert_int_equal(log->queue_sum, 14 + 24 + 5 + 1);
	assert_int_equal(log->starving, 3);
	assert_int_equal(log->forced_releases, 1);
	assert_int_equal(log->released, 186960 * 1024);
	assert_int_equal(log->used_percent, 9);
	profile_free(profile);
	for (size_t i = 0; i < COUNT(broken); i++)
		assert_false(runtime_line_read(span_of(broken[i]), &sums));
	assert_true(
		runtime_line_read(span_of("scav 3 120 KiB work, 3952 KiB total, 99% util"), &sums));
	assert_int_equal(sums.released, 120 * 1024);
	assert_int_equal(sums.held, 3952 * 1024);
	runtime_line_limit(span_of("level=INFO msg=\"GOMEMLIMIT=36MiB\" previous=9"), &sums);
	assert_int_equal(sums.memory_limit, 36 << 20);
	runtime_line_limit(span_of("GOMEMLIMIT=9223372036854775807"), &sums);
	runtime_line_limit(span_of("GOMEMLIMIT=off"), &sums);
	assert_int_equal(sums.memory_limit, 36 << 20);
	runtime_line_limit(span_of("GOMEMLIMIT=\"1024\""), &sums);
	assert_int_equal(sums.memory_limit, 1024);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(figures_are_those_of_the_oracle),
		cmocka_unit_test(prefixes_line_ends_and_other_output_change_nothing),
		cmocka_unit_test(a_cut_log_says_so),
		cmocka_unit_test(missing_cycles_and_several_runs_are_said),
		cmocka_unit_test(a_dump_behind_a_log_is_said),
		cmocka_unit_test(old_cycles_are_known_behind_a_prefix),
		cmocka_unit_test(lines_of_all_releases_are_told_apart),
		cmocka_unit_test(every_field_of_a_line_is_read),
		cmocka_unit_test(the_trailer_of_a_heap_profile_is_read),
		cmocka_unit_test(lines_of_scheduler_and_scavenger_are_added_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
