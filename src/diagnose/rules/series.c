/* SPDX-License-Identifier: MIT */
#include "diagnose/rules/series.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/stats/trend.h"
#include "profile/unit.h"

#define MEBIBYTE 0x1p20

/* No page has room for more; the largest are told. */
#define MOST_FINDINGS 20

/* Growth is seen through samples of this many bytes on average; fewer than so many may be chance. */
#define SAMPLES_OF_GROWTH 4

int64_t series_time(const struct subject *subject)
{
	const struct profile *profile = subject->view->profile;

	return profile->time_nanos || !profile->mem_stats ? profile->time_nanos
							  : profile->mem_stats->last_gc;
}

void series_sort(const struct subject **subjects, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (!series_time(subjects[i]))
			return;
	for (uint32_t i = 1; i < count; i++) {
		const struct subject *subject = subjects[i];
		uint32_t at = i;

		for (; at > 0 && series_time(subjects[at - 1]) > series_time(subject); at--)
			subjects[at] = subjects[at - 1];
		subjects[at] = subject;
	}
}

/* Seconds since the first of the series. */
static double seconds_at(const struct subject *const *subjects, uint32_t number,
			 const struct thresholds *thresholds)
{
	if (series_time(subjects[0]) && series_time(subjects[number]))
		return (double)(series_time(subjects[number]) - series_time(subjects[0])) / 1e9;
	return number * thresholds->values[THRESHOLD_INTERVAL];
}

double series_seconds(const struct subject *const *subjects, uint32_t count,
		      const struct thresholds *thresholds)
{
	return seconds_at(subjects, count - 1, thresholds);
}

/* What each function pays for in each profile: functions are those of the last, by name. */
struct growth {
	const struct subject *const *subjects;
	uint32_t count;
	const struct thresholds *thresholds;
	struct findings *findings;
	double **values; /* [profile][function of the last] */
	bool timed;
};

/* What is paid for in `from` under the function numbers of `to`. */
static double *renumber(const struct subject *from, const struct subject *to)
{
	const struct profile *source = from->view->profile, *target = to->view->profile;
	const int64_t *values = subject_column(from, "inuse_space");
	double *sums = subject_payments(from, values ? values : from->values);
	double *made = alloc_zero((size_t)target->function_count + 1, sizeof(*made));
	uint32_t strings = strings_count(&target->strings);
	function_id *by_name = alloc_zero(strings, sizeof(*by_name));

	for (function_id i = target->function_count; i-- > 0;)
		by_name[target->functions[i].name] = i + 1;
	for (function_id i = 0; i < source->function_count; i++) {
		string_id name = source->functions[i].name, found;

		if (sums[i] == 0)
			continue;
		found = strings_find(&target->strings, profile_text(source, name),
				     strings_length(&source->strings, name));
		if (found != NONE && by_name[found])
			made[by_name[found] - 1] += sums[i];
	}
	free(sums);
	free(by_name);
	return made;
}

static const struct subject *last_of(const struct growth *growth)
{
	return growth->subjects[growth->count - 1];
}

static void growth_init(struct growth *growth, const struct subject *const *subjects,
			uint32_t count, const struct thresholds *thresholds,
			struct findings *findings)
{
	*growth = (struct growth){.subjects = subjects,
				  .count = count,
				  .thresholds = thresholds,
				  .findings = findings,
				  .values = alloc_zero(count, sizeof(*growth->values)),
				  .timed = series_seconds(subjects, count, thresholds) > 0};
	for (uint32_t i = 0; i < count; i++)
		growth->values[i] = renumber(subjects[i], last_of(growth));
}

static void growth_clear(struct growth *growth)
{
	for (uint32_t i = 0; i < growth->count; i++)
		free(growth->values[i]);
	free(growth->values);
}

