/* SPDX-License-Identifier: MIT */
/* What perf stat prints: tables, fields, intervals, and what is none of it. */
#include "text_profile.h"

#include "base/array.h"
#include "diagnose/rules/counters.h"
#include "format/stacks/perf_stat_line.h"

static void rows_of_all_forms_are_read(void **state)
{
	static const struct {
		const char *line, *event;
		int64_t value;
		bool fields, time, counted;
	} cases[] = {
		{"    46,120,883,910      cycles   #    2.400 GHz   (83.31%)", "cycles",
		 46120883910, false, false, true},
		{"         19.214,31 msec task-clock  #  1,888 CPUs utilized", "task-clock",
		 19214310000, false, true, true},
		{"              0.61 msec task-clock:u", "task-clock:u", 610000, false, true, true},
		{"   <not supported>      instructions", "instructions", 0, false, false, false},
		{"     0.100173237                 72      page-faults    #   65.720 K/sec",
		 "page-faults", 72, false, false, true},
		{"                50      page-faults   #   91.994 K/sec  ( +-  1.15% )",
		 "page-faults", 50, false, false, true},
		{"4812334112,,cycles,526311,100.00,2.411,GHz", "cycles", 4812334112, true, false,
		 true},
		{"0.70;msec;task-clock;698472;100.00;0.576;CPUs utilized", "task-clock", 700000,
		 true, true, true},
		{"1.000214117,CPU0,7551220063,,instructions:u,1,83.40,0.33,insn per cycle",
		 "instructions:u", 7551220063, true, false, true},
		{"<not counted>,,cache-misses,0,100.00,,", "cache-misses", 0, true, false, false},
	};
	static const char *const others[] = {
		"",
		"#  time  counts unit events",
		"0.001511000 seconds user",
		"7 requests in flight",
		"     10.178 seconds time elapsed",
		"4812334112",
		",,,,",
		"12 ,",
		"1,2,3,4,5,6",
		"12 34 56",
		"99999999999999999999999999999999999999999999 cycles",
	};
	struct perf_stat_row row;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct span line = span_of(cases[i].line);

		assert_true(cases[i].fields ? perf_stat_line_fields(line, &row)
					    : perf_stat_line_table(line, &row));
		assert_true(span_equals(row.event, cases[i].event));
		assert_int_equal(row.value, cases[i].value);
		assert_int_equal(row.time, cases[i].time);
		assert_int_equal(row.counted, cases[i].counted);
	}
	for (size_t i = 0; i < COUNT(others); i++) {
		assert_false(perf_stat_line_table(span_of(others[i]), &row));
		assert_false(perf_stat_line_fields(span_of(others[i]), &row));
	}
}

static double cycles_per_instruction(const char *file, uint32_t *samples, uint32_t *warnings)
{
	struct profile *profile = fixture_load(file);
	struct view *view = fixture_view(profile, "");
	struct subject subject;
	double cycles;

	subject_init(&subject, file, 0, view);
	assert_int_equal(subject.kind, SUBJECT_COUNTERS);
	cycles = counters_cycles_per_instruction(&subject);
	*samples = profile->sample_count;
	*warnings = profile->warning_count;
	subject_clear(&subject);
	view_free(view);
	profile_free(profile);
	return cycles;
}

static void cycles_per_instruction_is_the_ratio_of_all_lines(void **state)
{
	uint32_t samples, warnings;

	(void)state;
	/* What the program wrote is no counter. */
	assert_float_equal(cycles_per_instruction("perf/stat.txt", &samples, &warnings),
			   46120883910.0 / 15102440127, 1e-9);
	assert_int_equal(samples, 10);
	assert_int_equal(warnings, 0);
	assert_float_equal(cycles_per_instruction("perf/stat.csv", &samples, &warnings),
			   46120883910.0 / 15102440127, 1e-9);
	assert_int_equal(samples, 6);
	assert_int_equal(warnings, 1);
	assert_float_equal(cycles_per_instruction("perf/stat_vm.txt", &samples, &warnings), 0, 0);
	assert_int_equal(samples, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_of_all_forms_are_read),
		cmocka_unit_test(cycles_per_instruction_is_the_ratio_of_all_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
