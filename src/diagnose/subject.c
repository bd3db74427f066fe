/* SPDX-License-Identifier: MIT */
#include "diagnose/subject.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/bitset.h"
#include "classify/owner.h"
#include "diagnose/rules/bench.h"
#include "profile/counters.h"
#include "profile/escape.h"
#include "profile/gc_log.h"
#include "profile/owners.h"

const char *const subject_kind_names[SUBJECT_KIND_COUNT] = {
	"other",  "cpu",     "heap",     "block",      "mutex", "goroutine",
	"gc log", "escapes", "counters", "benchmarks", "trace",
};

const int64_t *subject_column(const struct subject *subject, const char *type)
{
	static const int64_t empty[1]; /* of a profile without samples */
	const struct profile *profile = subject->view->profile;

	for (uint32_t i = 0; i < profile->type_count; i++)
		if (strcmp(profile_text(profile, profile->types[i].type), type) == 0)
			return profile->values[i] ? profile->values[i] : empty;
	return NULL;
}

/* Blocking and mutex profiles look alike but for who stands at the leaf: the one who unlocks. */
static enum subject_kind contention_kind(const struct profile *profile)
{
	double unlocks = 0, all = 0;

	for (uint32_t i = 0; i < profile->sample_count; i++) {
		uint32_t end = profile->path_start[i + 1];
		const char *name = "";

		if (end > profile->path_start[i]) {
			const struct location *leaf =
				&profile->locations[profile_location(profile, end - 1)];
			function_id function = profile->frames[leaf->first_frame].function;

			if (function != NONE)
				name = profile_text(profile, profile->functions[function].name);
		}
		all += (double)profile->values[0][i];
		if (strstr(name, "nlock"))
			unlocks += (double)profile->values[0][i];
	}
	return unlocks > all / 2 ? SUBJECT_MUTEX : SUBJECT_BLOCK;
}

/* The first column that counts, which is what the samples were; else what is shown. */
static const int64_t *find_counts(const struct subject *subject)
{
	const struct profile *profile = subject->view->profile;

	for (uint32_t i = 0; i < profile->type_count; i++)
		if (strcmp(profile_text(profile, profile->types[i].unit), "count") == 0)
			return profile->values[i];
	return subject->view->values;
}

/* What the types of the values say. */
static void find_kind(struct subject *subject)
{
	const struct profile *profile = subject->view->profile;
	static const struct {
		const char *values, *counts;
		enum subject_kind kind;
	} kinds[] = {
		{"cpu", "samples", SUBJECT_CPU},
		{"inuse_space", "inuse_objects", SUBJECT_HEAP},
		{"alloc_space", "alloc_objects", SUBJECT_HEAP},
		{"delay", "intervals", SUBJECT_TRACE},
		{"delay", "contentions", SUBJECT_BLOCK},
		{"goroutine", "goroutine", SUBJECT_GOROUTINE},
		{"goroutineleak", "goroutineleak", SUBJECT_GOROUTINE},
		{ESCAPE_TYPE, ESCAPE_TYPE, SUBJECT_ESCAPE},
		{COUNTER_TYPE, COUNTER_TYPE, SUBJECT_COUNTERS},
	};
	struct gc_log log;

	subject->kind = SUBJECT_OTHER;
	subject->values = subject->view->values;
	subject->counts = find_counts(subject);
	if (gc_log_find(profile, &log)) {
		subject->kind = SUBJECT_GC;
		return;
	}
	if (bench_applies(subject->view)) {
		subject->kind = SUBJECT_BENCH;
		return;
	}
	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (!subject_column(subject, kinds[i].values) ||
		    (kinds[i].kind == SUBJECT_TRACE && !subject_column(subject, kinds[i].counts)))
			continue;
		subject->kind = kinds[i].kind;
		subject->values = subject_column(subject, kinds[i].values);
		subject->counts = subject_column(subject, kinds[i].counts);
		if (!subject->counts)
			subject->counts = subject->values;
		if (subject->kind == SUBJECT_BLOCK)
			subject->kind = contention_kind(profile);
		return;
	}
}

static void find_unit(struct subject *subject)
{
	const struct profile *profile = subject->view->profile;

	for (uint32_t i = 0; i < profile->type_count; i++)
		if (profile->values[i] == subject->values)
			subject->unit = profile_text(profile, profile->types[i].unit);
}

static void find_application(struct subject *subject)
{
	const struct profile *profile = subject->view->profile;
	uint8_t *owners = owners_build(profile);

	subject->application =
		alloc_zero(bitset_words(profile->function_count), sizeof(*subject->application));
	for (function_id i = 0; i < profile->function_count; i++)
		if (owners[i] != OWNER_STANDARD)
			bitset_add(subject->application, i);
	free(owners);
}

void subject_init(struct subject *subject, const char *name, uint32_t number,
		  const struct view *view)
{
	const struct profile *profile = view->profile;
	struct path path;

	*subject = (struct subject){.name = name, .view = view, .number = number, .unit = ""};
	find_kind(subject);
	find_unit(subject);
	for (uint32_t i = 0; i < profile->sample_count; i++) {
		if (!view_path(view, i, &path))
			continue;
		subject->negative |= subject->values[i] < 0;
		subject->total += (double)subject->values[i];
		subject->observations += (double)subject->counts[i];
	}
	find_application(subject);
}

const char *subject_label(const struct profile *profile, uint32_t sample, const char *key)
{
	string_id id = strings_find(&profile->strings, key, strlen(key));

	if (id == NONE || !profile->label_start)
		return "";
	for (uint32_t i = profile->label_start[sample]; i < profile->label_start[sample + 1]; i++)
		if (profile->labels[i].key == id && profile->labels[i].text != NONE)
			return profile_text(profile, profile->labels[i].text);
	return "";
}

void subject_clear(struct subject *subject)
{
	free(subject->application);
}

function_id subject_payer(const struct subject *subject, struct path path)
{
	const struct profile *profile = subject->view->profile;

	while (path.end > path.first) {
		const struct location *location =
			&profile->locations[profile_location(profile, --path.end)];

		for (uint32_t i = 0; i < location->line_count; i++) {
			function_id function = profile->frames[location->first_frame + i].function;

			if (function != NONE && bitset_has(subject->application, function))
				return function;
		}
	}
	return NONE;
}

double *subject_payments(const struct subject *subject, const int64_t *values)
{
	const struct profile *profile = subject->view->profile;
	double *sums = alloc_zero((size_t)profile->function_count + 1, sizeof(*sums));
	struct path path;

	for (uint32_t i = 0; i < profile->sample_count; i++) {
		function_id payer = NONE;

		if (values[i] && view_path(subject->view, i, &path))
			payer = subject_payer(subject, path);
		if (payer != NONE)
			sums[payer] += (double)values[i];
	}
	return sums;
}

uint32_t subject_largest(const struct subject *subject, const double *numbers, uint32_t most,
			 function_id *functions)
{
	uint32_t count = 0;

	for (function_id i = 0; i < subject->view->profile->function_count; i++) {
		uint32_t at = count;

		if (numbers[i] <= 0)
			continue;
		while (at > 0 && numbers[functions[at - 1]] < numbers[i])
			at--;
		if (at == most)
			continue;
		count += count < most;
		for (uint32_t k = count - 1; k > at; k--)
			functions[k] = functions[k - 1];
		functions[at] = i;
	}
	return count;
}

const char *subject_function(const struct subject *subject, function_id function)
{
	const struct profile *profile = subject->view->profile;

	return profile_text(profile, profile->functions[function].name);
}
