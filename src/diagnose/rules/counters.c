/* SPDX-License-Identifier: MIT */
#include "diagnose/rules/counters.h"

#include <string.h>

#include "base/array.h"

/* True if an event is this one: "cycles" is "cycles:u" and "cpu_core/cycles/". */
static bool is_event(const char *event, const char *name)
{
	const char *slash = strchr(event, '/');
	size_t length = strlen(name);

	if (slash && slash[1])
		event = slash + 1;
	return strncmp(event, name, length) == 0 && strchr(":/", event[length]) != NULL;
}

static const char *event_of(const struct subject *subject, struct path path)
{
	const struct profile *profile = subject->view->profile;
	function_id function;

	if (path.first == path.end)
		return "";
	function = profile->frames[profile->locations[profile_location(profile, path.first)]
					   .first_frame]
			   .function;
	return function == NONE ? "" : subject_function(subject, function);
}

/* The sum of an event, of all processors and times; 0 if it was not counted. */
static double sum_of(const struct subject *subject, const char *name)
{
	struct path path;
	double sum = 0;

	for (uint32_t i = 0; i < subject->view->profile->sample_count; i++)
		if (view_path(subject->view, i, &path) && is_event(event_of(subject, path), name))
			sum += (double)subject->values[i];
	return sum;
}

double counters_cycles_per_instruction(const struct subject *subject)
{
	double instructions = sum_of(subject, "instructions");

	return instructions > 0 ? sum_of(subject, "cycles") / instructions : 0;
}

/* What follows from pairs of events. */
static const struct ratio {
	const char *title, *above, *below, *unit;
	double scale;
} ratios[] = {
	{"cycles an instruction", "cycles", "instructions", "", 1},
	{"cache misses", "cache-misses", "cache-references", " %", 100},
	{"branch misses", "branch-misses", "branches", " %", 100},
	{"cycles stalled, frontend", "stalled-cycles-frontend", "cycles", " %", 100},
	{"cycles stalled, backend", "stalled-cycles-backend", "cycles", " %", 100},
	{"context switches a second of CPU", "context-switches", "task-clock", "/s", 1e9},
	{"page faults a second of CPU", "page-faults", "task-clock", "/s", 1e9},
};

#define RATIO_COUNT COUNT(ratios)

static double ratio_of(const struct subject *subject, const struct ratio *ratio)
{
	double below = sum_of(subject, ratio->below);

	return below > 0 ? ratio->scale * sum_of(subject, ratio->above) / below : 0;
}

static void add_table(const struct subject *subject, struct findings *findings)
{
	static const char *const columns[] = {"figure", "value"};
	int64_t elapsed = subject->view->profile->duration_nanos;
	double busy = elapsed > 0 ? sum_of(subject, "task-clock") / (double)elapsed : 0;
	struct table *table = findings_add_table(
		findings, "counters", findings_text(findings, "Counters of %s", subject->name),
		columns, 2);

	if (busy > 0) {
		table_add_text(findings, table, "processors in use");
		table_add_number(findings, table, busy, "%.2f", busy);
	}
	for (size_t i = 0; i < RATIO_COUNT; i++) {
		double value = ratio_of(subject, &ratios[i]);

		if (sum_of(subject, ratios[i].above) <= 0 || value <= 0)
			continue;
		table_add_text(findings, table, ratios[i].title);
		table_add_number(findings, table, value, "%.*f%s", value < 100 ? 2 : 0, value,
				 ratios[i].unit);
	}
}

void counters_examine(const struct subject *subject, const struct thresholds *thresholds,
		      struct findings *findings)
{
	double cycles = counters_cycles_per_instruction(subject);
	struct finding *finding;

	add_table(subject, findings);
	if (cycles <= 0) {
		finding = findings_add(
			findings, SEVERITY_UNKNOWN, "counters",
			"no cycles and instructions were counted",
			"perf stat -e cycles,instructions, on a machine that lets you read them");
		finding->evidence = findings_text(findings, "%s has %u counters", subject->name,
						  subject->view->profile->function_count);
		return;
	}
	if (cycles <= thresholds->values[THRESHOLD_STALLS])
		return;
	finding = findings_add(
		findings, SEVERITY_WARNING, "stalls", "the processor waits for memory",
		"at the hot functions of the CPU profile look for pointers that are followed one by one, "
		"maps and lists where a slice would do, and data that several processors write");
	finding->weight = thresholds_times(thresholds, THRESHOLD_STALLS, cycles);
	finding->evidence =
		findings_text(findings, "%s: %.2f cycles an instruction", subject->name, cycles);
	if (sum_of(subject, "cache-misses") > 0)
		finding->evidence = findings_text(findings, "%s; %.1f %% of cache references miss",
						  finding->evidence, ratio_of(subject, &ratios[1]));
}