/* Growth a minute, or from profile to profile where no times are known. */
static double slope_of(const struct growth *growth, function_id function)
{
	struct trend trend = {0};

	for (uint32_t i = 0; i < growth->count; i++)
		trend_add(&trend,
			  growth->timed ? seconds_at(growth->subjects, i, growth->thresholds) / 60
					: i,
			  growth->values[i][function]);
	return trend_slope(&trend);
}

/* --- The table ------------------------------------------------------------- */

#define TABLE_ROWS 10

/* A curve in characters; of more profiles it has as many points, evenly chosen. */
#define CURVE_POINTS 24

static const char *curve_text(const struct growth *growth, function_id function)
{
	static const char *const blocks[] = {"\u2581", "\u2582", "\u2583", "\u2584",
					     "\u2585", "\u2586", "\u2587", "\u2588"};
	static const char *const digits[] = {"1", "2", "3", "4", "5", "6", "7", "8"};
	const char *const *levels = MB_CUR_MAX > 1 ? blocks : digits;
	uint32_t points = growth->count < CURVE_POINTS ? growth->count : CURVE_POINTS;
	double largest = 0;
	const char *text = "";

	for (uint32_t i = 0; i < growth->count; i++)
		largest = fmax(largest, growth->values[i][function]);
	for (uint32_t i = 0; i < points; i++) {
		uint32_t at = points > 1
				      ? (uint32_t)((uint64_t)i * (growth->count - 1) / (points - 1))
				      : 0;
		double level = largest > 0 ? 8 * growth->values[at][function] / largest : 0;

		text = findings_text(growth->findings, "%s%s", text,
				     levels[level < 1   ? 0
					    : level > 7 ? 7
							: (int)level]);
	}
	return text;
}

static const char *value_text(const struct growth *growth, double value,
			      char label[UNIT_LABEL_SIZE])
{
	const struct subject *last = last_of(growth);

	unit_label(unit_truncate(value), last->kind == SUBJECT_HEAP ? "bytes" : last->unit,
		   "minimum", label);
	return label;
}

/* The functions that changed most, from the first profile to the last. */
static uint32_t find_rows(const struct growth *growth, function_id *rows)
{
	const struct subject *last = last_of(growth);
	uint32_t functions = last->view->profile->function_count, count;
	double *changes = alloc_zero((size_t)functions + 1, sizeof(*changes));

	for (function_id i = 0; i < functions; i++)
		changes[i] = fabs(growth->values[growth->count - 1][i] - growth->values[0][i]);
	count = subject_largest(last, changes, TABLE_ROWS, rows);
	free(changes);
	return count;
}

void series_write(const struct subject *const *subjects, uint32_t count,
		  const struct thresholds *thresholds, struct findings *findings)
{
	static const char *const columns[] = {"function", "first", "last", "curve", "growth"};
	static const char *const titles[SUBJECT_KIND_COUNT] = {
		[SUBJECT_CPU] = "CPU",
		[SUBJECT_HEAP] = "Memory in use",
		[SUBJECT_BLOCK] = "Blocking",
		[SUBJECT_MUTEX] = "Waiting for locks",
		[SUBJECT_GOROUTINE] = "Goroutines",
	};
	char label[UNIT_LABEL_SIZE];
	function_id rows[TABLE_ROWS];
	struct growth growth;
	struct table *table;
	uint32_t *inputs, row_count;

	growth_init(&growth, subjects, count, thresholds, findings);
	row_count = find_rows(&growth, rows);
	table = findings_add_table(
		findings, "series",
		findings_text(findings, "%s of %u profiles%s, what changed most",
			      titles[subjects[0]->kind], count,
			      growth.timed
				      ? findings_text(findings, " over %.0f s",
						      series_seconds(subjects, count, thresholds))
				      : ""),
		columns, 5);
	inputs = arena_zero(&findings->arena, 5, sizeof(*inputs));
	inputs[1] = subjects[0]->number;
	for (uint32_t c = 2; c < 5; c++)
		inputs[c] = last_of(&growth)->number;
	table->inputs = inputs;
	table->leads = JUMP_FUNCTION;
	for (uint32_t i = 0; i < row_count; i++) {
		double first = growth.values[0][rows[i]], last = growth.values[count - 1][rows[i]];
		double slope = slope_of(&growth, rows[i]);

		table_add_text(findings, table, subject_function(last_of(&growth), rows[i]));
		table_add_number(findings, table, first, "%s", value_text(&growth, first, label));
		table_add_number(findings, table, last, "%s", value_text(&growth, last, label));
		table_add_text(findings, table, curve_text(&growth, rows[i]));
		table_add_number(findings, table, slope, "%s%s%s", slope > 0 ? "+" : "",
				 value_text(&growth, slope, label),
				 growth.timed ? "/min" : " each");
	}
	growth_clear(&growth);
}

