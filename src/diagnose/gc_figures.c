/* SPDX-License-Identifier: MIT */
#include "diagnose/gc_figures.h"

#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/stats/trend.h"

#define MEBIBYTE 0x1p20

/* Nanoseconds to seconds; sizes stay as they are. */
static double seconds(const struct gc_log *log, enum gc_column column, uint32_t cycle)
{
	return (double)log->columns[column][cycle] / 1e9;
}

static double value(const struct gc_log *log, enum gc_column column, uint32_t cycle)
{
	return (double)log->columns[column][cycle];
}

static int compare_numbers(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

/* The number at this share of the sorted numbers, the nearest rank. */
static double quantile(double *numbers, size_t count, double share)
{
	size_t rank = (size_t)((double)count * share);

	if (!count)
		return 0;
	qsort(numbers, count, sizeof(*numbers), compare_numbers);
	return numbers[rank < count ? rank : count - 1];
}

static void sum_pauses(const struct gc_log *log, uint32_t first, struct gc_figures *figures)
{
	double *pauses = alloc_zero(figures->cycles, sizeof(*pauses));

	for (uint32_t i = 0; i < figures->cycles; i++) {
		pauses[i] = seconds(log, GC_PAUSE, first + i);
		figures->pause_total += pauses[i];
		if (pauses[i] > figures->pause_max) {
			figures->pause_max = pauses[i];
			figures->longest = first + i;
		}
	}
	figures->pause_p99 = quantile(pauses, figures->cycles, 0.99);
	free(pauses);
}

/* Allocated while marking, and from then until the next cycle begins. */
static double allocated(const struct gc_log *log, uint32_t cycle, bool last)
{
	double sum = value(log, GC_HEAP_END, cycle) - value(log, GC_HEAP_START, cycle);

	if (!last)
		sum += value(log, GC_HEAP_START, cycle + 1) - value(log, GC_LIVE_HEAP, cycle);
	return sum;
}

static void sum_cpu(const struct gc_log *log, uint32_t first, struct gc_figures *figures)
{
	double cpu = 0, assist = 0, background = 0, mark = 0, procs = 0;

	for (uint32_t i = first; i < first + figures->cycles; i++) {
		cpu += seconds(log, GC_CPU, i);
		assist += seconds(log, GC_ASSIST_CPU, i);
		background += seconds(log, GC_BACKGROUND_CPU, i);
		figures->idle_cpu += seconds(log, GC_IDLE_CPU, i);
		mark += seconds(log, GC_MARK, i);
		procs += value(log, GC_PROCESSORS, i);
	}
	/* GOMAXPROCS may change on the way. */
	procs /= figures->cycles;
	if (figures->span > 0) {
		figures->mark_share = mark / figures->span;
		figures->cpu_share = procs > 0 ? cpu / (procs * figures->span) : 0;
	}
	if (assist + background > 0)
		figures->assist_share = assist / (assist + background);
}

static void follow_heap(const struct gc_log *log, uint32_t first, struct gc_figures *figures)
{
	struct trend live = {0}, goal = {0};
	double *ratios = alloc_zero(figures->cycles, sizeof(*ratios));
	size_t ratio_count = 0;

	for (uint32_t i = first; i < first + figures->cycles; i++) {
		bool last = i + 1 == first + figures->cycles;
		double base = value(log, GC_LIVE_HEAP, i) + value(log, GC_STACKS, i) +
			      value(log, GC_GLOBALS, i);

		figures->forced += log->columns[GC_FORCED][i] != 0;
		figures->over_goal += log->columns[GC_HEAP_END][i] > log->columns[GC_GOAL][i];
		figures->allocated += allocated(log, i, last);
		if (value(log, GC_LIVE_HEAP, i) > figures->live_max)
			figures->live_max = value(log, GC_LIVE_HEAP, i);
		if (!log->columns[GC_FORCED][i]) {
			trend_add(&live, seconds(log, GC_START, i), value(log, GC_LIVE_HEAP, i));
			trend_add(&goal, seconds(log, GC_START, i), value(log, GC_GOAL, i));
		}
		if (!last && base > 0)
			ratios[ratio_count++] =
				(value(log, GC_GOAL, i + 1) - value(log, GC_LIVE_HEAP, i)) / base;
	}
	figures->live_slope = trend_slope(&live);
	figures->live_fit = trend_fit(&live);
	figures->goal_slope = trend_slope(&goal);
	figures->effective_gogc = 100 * quantile(ratios, ratio_count, 0.5);
	free(ratios);
}

void gc_figures_build(const struct gc_log *log, uint32_t first, uint32_t count,
		      struct gc_figures *figures)
{
	uint32_t last = first + count - 1;

	*figures = (struct gc_figures){.cycles = count};
	if (!count)
		return;
	figures->span = seconds(log, GC_START, last) + seconds(log, GC_PAUSE, last) +
			seconds(log, GC_MARK, last);
	if (log->columns[GC_NUMBER][first] != 1)
		figures->span -= seconds(log, GC_START, first);
	sum_pauses(log, first, figures);
	sum_cpu(log, first, figures);
	follow_heap(log, first, figures);
	if (figures->span > 0) {
		figures->allocation_rate = figures->allocated / figures->span;
		figures->cycle_rate = count / figures->span;
	}
	figures->live_first = value(log, GC_LIVE_HEAP, first);
	figures->live_last = value(log, GC_LIVE_HEAP, last);
	figures->goal_last = value(log, GC_GOAL, last);
	figures->printed_percent = value(log, GC_PERCENT, last);
	figures->processors = value(log, GC_PROCESSORS, last);
}

/* A run of a program begins where numbers or times start anew. */
static bool begins_run(const struct gc_log *log, uint32_t index)
{
	return index == 0 || log->columns[GC_NUMBER][index] <= log->columns[GC_NUMBER][index - 1] ||
	       log->columns[GC_START][index] < log->columns[GC_START][index - 1];
}

uint32_t gc_figures_last_run(const struct gc_log *log)
{
	uint32_t i = log->count ? log->count - 1 : 0;

	while (!begins_run(log, i))
		i--;
	return i;
}

/* Seconds until the next cycle of the run; 0 if there is none. */
static double period(const struct gc_log *log, uint32_t index)
{
	if (index + 1 >= log->count || begins_run(log, index + 1))
		return 0;
	return seconds(log, GC_START, index + 1) - seconds(log, GC_START, index);
}

void gc_cycle_build(const struct gc_log *log, uint32_t index, struct gc_cycle *cycle)
{
	double time = period(log, index), processors = value(log, GC_PROCESSORS, index);
	double assist = value(log, GC_ASSIST_CPU, index),
	       marking = assist + value(log, GC_BACKGROUND_CPU, index);

	*cycle = (struct gc_cycle){
		.number = log->columns[GC_NUMBER][index],
		.forced = log->columns[GC_FORCED][index] != 0,
		.start = seconds(log, GC_START, index),
		.pause = seconds(log, GC_PAUSE, index),
		.mark = seconds(log, GC_MARK, index),
		.heap_start = value(log, GC_HEAP_START, index),
		.heap_end = value(log, GC_HEAP_END, index),
		.live = value(log, GC_LIVE_HEAP, index),
		.goal = value(log, GC_GOAL, index),
		.assist_share = marking > 0 ? assist / marking : 0,
		.cpu_share = NAN,
		.allocation_rate = NAN,
	};
	if (time > 0 && processors > 0) {
		cycle->cpu_share = seconds(log, GC_CPU, index) / (processors * time);
		cycle->allocation_rate = allocated(log, index, false) / time;
	}
}

/* The highest limit that a number reaches. */
static enum severity level_of(const struct thresholds *thresholds, double number,
			      enum threshold note, enum threshold warning, enum threshold critical)
{
	if (critical != THRESHOLD_COUNT && number >= thresholds->values[critical])
		return SEVERITY_CRITICAL;
	if (number >= thresholds->values[warning])
		return SEVERITY_WARNING;
	return number >= thresholds->values[note] ? SEVERITY_NOTE : SEVERITY_UNKNOWN;
}

enum severity gc_pause_level(const struct thresholds *thresholds, double pause)
{
	return level_of(thresholds, 1e3 * pause, THRESHOLD_PAUSE_NOTE, THRESHOLD_PAUSE,
			THRESHOLD_PAUSE_CRITICAL);
}

/* Steeper than a leak would be, since the cycle before. */
static bool grows(const struct gc_log *log, uint32_t index, const struct thresholds *thresholds)
{
	double rise, time;

	if (begins_run(log, index))
		return false;
	time = period(log, index - 1);
	rise = value(log, GC_LIVE_HEAP, index) - value(log, GC_LIVE_HEAP, index - 1);
	return rise >= GC_LEAST_GROWTH &&
	       rise > thresholds->values[THRESHOLD_GROWTH] * MEBIBYTE * time;
}

void gc_cycle_judge(const struct gc_log *log, uint32_t index, const struct thresholds *thresholds,
		    struct gc_cycle_levels *levels)
{
	double memory = thresholds->values[THRESHOLD_MEMORY_LIMIT] * MEBIBYTE;
	struct gc_cycle cycle;

	gc_cycle_build(log, index, &cycle);
	*levels = (struct gc_cycle_levels){
		.pause = gc_pause_level(thresholds, cycle.pause),
		.cpu = isnan(cycle.cpu_share)
			       ? SEVERITY_UNKNOWN
			       : level_of(thresholds, 100 * cycle.cpu_share, THRESHOLD_GC_WATCH,
					  THRESHOLD_GC_TUNE, THRESHOLD_THRASH),
		.goal = memory > 0 ? level_of(thresholds, 100 * cycle.goal / memory,
					      THRESHOLD_GOAL_NOTE, THRESHOLD_GOAL, THRESHOLD_COUNT)
				   : SEVERITY_UNKNOWN,
		.live = grows(log, index, thresholds) ? SEVERITY_WARNING : SEVERITY_UNKNOWN,
	};
}
