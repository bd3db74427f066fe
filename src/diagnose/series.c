#include "diagnose/series.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "diagnose/trend.h"
#include "profile/unit.h"

#define MEBIBYTE 0x1p20

/* Growth is seen through samples of this many bytes on average; fewer than so many may be chance. */
#define SAMPLES_OF_GROWTH 4

static int64_t time_of(const struct subject *subject)
{
	return subject->view->profile->time_nanos;
}

void series_sort(const struct subject **subjects, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (!time_of(subjects[i]))
			return;
	for (uint32_t i = 1; i < count; i++) {
		const struct subject *subject = subjects[i];
		uint32_t at = i;

		for (; at > 0 && time_of(subjects[at - 1]) > time_of(subject); at--)
			subjects[at] = subjects[at - 1];
		subjects[at] = subject;
	}
}

/* Seconds since the first of the series. */
static double seconds_at(const struct subject *const *subjects, uint32_t number,
			 const struct thresholds *thresholds)
{
	if (time_of(subjects[0]) && time_of(subjects[number]))
		return (double)(time_of(subjects[number]) - time_of(subjects[0])) / 1e9;
	return number * thresholds->values[THRESHOLD_INTERVAL];
}

double series_seconds(const struct subject *const *subjects, uint32_t count,
		      const struct thresholds *thresholds)
{
	return seconds_at(subjects, count - 1, thresholds);
}

/* The memory of each function in each profile: functions are those of the last, by name. */
struct growth {
	const struct subject *const *subjects;
	uint32_t count;
	const struct thresholds *thresholds;
	struct findings *findings;
	double **bytes; /* [profile][function of the last] */
	bool timed;
};

/* The bytes of `from` under the function numbers of `to`. */
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

/* Grows from each profile to the next, by more than the sampling can make up. */
static bool is_steady(const struct growth *growth, function_id function)
{
	uint32_t last = growth->count - 1;
	const struct profile *profile = growth->subjects[last]->view->profile;
	double rise = growth->bytes[last][function] - growth->bytes[0][function];

	if (rise < SAMPLES_OF_GROWTH * (double)profile->period || rise < MEBIBYTE)
		return false;
	for (uint32_t i = 1; i < growth->count; i++)
		if (growth->bytes[i][function] < growth->bytes[i - 1][function])
			return false;
	return true;
}

static void add_growth(const struct growth *growth, function_id function)
{
	const struct subject *last = growth->subjects[growth->count - 1];
	const char *name = subject_function(last, function);
	double before = growth->bytes[0][function],
	       after = growth->bytes[growth->count - 1][function];
	double seconds = series_seconds(growth->subjects, growth->count, growth->thresholds);
	struct findings *findings = growth->findings;
	struct trend trend = {0};
	struct finding *finding;
	double rate;

	for (uint32_t i = 0; i < growth->count; i++)
		trend_add(&trend, seconds_at(growth->subjects, i, growth->thresholds) / 60,
			  growth->bytes[i][function] / MEBIBYTE);
	rate = trend_slope(&trend);
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
	finding->weight = after - before;
	finding->evidence =
		findings_text(findings, "in use from %.1f to %.1f MB over %u profiles%s",
			      before / MEBIBYTE, after / MEBIBYTE, growth->count,
			      growth->timed ? findings_text(findings, " and %.0f s", seconds) : "");
	finding_add_jump(findings, finding, JUMP_FUNCTION, last->number, name);
}

void series_compare_heaps(const struct subject *const *subjects, uint32_t count,
			  const struct thresholds *thresholds, struct findings *findings)
{
	struct growth growth = {.subjects = subjects,
				.count = count,
				.thresholds = thresholds,
				.findings = findings,
				.bytes = alloc_zero(count, sizeof(*growth.bytes)),
				.timed = series_seconds(subjects, count, thresholds) > 0};
	const struct subject *last = subjects[count - 1];

	for (uint32_t i = 0; i < count; i++)
		growth.bytes[i] = renumber(subjects[i], last);
	for (function_id i = 0; i < last->view->profile->function_count; i++)
		if (is_steady(&growth, i))
			add_growth(&growth, i);
	for (uint32_t i = 0; i < count; i++)
		free(growth.bytes[i]);
	free(growth.bytes);
}
