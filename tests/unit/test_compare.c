/* SPDX-License-Identifier: MIT */
/* Comparisons: noise is not taken for a change, and a change not for noise. */
#include "fixture.h"

#include <math.h>

#include "base/arena.h"
#include "base/array.h"
#include "diagnose/compare.h"
#include "base/stats/student.h"
#include "diagnose/diagnose.h"

/* Half of the observations of a profile, drawn at random, and the other half. */
struct halves {
	struct profile sides[2];
	struct arena arena;
};

static void draw_halves(const struct profile *profile, struct random *random, bool by_rows,
			struct halves *halves)
{
	*halves = (struct halves){.sides = {*profile, *profile}};
	for (int side = 0; side < 2; side++) {
		halves->sides[side].values =
			arena_zero(&halves->arena, profile->type_count, sizeof(int64_t *));
		for (uint32_t t = 0; t < profile->type_count; t++)
			halves->sides[side].values[t] =
				arena_zero(&halves->arena, profile->sample_count, sizeof(int64_t));
	}
	for (uint32_t i = 0; i < profile->sample_count; i++) {
		int64_t count = profile->values[0][i], first = 0;

		if (by_rows)
			first = random_below(random, 2) ? count : 0;
		else
			for (int64_t k = 0; k < count; k++)
				first += random_below(random, 2);
		for (uint32_t t = 0; t < profile->type_count; t++) {
			int64_t each = profile->values[t][i] / count;

			halves->sides[0].values[t][i] = first * each;
			halves->sides[1].values[t][i] = (count - first) * each;
		}
	}
}

static size_t real_changes(const struct profile *before, const struct profile *after, bool cum)
{
	struct view *views[2] = {fixture_view(before, "sample_index=cpu"),
				 fixture_view(after, "sample_index=cpu")};
	struct subject subjects[2];
	struct comparison comparison;
	size_t real;

	for (int i = 0; i < 2; i++)
		subject_init(&subjects[i], "test", (uint32_t)i, views[i]);
	compare_build(&subjects[0], &subjects[1], cum, COMPARE_BY_TIME, &comparison);
	real = comparison.real;
	compare_clear(&comparison);
	for (int i = 0; i < 2; i++) {
		subject_clear(&subjects[i]);
		view_free(views[i]);
	}
	return real;
}

static void halves_of_a_profile_show_no_change(void **state)
{
	static const struct {
		const char *file;
		bool by_rows;
	} cases[] = {
		{"web_before.cpu.pb.gz", false},
		{"web_before.cpu.pb.gz", true},
		{"compile_net_http.cpu.pb.gz", false},
		{"test_encoding_json.cpu.pb.gz", false},
	};
	struct random random = {fixture_seed()};

	(void)state;
	for (size_t c = 0; c < COUNT(cases); c++) {
		struct profile *profile = fixture_load(cases[c].file);
		int wrong = 0;

		for (int split = 0; split < 100; split++) {
			struct halves halves;

			draw_halves(profile, &random, cases[c].by_rows, &halves);
			wrong += real_changes(&halves.sides[0], &halves.sides[1], split % 2) > 0;
			arena_clear(&halves.arena);
		}
		print_message("%s: %d of 100 splits show a change\n", cases[c].file, wrong);
		assert_in_range(wrong, 0, 5);
		profile_free(profile);
	}
}

