/* SPDX-License-Identifier: MIT */
#include "diagnose/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/stats/student.h"

/*
 * Observations of one stack come in runs, as what runs at one tick of the
 * clock mostly still runs at the next. Up to so many of a stack count as one run.
 */
#define RUN_LENGTH 10

/* Fewer on both sides together are not tested. */
#define LEAST_OBSERVATIONS 10
#define UNTESTED 2

/* What is summed up for one function, or all, on one side. */
struct sum {
	double value, variance, observations;
};

/* One profile of a side under way. */
struct run {
	const struct subject *subject;
	string_id *ids;   /* name number of each node */
	struct sum *sums; /* by name number */
	struct sum total;
	double period; /* bytes for each observation of a heap profile; 0: counts say */
	double factor; /* to the exposure of the first run before */
};

/* All profiles of both sides, those before first. */
struct runs {
	struct run *items;
	uint32_t before, count;
};

/*
 * How many observations a sample stands for. A heap profile was scaled up from
 * one observation for each period of bytes.
 */
static double observations_of(const struct run *run, uint32_t sample)
{
	double value = fabs((double)run->subject->view->values[sample]);
	double count = fabs((double)run->subject->counts[sample]);

	if (run->period > 0)
		count = value / run->period;
	return count >= 1 || value == 0 ? count : 1;
}

static void add_observations(struct sum *sum, double value, double observations)
{
	if (value == 0)
		return;
	sum->value += value;
	sum->variance += value * value / observations *
			 (observations < RUN_LENGTH ? observations : RUN_LENGTH);
	sum->observations += observations;
}

static string_id *name_nodes(const struct view *view, struct strings *names)
{
	string_id *ids = alloc_zero((size_t)view->node_count + 1, sizeof(*ids));

	for (uint32_t i = 0; i < view->node_count; i++)
		ids[i] = strings_add_text(names, view->node_names[i]);
	return ids;
}

/* Adds a sample to the functions on its path: each once, or only the one at the leaf. */
static void add_sample(struct run *run, uint32_t sample, struct path path, uint32_t *seen, bool cum)
{
	const struct view *view = run->subject->view;
	double value = (double)view->values[sample], count = observations_of(run, sample);

	add_observations(&run->total, value, count);
	while (path.end > path.first) {
		location_id location = view_location(view, --path.end);

		for (uint32_t i = view->step_start[location + 1]; i > view->step_start[location];) {
			string_id name = run->ids[view->steps[--i].node];

			if (seen[name] == sample + 1)
				continue;
			seen[name] = sample + 1;
			add_observations(&run->sums[name], value, count);
			if (!cum)
				return;
		}
	}
}

static void sum_run(struct run *run, uint32_t name_count, bool cum)
{
	const struct profile *profile = run->subject->view->profile;
	uint32_t *seen = alloc_zero(name_count, sizeof(*seen));
	struct path path;

	if (run->subject->kind == SUBJECT_HEAP)
		run->period = strcmp(view_unit(run->subject->view), "bytes") == 0
				      ? (double)profile->period
				      : 0;
	run->sums = alloc_zero(name_count, sizeof(*run->sums));
	for (uint32_t i = 0; i < profile->sample_count; i++)
		if (view_path(run->subject->view, i, &path))
			add_sample(run, i, path, seen, cum);
	free(seen);
}

static double find_factor(const struct run *first, const struct run *run, enum compare_scale scale)
{
	int64_t before = first->subject->view->profile->duration_nanos;
	int64_t after = run->subject->view->profile->duration_nanos;

	if (scale == COMPARE_BY_TOTAL)
		return run->total.value > 0 ? first->total.value / run->total.value : 1;
	if (first->subject->kind != SUBJECT_CPU || before <= 0 || after <= 0)
		return 1;
	return (double)before / (double)after;
}

/* What the runs of one side say of a function. */
struct side {
	double mean, variance; /* of the mean */
	double freedom;        /* with which the variance is known; infinite by counts alone */
	double value, observations, factor; /* not scaled, of all runs; mean factor */
};

static const struct sum *sum_of(const struct run *run, string_id name)
{
	return name == NONE ? &run->total : &run->sums[name];
}

/* Counts have Poisson's variance; runs may differ by more, and then that counts. */
static struct side make_side(const struct run *runs, uint32_t count, string_id name)
{
	struct side side = {.freedom = INFINITY};
	double spread = 0;

	for (uint32_t i = 0; i < count; i++) {
		const struct sum *sum = sum_of(&runs[i], name);
		double factor = runs[i].factor / count;

		side.mean += factor * sum->value;
		side.variance += factor * factor * sum->variance;
		side.value += sum->value;
		side.observations += sum->observations;
		side.factor += factor;
	}
	for (uint32_t i = 0; i < count; i++) {
		double off = runs[i].factor * sum_of(&runs[i], name)->value - side.mean;

		spread += off * off;
	}
	if (count > 1 && spread / (count - 1) / count > side.variance) {
		side.variance = spread / (count - 1) / count;
		side.freedom = count - 1;
	}
	return side;
}

/* The degrees of freedom of a sum of two variances (Welch). */
static double join_freedom(double a, double a_freedom, double b, double b_freedom)
{
	double below = a * a / a_freedom + b * b / b_freedom;

	return below > 0 ? (a + b) * (a + b) / below : INFINITY;
}

