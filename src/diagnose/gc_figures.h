/* SPDX-License-Identifier: MIT */
/*
 * What a log of garbage collections amounts to. Times in seconds, sizes in
 * bytes, shares 0 ... 1. The log gives times with two digits and heaps in
 * whole MiB, so sums are good to about 5 %.
 */
#ifndef DIAGNOSE_GC_FIGURES_H
#define DIAGNOSE_GC_FIGURES_H

#include "diagnose/finding.h"
#include "diagnose/threshold.h"
#include "profile/gc_log.h"

/* Growth in bytes that whole MiB cannot feign; less is none. */
#define GC_LEAST_GROWTH (4 * 0x1p20)

struct gc_figures {
	uint32_t cycles, forced;
	uint32_t over_goal; /* cycles in which the heap grew beyond its goal */
	double span;        /* from the start of the program, or of the first cycle if it is not
			       number 1, to the end of the last */
	double pause_total, pause_max, pause_p99;
	uint32_t longest;    /* index of the cycle with pause_max */
	double mark_share;   /* of the span */
	double cpu_share;    /* of all processors over the span; idle marking is not in it */
	double assist_share; /* of the CPU of assists and background marking */
	double idle_cpu;
	double allocated, allocation_rate; /* bytes, bytes a second */
	double cycle_rate;                 /* a second */
	double live_first, live_last, live_max, goal_last;
	double live_slope,
		live_fit; /* bytes a second, R squared; over cycles that were not forced */
	double goal_slope;
	double printed_percent; /* of the last cycle */
	double effective_gogc;  /* median of (next goal - live) / (live + stacks + globals), % */
	double processors;      /* of the last cycle */
};

/* The figures of cycles [first, first + count) of a log. */
void gc_figures_build(const struct gc_log *log, uint32_t first, uint32_t count,
		      struct gc_figures *figures);

/* One cycle. What is a rate or a share of time is over the time until the next cycle begins. */
struct gc_cycle {
	int64_t number;
	bool forced;
	double start, pause, mark;
	double heap_start, heap_end, live, goal;
	double assist_share;               /* of the marking */
	double cpu_share, allocation_rate; /* NAN: no further cycle, or at the same time */
};
void gc_cycle_build(const struct gc_log *log, uint32_t index, struct gc_cycle *cycle);

/* How far its numbers are beyond the limits; SEVERITY_UNKNOWN: they are not. */
struct gc_cycle_levels {
	enum severity pause, cpu, goal, live;
};
void gc_cycle_judge(const struct gc_log *log, uint32_t index, const struct thresholds *thresholds,
		    struct gc_cycle_levels *levels);
enum severity gc_pause_level(const struct thresholds *thresholds, double seconds);

/* Where the last run of a program begins in the log: its numbers start anew there. */
uint32_t gc_figures_last_run(const struct gc_log *log);

#endif
