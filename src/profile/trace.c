/* SPDX-License-Identifier: MIT */
#include "profile/trace.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

struct trace *trace_new(void)
{
	struct trace *trace = alloc_zero(1, sizeof(*trace));

	atomic_init(&trace->owners, 1);
	strings_init(&trace->strings, NULL);
	call_stacks_init(&trace->stacks);
	trace->partial_since = -1;
	return trace;
}

struct trace *trace_share(struct trace *trace)
{
	atomic_fetch_add(&trace->owners, 1);
	return trace;
}

static void clear_lanes(struct trace_lane *lanes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		trace_lane_clear(&lanes[i]);
	free(lanes);
}

void trace_release(struct trace *trace)
{
	if (!trace || atomic_fetch_sub(&trace->owners, 1) != 1)
		return;
	for (size_t i = 0; i < trace->goroutine_count; i++)
		free(trace->goroutines[i].spent);
	free(trace->goroutines);
	free(trace->procs);
	free(trace->tasks);
	free(trace->regions);
	free(trace->cycles);
	free(trace->pauses);
	free(trace->logs);
	free(trace->samples);
	free(trace->heap);
	for (int i = 0; i < TRACE_UTIL_COUNT; i++)
		free(trace->utilization[i].items);
	clear_lanes(trace->goroutine_lanes, trace->goroutine_lane_count);
	clear_lanes(trace->proc_lanes, trace->proc_lane_count);
	clear_lanes(trace->group_lanes, trace->group_lane_count);
	free(trace->group_names);
	pair_map_clear(&trace->wakes);
	free(trace->wake_counts);
	strings_clear(&trace->strings);
	call_stacks_clear(&trace->stacks);
	free(trace);
}

bool trace_is_system(const struct trace *trace, const struct trace_goroutine *goroutine)
{
	const char *name = trace_text(trace, goroutine->name);

	return !*name || (strncmp(name, "runtime.", 8) == 0 && strcmp(name, "runtime.main") != 0);
}

void trace_goroutine_classes(const struct trace_goroutine *goroutine,
			     int64_t spent[TRACE_CLASS_COUNT])
{
	memset(spent, 0, TRACE_CLASS_COUNT * sizeof(*spent));
	for (uint32_t i = 0; i < goroutine->spent_count; i++)
		spent[goroutine->spent[i].class] += goroutine->spent[i].time;
}

/* The steps with what lies before each of them: a window is a difference of two such sums. */
struct integral {
	const struct trace_steps *steps;
	double *sums;
};

/* From the first step to a moment; *at is moved forward to the step that holds there. */
static double integral_at(const struct integral *integral, int64_t time, size_t *at)
{
	const struct trace_step *items = integral->steps->items;

	while (*at + 1 < integral->steps->count && items[*at + 1].time <= time)
		(*at)++;
	return integral->sums[*at] + items[*at].share * (double)(time - items[*at].time);
}

/* The mean of a window that begins or ends at a step, moved into the trace. */
struct scan {
	int64_t first, last; /* where a window may begin */
	int64_t window;
	size_t begin, end; /* the steps at its edges: both go forward */
	double least;
};

static void scan_window(struct scan *scan, const struct integral *integral, int64_t start)
{
	double mean;

	if (start < scan->first)
		start = scan->first;
	if (start > scan->last)
		start = scan->last;
	mean = (integral_at(integral, start + scan->window, &scan->end) -
		integral_at(integral, start, &scan->begin)) /
	       (double)scan->window;
	if (mean < scan->least)
		scan->least = mean;
}

static double scan_all(const struct integral *integral, int64_t window, int64_t end)
{
	const struct trace_steps *steps = integral->steps;
	struct scan begins = {steps->items[0].time, end - window, window, 0, 0, 1};
	struct scan ends = begins;

	for (size_t i = 0; i < steps->count; i++) {
		scan_window(&begins, integral, steps->items[i].time);
		scan_window(&ends, integral, steps->items[i].time - window);
	}
	scan_window(&begins, integral, end - window);
	if (ends.least < begins.least)
		begins.least = ends.least;
	return begins.least < 0 ? 0 : begins.least;
}

double trace_mmu(const struct trace *trace, enum trace_utilization what, int64_t window)
{
	const struct trace_steps *steps = &trace->utilization[what];
	struct integral integral = {.steps = steps};
	double least;

	if (!steps->count)
		return 1;
	if (window > trace->duration - steps->items[0].time)
		window = trace->duration - steps->items[0].time;
	if (window <= 0)
		return steps->items[0].share;
	integral.sums = alloc_zero(steps->count, sizeof(*integral.sums));
	for (size_t i = 1; i < steps->count; i++)
		integral.sums[i] = integral.sums[i - 1] +
				   steps->items[i - 1].share * (double)(steps->items[i].time -
									steps->items[i - 1].time);
	least = scan_all(&integral, window, trace->duration);
	free(integral.sums);
	return least;
}
