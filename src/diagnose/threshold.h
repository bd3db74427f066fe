/* SPDX-License-Identifier: MIT */
/*
 * The limits of all rules as one table: a name, a default, what it means.
 * A row is all that a new limit takes: -threshold and the manual have it from here.
 */
#ifndef DIAGNOSE_THRESHOLD_H
#define DIAGNOSE_THRESHOLD_H

#include "base/error.h"
#include "base/text.h"

enum threshold {
	THRESHOLD_SAMPLES,
	THRESHOLD_LOCK,
	THRESHOLD_CHANNEL,
	THRESHOLD_GC,
	THRESHOLD_GC_CRITICAL,
	THRESHOLD_SYSCALL,
	THRESHOLD_ALLOCATION,
	THRESHOLD_SCHEDULER,
	THRESHOLD_MEMORY,
	THRESHOLD_MAP,
	THRESHOLD_LIBRARY,
	THRESHOLD_INTERFACE,
	THRESHOLD_CYCLES,
	THRESHOLD_PAUSE_NOTE,
	THRESHOLD_PAUSE,
	THRESHOLD_PAUSE_CRITICAL,
	THRESHOLD_MEMORY_LIMIT,
	THRESHOLD_GOAL_NOTE,
	THRESHOLD_GOAL,
	THRESHOLD_GROWTH,
	THRESHOLD_GC_WATCH,
	THRESHOLD_GC_TUNE,
	THRESHOLD_THRASH,
	THRESHOLD_SPIRAL,
	THRESHOLD_CYCLE_RATE,
	THRESHOLD_TINY_HEAP,
	THRESHOLD_ASSIST,
	THRESHOLD_FORCED,
	THRESHOLD_TREND_FIT,
	THRESHOLD_OVERSHOOT,
	THRESHOLD_QUEUE,
	THRESHOLD_THREADS,
	THRESHOLD_GROUP,
	THRESHOLD_WAIT,
	THRESHOLD_LEAK_RATE,
	THRESHOLD_LEAK_CRITICAL,
	THRESHOLD_INTERVAL,
	THRESHOLD_HEAP_GROWTH,
	THRESHOLD_POOL,
	THRESHOLD_STALLS,
	THRESHOLD_CPU_BUSY,
	THRESHOLD_CPU_IDLE,
	THRESHOLD_SYSCALL_SYNC,
	THRESHOLD_SYSCALL_SLEEP,
	THRESHOLD_SYSCALL_ERRORS,
	THRESHOLD_SYSCALL_CALLS,
	THRESHOLD_JVM_PAUSE,
	THRESHOLD_JVM_GC,
	THRESHOLD_JVM_FULL,
	THRESHOLD_JVM_HEAP,
	THRESHOLD_SCHED_WAIT,
	THRESHOLD_PROC_IDLE,
	THRESHOLD_ASSIST_TIME,
	THRESHOLD_CONVOY,
	THRESHOLD_TASK_TAIL,
	THRESHOLD_COUNT,
};

struct thresholds {
	double values[THRESHOLD_COUNT];
};

struct threshold_row {
	const char *name;
	double value; /* default */
	const char *unit;
	const char *summary;
};

extern const struct threshold_row threshold_rows[THRESHOLD_COUNT];

/* How many times its limit a value is: what finds its place among others of its severity. */
double thresholds_times(const struct thresholds *thresholds, enum threshold threshold,
			double value);

/* Defaults, then "NAME=VALUE,NAME=VALUE"; "" changes nothing. False with an error that names the word. */
bool thresholds_parse(struct thresholds *thresholds, const char *list, struct error *error);

#endif