/* 4000 observations against 6000: real; 6000 against 6005 and 10 against 14: not. Times, not totals, are made equal. */
static void what_changed_is_told_from_what_did_not(void **state)
{
	struct profile *before = fixture_profile("types samples/count cpu/nanoseconds\n"
						 "main hot = 4000 40000\nmain same = 6000 60000\n"
						 "main few = 10 100\n");
	struct profile *after =
		fixture_profile("types samples/count cpu/nanoseconds\n"
				"main hot = 12000 120000\nmain same = 12010 120100\n"
				"main few = 28 280\n");
	struct view *views[2];
	struct subject subjects[2];
	struct comparison comparison;

	(void)state;
	before->duration_nanos = 1000;
	after->duration_nanos = 2000;
	views[0] = fixture_view(before, "sample_index=cpu");
	views[1] = fixture_view(after, "sample_index=cpu");
	for (int i = 0; i < 2; i++)
		subject_init(&subjects[i], "test", (uint32_t)i, views[i]);
	compare_build(&subjects[0], &subjects[1], false, COMPARE_BY_TIME, &comparison);
	assert_true(comparison.scale == 0.5);
	assert_int_equal(comparison.count, 3);
	assert_int_equal(comparison.real, 1);
	assert_string_equal(comparison.changes[0].name, "hot");
	assert_true(comparison.changes[0].after == 60000);
	assert_string_equal(comparison.changes[1].name, "same");
	compare_clear(&comparison);
	/* As shares, what grew less than the rest has shrunk. */
	compare_build(&subjects[0], &subjects[1], false, COMPARE_BY_TOTAL, &comparison);
	assert_true(fabs(comparison.total.after - comparison.total.before) < 1e-6);
	compare_clear(&comparison);
	for (int i = 0; i < 2; i++) {
		subject_clear(&subjects[i]);
		view_free(views[i]);
	}
	profile_free(before);
	profile_free(after);
}

static void student_has_the_values_of_the_tables(void **state)
{
	static const struct {
		double t, freedom, p;
	} cases[] = {
		{12.7062, 1, 0.05}, {4.3027, 2, 0.05}, {2.2281, 10, 0.05}, {3.1693, 10, 0.01},
		{2.0003, 60, 0.05}, {31.821, 1, 0.02}, {0, 5, 1},          {2.5758, INFINITY, 0.01},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_float_equal(student_p(cases[i].t, cases[i].freedom), cases[i].p, 2e-5);
		assert_float_equal(student_p(-cases[i].t, cases[i].freedom), cases[i].p, 2e-5);
	}
	assert_true(student_p(1e300, 3) >= 0 && student_p(1e300, 3) < 1e-9);
}

/* A function with these counts in three runs before and three after; its p. */
static double p_of_runs(const int counts[6], double *before, double *after)
{
	struct profile *profiles[6];
	struct view *views[6];
	struct subject subjects[6];
	const struct subject *list[6];
	struct comparison comparison;
	double p = -1;

	for (int i = 0; i < 6; i++) {
		struct text text = {0};

		text_printf(&text,
			    "types samples/count cpu/nanoseconds\nmain hot = %d %d0\n"
			    "main rest = 1000 10000\n",
			    counts[i], counts[i]);
		profiles[i] = fixture_profile(text.bytes);
		text_clear(&text);
		views[i] = fixture_view(profiles[i], "sample_index=cpu");
		subject_init(&subjects[i], "run", (uint32_t)i, views[i]);
		list[i] = &subjects[i];
	}
	compare_build_runs(list, 3, 6, false, COMPARE_BY_TIME, &comparison);
	for (size_t i = 0; i < comparison.count; i++) {
		if (strcmp(comparison.changes[i].name, "hot") != 0)
			continue;
		p = comparison.changes[i].p;
		*before = comparison.changes[i].before;
		*after = comparison.changes[i].after;
	}
	compare_clear(&comparison);
	for (int i = 0; i < 6; i++) {
		subject_clear(&subjects[i]);
		view_free(views[i]);
		profile_free(profiles[i]);
	}
	return p;
}

/* 3000 against 6000 is real if the runs agree, and is not if they differ by as much among themselves. */
static void the_spread_between_runs_counts(void **state)
{
	static const int alike[6] = {2900, 3000, 3100, 5900, 6000, 6100};
	static const int wild[6] = {1000, 3000, 5000, 2000, 6000, 10000};
	double before, after;

	(void)state;
	assert_true(p_of_runs(alike, &before, &after) < COMPARE_SIGNIFICANT);
	assert_float_equal(before, 30000, 1e-6);
	assert_float_equal(after, 60000, 1e-6);
	assert_true(p_of_runs(wild, &before, &after) > 0.1);
	assert_float_equal(before, 30000, 1e-6);
	assert_float_equal(after, 60000, 1e-6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_changed_is_told_from_what_did_not),
		cmocka_unit_test(student_has_the_values_of_the_tables),
		cmocka_unit_test(the_spread_between_runs_counts),
		cmocka_unit_test(halves_of_a_profile_show_no_change),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
