/* SPDX-License-Identifier: MIT */
#include "diagnose/rules/leaked.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* Places that the evidence names. */
#define MOST_PLACES 5

/* Go writes goroutineleak profiles from 1.26 on; all in them are leaked. */
static bool is_leaked(const struct subject *subject, uint32_t sample)
{
	return subject_column(subject, "goroutineleak") ||
	       *subject_label(subject->view->profile, sample, "leaked");
}

/* The program's own function nearest the leaf, or the leaf. */
static function_id place_of(const struct subject *subject, struct path path)
{
	const struct profile *profile = subject->view->profile;
	function_id function = subject_payer(subject, path);

	if (function != NONE || path.first == path.end)
		return function;
	return profile
		->frames[profile->locations[profile_location(profile, path.end - 1)].first_frame]
		.function;
}

/* By function: how many goroutines are leaked in it. Returns how many there are. */
static double count_places(const struct subject *subject, double *places)
{
	const struct profile *profile = subject->view->profile;
	double count = 0;
	struct path path;

	for (uint32_t i = 0; i < profile->sample_count; i++) {
		function_id place;

		if (!is_leaked(subject, i) || !view_path(subject->view, i, &path))
			continue;
		count += (double)subject->values[i];
		place = place_of(subject, path);
		if (place != NONE)
			places[place] += (double)subject->values[i];
	}
	return count;
}

void leaked_examine(const struct subject *subject, struct findings *findings)
{
	double *places =
		alloc_zero((size_t)subject->view->profile->function_count + 1, sizeof(*places));
	double count = count_places(subject, places);
	function_id functions[MOST_PLACES];
	uint32_t named = subject_largest(subject, places, MOST_PLACES, functions);
	struct finding *finding;

	if (count > 0) {
		finding = findings_add(
			findings, SEVERITY_CRITICAL, "goroutine-leaked",
			findings_text(findings, "%.0f goroutine%s leaked", count,
				      count == 1 ? " is" : "s are"),
			"the collector has proved that nothing can wake them: close or drain the channel "
			"they wait on, or let them end with a context");
		finding->weight = WEIGHT_CAUSE / 2 + count;
		finding->evidence = findings_text(findings, "%s:", subject->name);
		for (uint32_t i = 0; i < named; i++) {
			const char *name = subject_function(subject, functions[i]);

			finding->evidence =
				findings_text(findings, "%s%s %.0f in %s", finding->evidence,
					      i ? "," : "", places[functions[i]], name);
			finding_add_jump(findings, finding, JUMP_FUNCTION, subject->number, name);
		}
	}
	free(places);
}