/* --- Heaps ----------------------------------------------------------------- */

/* Grows from each profile to the next, by more than the sampling can make up. */
static bool is_steady(const struct growth *growth, function_id function)
{
	uint32_t last = growth->count - 1;
	const struct profile *profile = growth->subjects[last]->view->profile;
	double rise = growth->values[last][function] - growth->values[0][function];

	if (rise < SAMPLES_OF_GROWTH * (double)profile->period || rise < MEBIBYTE)
		return false;
	for (uint32_t i = 1; i < growth->count; i++)
		if (growth->values[i][function] < growth->values[i - 1][function])
			return false;
	return true;
}

static void add_growth(const struct growth *growth, function_id function)
{
	const struct subject *last = last_of(growth);
	const char *name = subject_function(last, function);
	double before = growth->values[0][function],
	       after = growth->values[growth->count - 1][function];
	double seconds = series_seconds(growth->subjects, growth->count, growth->thresholds);
	double rate = slope_of(growth, function) / MEBIBYTE;
	struct findings *findings = growth->findings;
	struct finding *finding;

	if (growth->timed && rate < growth->thresholds->values[THRESHOLD_HEAP_GROWTH])
		return;
	finding = findings_add(
		findings, SEVERITY_WARNING, "heap-leak",
		growth->timed ? findings_text(findings, "memory grows in %s: %+.1f MB a minute",
					      name, rate)
			      : findings_text(findings, "memory grows in %s", name),
		findings_text(
			findings,
			"see who keeps what %s allocates (Peek, or -list on it): a map or slice that "
			"only grows, a cache without a limit, a goroutine that does not end",
			name));
	finding->weight =
		growth->timed ? thresholds_times(growth->thresholds, THRESHOLD_HEAP_GROWTH, rate)
			      : (after - before) / MEBIBYTE;
	finding->evidence =
		findings_text(findings, "in use from %.1f to %.1f MB over %u profiles%s",
			      before / MEBIBYTE, after / MEBIBYTE, growth->count,
			      growth->timed ? findings_text(findings, " and %.0f s", seconds) : "");
	finding_add_jump(findings, finding, JUMP_FUNCTION, last->number, name);
}

void series_compare_heaps(const struct subject *const *subjects, uint32_t count,
			  const struct thresholds *thresholds, struct findings *findings)
{
	const struct subject *last = subjects[count - 1];
	uint32_t functions = last->view->profile->function_count, found;
	double *rises = alloc_zero((size_t)functions + 1, sizeof(*rises));
	function_id largest[MOST_FINDINGS];
	struct growth growth;

	growth_init(&growth, subjects, count, thresholds, findings);
	for (function_id i = 0; i < functions; i++)
		if (is_steady(&growth, i))
			rises[i] = growth.values[count - 1][i] - growth.values[0][i];
	found = subject_largest(last, rises, MOST_FINDINGS, largest);
	for (uint32_t i = 0; i < found; i++)
		add_growth(&growth, largest[i]);
	free(rises);
	growth_clear(&growth);
}
