#include "diagnose/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

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

/* One side under way. */
struct side {
	const struct subject *subject;
	struct sum *sums; /* by name number */
	struct sum total;
	double period; /* bytes for each observation of a heap profile; 0: counts say */
};

/*
 * How many observations a sample stands for. A heap profile was scaled up from
 * one observation for each period of bytes.
 */
static double observations_of(const struct side *side, uint32_t sample)
{
	double value = fabs((double)side->subject->view->values[sample]);
	double count = fabs((double)side->subject->counts[sample]);

	if (side->period > 0)
		count = value / side->period;
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
static void add_sample(struct side *side, uint32_t sample, struct path path, const string_id *ids,
		       uint32_t *seen, bool cum)
{
	const struct view *view = side->subject->view;
	double value = (double)view->values[sample], count = observations_of(side, sample);

	add_observations(&side->total, value, count);
	while (path.end > path.first) {
		location_id location = view_location(view, --path.end);

		for (uint32_t i = view->step_start[location + 1]; i > view->step_start[location];) {
			string_id name = ids[view->steps[--i].node];

			if (seen[name] == sample + 1)
				continue;
			seen[name] = sample + 1;
			add_observations(&side->sums[name], value, count);
			if (!cum)
				return;
		}
	}
}

static void sum_side(struct side *side, const string_id *ids, uint32_t name_count, bool cum)
{
	const struct profile *profile = side->subject->view->profile;
	uint32_t *seen = alloc_zero(name_count, sizeof(*seen));
	struct path path;

	if (side->subject->kind == SUBJECT_HEAP)
		side->period = strcmp(view_unit(side->subject->view), "bytes") == 0
				       ? (double)profile->period
				       : 0;
	side->sums = alloc_zero(name_count, sizeof(*side->sums));
	for (uint32_t i = 0; i < profile->sample_count; i++)
		if (view_path(side->subject->view, i, &path))
			add_sample(side, i, path, ids, seen, cum);
	free(seen);
}

static double find_scale(const struct side sides[2], enum compare_scale scale)
{
	int64_t before = sides[0].subject->view->profile->duration_nanos;
	int64_t after = sides[1].subject->view->profile->duration_nanos;

	if (scale == COMPARE_BY_TOTAL)
		return sides[1].total.value > 0 ? sides[0].total.value / sides[1].total.value : 1;
	if (sides[0].subject->kind != SUBJECT_CPU || before <= 0 || after <= 0)
		return 1;
	return (double)before / (double)after;
}

/*
 * A count of 0 has no variance of its own, so each side has that of one more
 * observation: few against none are not taken for certain.
 */
static struct change make_change(const char *name, const struct sum *before,
				 const struct sum *after, double scale)
{
	double count = before->observations + after->observations;
	double each = count > 0 ? (before->value + after->value) / count : 0;
	struct change change = {
		.name = name, .before = before->value, .after = after->value * scale};
	double variance =
		before->variance + each * each + scale * scale * (after->variance + each * each);

	change.error = sqrt(variance);
	change.p = count < LEAST_OBSERVATIONS ? UNTESTED
		   : change.error > 0
			   ? erfc(fabs(change.after - change.before) / change.error / sqrt(2))
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

void compare_build(const struct subject *before, const struct subject *after, bool cum,
		   enum compare_scale scale, struct comparison *comparison)
{
	struct side sides[2] = {{.subject = before}, {.subject = after}};
	string_id *ids[2];
	uint32_t name_count;

	*comparison = (struct comparison){.unit = view_unit(before->view)};
	strings_init(&comparison->names, NULL);
	for (int i = 0; i < 2; i++)
		ids[i] = name_nodes(sides[i].subject->view, &comparison->names);
	name_count = strings_count(&comparison->names);
	for (int i = 0; i < 2; i++)
		sum_side(&sides[i], ids[i], name_count, cum);
	comparison->scale = find_scale(sides, scale);
	comparison->total =
		make_change("total", &sides[0].total, &sides[1].total, comparison->scale);
	if (comparison->total.p > 1)
		comparison->total.p = 1;
	comparison->changes = alloc_zero(name_count, sizeof(*comparison->changes));
	for (uint32_t i = 0; i < name_count; i++)
		if (sides[0].sums[i].value != 0 || sides[1].sums[i].value != 0)
			comparison->changes[comparison->count++] =
				make_change(strings_text(&comparison->names, i), &sides[0].sums[i],
					    &sides[1].sums[i], comparison->scale);
	adjust(comparison->changes, comparison->count);
	qsort(comparison->changes, comparison->count, sizeof(*comparison->changes), by_size);
	while (comparison->real < comparison->count &&
	       comparison->changes[comparison->real].p < COMPARE_SIGNIFICANT)
		comparison->real++;
	for (int i = 0; i < 2; i++) {
		free(ids[i]);
		free(sides[i].sums);
	}
}

void compare_clear(struct comparison *comparison)
{
	free(comparison->changes);
	strings_clear(&comparison->names);
}
