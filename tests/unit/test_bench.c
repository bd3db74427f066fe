/* SPDX-License-Identifier: MIT */
/* Output of go test -bench: every form is read, and two of them compare as benchstat does it. */
#include "text_profile.h"

#include <math.h>

#include "base/array.h"
#include "diagnose/rules/bench.h"
#include "base/stats/mann_whitney.h"

#define TYPES "types runs/count value/millionths\n"
#define MAP "mapping 0-0\n"

static void every_value_of_a_line_is_a_sample(void **state)
{
	(void)state;
	check_dump(
		"goos: linux\npkg: example.com/x\nBenchmarkA/n=1-2   \t  100\t   1.5 ns/op\t0 B/op\n"
		"BenchmarkAlone\nPASS\nok  \texample.com/x\t1s\n",
		true,
		TYPES "1 1500000 | ns/op A/n=1-2 pkg=example.com/x\n"
		      "1 0 | B/op A/n=1-2 pkg=example.com/x\n" MAP);
}

static void what_is_no_result_is_passed_over(void **state)
{
	(void)state;
	assert_string_not_equal(
		claimed_by("pkg: x\nBenchmarkA\n    a_test.go:60: not here\n--- SKIP: "
			   "BenchmarkA\nBenchmarkB-2 x 1 ns/op\nBenchmarkC-2 1 y "
			   "ns/op\nBenchmarkD-2 3\n"),
		"bench");
	assert_string_equal(claimed_by("BenchmarkA 1 2 ns/op\n"), "bench");
}

static void json_output_may_cut_a_line(void **state)
{
	struct profile *json = fixture_load("bench/json_stream.jsonl");
	struct profile *verbose = fixture_load("bench/verbose.txt");

	(void)state;
	assert_int_equal(json->sample_count, 4);
	assert_int_equal(json->values[1][2], 3515000000);
	assert_int_equal(verbose->sample_count, 4);
	profile_free(json);
	profile_free(verbose);
}

static void output_that_is_cut_is_said(void **state)
{
	struct profile *whole = text_profile("BenchmarkA 1 2 ns/op\n", true);
	struct profile *cut = text_profile("BenchmarkA 1 2 ns/op\nBenchmarkA 1 31", true);

	(void)state;
	assert_int_equal(whole->warning_count, 0);
	assert_int_equal(cut->warning_count, 1);
	assert_non_null(strstr(cut->warnings[0], "ends inside line 2"));
	profile_free(whole);
	profile_free(cut);
}

struct expected {
	const char *name, *unit;
	double before, after, p;
};

static void medians_and_p_are_those_of_the_oracle(void **state)
{
	static const struct expected rows[] = {
		{"Render/n=10-2", "ns/op", 1737, 250.95, 0.002},
		{"Render/n=1000-2", "B/op", 15262758.5, 73744, 0.002},
		{"Order-2", "records/op", 1000, 1000, 1},
		{"Count-2", "MB/s", 36.2, 663.35, 0.002},
		{"Count-2", "B/op", 13385, 13392.5, 0.379},
		{"Hash-2", "ns/op", 3377, 3374, 0.853},
		{"Hash-2", "MB/s", 1212.955, 1213.92, 0.937},
		{"ParallelCount-2", "allocs/op", 0, 0, 1},
	};
	static const struct {
		const char *unit;
		double percent;
	} geomeans[] = {{"ns/op", -90.91},
			{"B/op", -88.58},
			{"allocs/op", -95.88},
			{"records/op", 0},
			{"MB/s", 328.24}};
	struct profile *profiles[2] = {fixture_load("bench/before.txt"),
				       fixture_load("bench/after.txt")};
	struct view *views[2] = {fixture_view(profiles[0], ""), fixture_view(profiles[1], "")};
	struct bench_comparison comparison;
	size_t found = 0;

	(void)state;
	bench_compare(views[0], views[1], &comparison);
	assert_int_equal(comparison.row_count, 24);
	for (size_t i = 0; i < comparison.row_count; i++) {
		const struct bench_row *row = &comparison.rows[i];

		for (size_t k = 0; k < COUNT(rows); k++) {
			if (strcmp(row->name, rows[k].name) != 0 ||
			    strcmp(row->unit, rows[k].unit) != 0)
				continue;
			found++;
			assert_true(fabs(row->sides[0].median - rows[k].before) < 1e-6);
			assert_true(fabs(row->sides[1].median - rows[k].after) < 1e-6);
			assert_true(fabs(row->p - rows[k].p) < 0.0006);
		}
	}
	assert_int_equal(found, COUNT(rows));
	assert_int_equal(comparison.geomean_count, 5);
	for (size_t i = 0; i < 5; i++)
		for (size_t k = 0; k < 5; k++)
			if (strcmp(comparison.geomeans[i].unit, geomeans[k].unit) == 0)
				assert_true(fabs(100 * (comparison.geomeans[i].ratio - 1) -
						 geomeans[k].percent) < 0.006);
	bench_clear(&comparison);
	for (int i = 0; i < 2; i++) {
		view_free(views[i]);
		profile_free(profiles[i]);
	}
}

static void the_test_is_exact_for_small_groups(void **state)
{
	static const double low[] = {1, 2, 3, 4}, high[] = {5, 6, 7, 8}, same[] = {2, 2, 2, 2};
	double many[60], more[60];

	(void)state;
	assert_true(fabs(mann_whitney(low, 4, high, 4) - 2.0 / 70) < 1e-12);
	assert_true(fabs(mann_whitney(high, 4, low, 4) - 2.0 / 70) < 1e-12);
	assert_true(mann_whitney(same, 4, same, 4) == 1);
	assert_true(mann_whitney(low, 0, high, 4) == 1);
	for (int i = 0; i < 60; i++) {
		many[i] = i;
		more[i] = i + 20;
	}
	assert_true(mann_whitney(many, 60, many, 60) > 0.99);
	assert_true(mann_whitney(many, 60, more, 60) < 1e-4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_value_of_a_line_is_a_sample),
		cmocka_unit_test(what_is_no_result_is_passed_over),
		cmocka_unit_test(json_output_may_cut_a_line),
		cmocka_unit_test(output_that_is_cut_is_said),
		cmocka_unit_test(medians_and_p_are_those_of_the_oracle),
		cmocka_unit_test(the_test_is_exact_for_small_groups),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
