/* SPDX-License-Identifier: MIT */
#include "diagnose/rules/bench.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/stats/mann_whitney.h"
#include "profile/bench.h"

bool bench_applies(const struct view *view)
{
	const struct profile *profile = view->profile;

	return profile->type_count == 2 &&
	       strcmp(profile_text(profile, profile->types[1].type), BENCH_VALUE_TYPE) == 0 &&
	       strcmp(profile_text(profile, profile->types[1].unit), BENCH_VALUE_UNIT) == 0;
}

bool bench_more_is_better(const char *unit)
{
	size_t length = strlen(unit);

	return length > 2 && strcmp(unit + length - 2, "/s") == 0;
}

static string_id location_name(const struct profile *profile, location_id location)
{
	function_id function = profile->frames[profile->locations[location].first_frame].function;

	return function == NONE ? 0 : profile->functions[function].name;
}

/* The row of a benchmark and unit, by a name of both; new ones are added. */
static struct bench_row *find_row(struct bench_comparison *comparison,
				  const struct profile *profile, uint32_t sample)
{
	uint32_t start = profile->path_start[sample];
	struct bench_row row = {.p = 1};
	struct text key = {0};
	string_id id;

	row.name = profile_text(profile, location_name(profile, profile_location(profile, start)));
	row.unit =
		profile_text(profile, location_name(profile, profile_location(profile, start + 1)));
	if (profile->label_start &&
	    profile->label_start[sample] < profile->label_start[sample + 1] &&
	    profile->labels[profile->label_start[sample]].text != NONE)
		text_add_string(
			&key,
			profile_text(profile, profile->labels[profile->label_start[sample]].text));
	text_printf(&key, "\n%s\n%s", row.name, row.unit);
	id = strings_add(&comparison->names, key.bytes, key.length);
	text_clear(&key);
	if (id > comparison->row_count)
		array_push(comparison->rows, comparison->row_count, comparison->row_capacity, row);
	return &comparison->rows[id - 1];
}

static void read_side(struct bench_comparison *comparison, const struct view *view, int side)
{
	const struct profile *profile = view->profile;
	struct path path;

	for (uint32_t i = 0; i < profile->sample_count; i++) {
		struct bench_side *values;

		/* Profiles of this kind made by others may lack a frame. */
		if (!view_path(view, i, &path) ||
		    profile->path_start[i + 1] - profile->path_start[i] != 2)
			continue;
		values = &find_row(comparison, profile, i)->sides[side];
		array_push(values->values, values->count, values->capacity,
			   (double)profile->values[1][i] / BENCH_SCALE);
	}
}

static int compare_numbers(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

/*
 * How many of the sorted values lie outside of the 95 % interval of the median
 * on each side, by order statistics; -1 if there are too few for any interval.
 */
static int outside(size_t count)
{
	double tail = pow(0.5, (double)count), term = tail;
	int inside = -1;

	while (2 * tail <= 0.05 && (size_t)(inside + 2) <= count / 2) {
		inside++;
		term *= (double)(count - (size_t)inside) / (double)(inside + 1);
		tail += term;
	}
	return inside;
}

static void summarize(struct bench_side *side)
{
	size_t count = side->count;
	int out = outside(count);
	double low, high;

	if (!count)
		return;
	qsort(side->values, count, sizeof(*side->values), compare_numbers);
	side->median = count % 2 ? side->values[count / 2]
				 : (side->values[count / 2 - 1] + side->values[count / 2]) / 2;
	side->spread = out < 0 ? INFINITY : 0;
	if (out < 0 || side->median == 0)
		return;
	low = side->median - side->values[out];
	high = side->values[count - 1 - (size_t)out] - side->median;
	side->spread = fabs((low > high ? low : high) / side->median);
}

static struct bench_geomean *find_geomean(struct bench_comparison *comparison, const char *unit)
{
	struct bench_geomean geomean = {.unit = unit};

	for (size_t i = 0; i < comparison->geomean_count; i++)
		if (strcmp(comparison->geomeans[i].unit, unit) == 0)
			return &comparison->geomeans[i];
	array_push(comparison->geomeans, comparison->geomean_count, comparison->geomean_capacity,
		   geomean);
	return &comparison->geomeans[comparison->geomean_count - 1];
}

/* From or to 0 there is no ratio. */
static void add_ratio(struct bench_comparison *comparison, const struct bench_row *row)
{
	double before = row->sides[0].median, after = row->sides[1].median;
	struct bench_geomean *geomean = find_geomean(comparison, row->unit);

	if (before <= 0 || after <= 0)
		return;
	geomean->ratio += log(after / before);
	geomean->count++;
}

void bench_compare(const struct view *before, const struct view *after,
		   struct bench_comparison *comparison)
{
	*comparison = (struct bench_comparison){0};
	strings_init(&comparison->names, NULL);
	read_side(comparison, before, 0);
	read_side(comparison, after, 1);
	for (size_t i = 0; i < comparison->row_count; i++) {
		struct bench_row *row = &comparison->rows[i];

		summarize(&row->sides[0]);
		summarize(&row->sides[1]);
		row->p = mann_whitney(row->sides[0].values, row->sides[0].count,
				      row->sides[1].values, row->sides[1].count);
		if (row->sides[0].count && row->sides[1].count)
			add_ratio(comparison, row);
	}
	for (size_t i = 0; i < comparison->geomean_count; i++)
		if (comparison->geomeans[i].count)
			comparison->geomeans[i].ratio = exp(comparison->geomeans[i].ratio /
							    (double)comparison->geomeans[i].count);
}

void bench_clear(struct bench_comparison *comparison)
{
	for (size_t i = 0; i < comparison->row_count; i++) {
		free(comparison->rows[i].sides[0].values);
		free(comparison->rows[i].sides[1].values);
	}
	free(comparison->rows);
	free(comparison->geomeans);
	strings_clear(&comparison->names);
}

double bench_change(const struct bench_row *row)
{
	double before = row->sides[0].median, after = row->sides[1].median;

	if (before == 0)
		return after == 0 ? 0 : INFINITY;
	return 100 * (after / before - 1);
}