/*
 * A count of 0 has no variance of its own, so each side has that of one more
 * observation: few against none are not taken for certain.
 */
static struct change make_change(const struct runs *runs, string_id name, const char *text)
{
	uint32_t after_count = runs->count - runs->before;
	struct side before = make_side(runs->items, runs->before, name);
	struct side after = make_side(runs->items + runs->before, after_count, name);
	double count = before.observations + after.observations;
	double each = count > 0 ? (before.value + after.value) / count : 0;
	double one_before = each / runs->before, one_after = after.factor * each / after_count;
	struct change change = {.name = text, .before = before.mean, .after = after.mean};

	before.variance += one_before * one_before;
	after.variance += one_after * one_after;
	change.error = sqrt(before.variance + after.variance);
	change.p = count < LEAST_OBSERVATIONS ? UNTESTED
		   : change.error > 0 ? student_p((change.after - change.before) / change.error,
						  join_freedom(before.variance, before.freedom,
							       after.variance, after.freedom))
				      : 1;
	return change;
}

static double size_of(const struct change *change)
{
	return fabs(change->after - change->before);
}

static int compare_numbers(double a, double b)
{
	return (a > b) - (a < b);
}

static int by_p(const void *a, const void *b)
{
	const struct change *left = a, *right = b;
	int order = compare_numbers(left->p, right->p);

	return order ? order : strcmp(left->name, right->name);
}

static int by_size(const void *a, const void *b)
{
	const struct change *left = a, *right = b;
	bool left_real = left->p < COMPARE_SIGNIFICANT, right_real = right->p < COMPARE_SIGNIFICANT;
	int order = compare_numbers(size_of(right), size_of(left));

	if (left_real != right_real)
		return left_real ? -1 : 1;
	return order ? order : strcmp(left->name, right->name);
}

/*
 * Benjamini and Hochberg: p times the number of tests over its rank, from the
 * largest down. Functions with too few observations on both sides together
 * are no tests: nothing could show in them, whatever the sides are.
 */
static void adjust(struct change *changes, size_t count)
{
	double smallest = 1;
	size_t tests = 0;

	qsort(changes, count, sizeof(*changes), by_p);
	while (tests < count && changes[tests].p <= 1)
		tests++;
	for (size_t i = tests; i-- > 0;) {
		double p = changes[i].p * (double)tests / (double)(i + 1);

		smallest = p < smallest ? p : smallest;
		changes[i].p = smallest;
	}
	for (size_t i = tests; i < count; i++)
		changes[i].p = 1;
}

static void sum_runs(struct runs *runs, bool cum, enum compare_scale scale,
		     struct comparison *comparison)
{
	uint32_t name_count;

	for (uint32_t i = 0; i < runs->count; i++)
		runs->items[i].ids = name_nodes(runs->items[i].subject->view, &comparison->names);
	name_count = strings_count(&comparison->names);
	for (uint32_t i = 0; i < runs->count; i++)
		sum_run(&runs->items[i], name_count, cum);
	for (uint32_t i = 0; i < runs->count; i++)
		runs->items[i].factor = find_factor(&runs->items[0], &runs->items[i], scale);
}

static bool is_seen(const struct runs *runs, string_id name)
{
	for (uint32_t i = 0; i < runs->count; i++)
		if (runs->items[i].sums[name].value != 0)
			return true;
	return false;
}

void compare_build_runs(const struct subject *const *subjects, uint32_t before, uint32_t count,
			bool cum, enum compare_scale scale, struct comparison *comparison)
{
	struct runs runs = {
		.items = alloc_zero(count, sizeof(*runs.items)), .before = before, .count = count};
	uint32_t name_count;

	*comparison = (struct comparison){.unit = view_unit(subjects[0]->view)};
	strings_init(&comparison->names, NULL);
	for (uint32_t i = 0; i < count; i++)
		runs.items[i].subject = subjects[i];
	sum_runs(&runs, cum, scale, comparison);
	name_count = strings_count(&comparison->names);
	comparison->scale = make_side(runs.items + before, count - before, NONE).factor;
	comparison->total = make_change(&runs, NONE, "total");
	if (comparison->total.p > 1)
		comparison->total.p = 1;
	comparison->changes = alloc_zero(name_count, sizeof(*comparison->changes));
	for (uint32_t i = 0; i < name_count; i++)
		if (is_seen(&runs, i))
			comparison->changes[comparison->count++] =
				make_change(&runs, i, strings_text(&comparison->names, i));
	adjust(comparison->changes, comparison->count);
	qsort(comparison->changes, comparison->count, sizeof(*comparison->changes), by_size);
	while (comparison->real < comparison->count &&
	       comparison->changes[comparison->real].p < COMPARE_SIGNIFICANT)
		comparison->real++;
	for (uint32_t i = 0; i < count; i++) {
		free(runs.items[i].ids);
		free(runs.items[i].sums);
	}
	free(runs.items);
}

void compare_build(const struct subject *before, const struct subject *after, bool cum,
		   enum compare_scale scale, struct comparison *comparison)
{
	const struct subject *const pair[2] = {before, after};

	compare_build_runs(pair, 1, 2, cum, scale, comparison);
}

void compare_clear(struct comparison *comparison)
{
	free(comparison->changes);
	strings_clear(&comparison->names);
}
