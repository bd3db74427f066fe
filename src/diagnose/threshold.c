/* SPDX-License-Identifier: MIT */
#include "diagnose/threshold.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct threshold_row threshold_rows[THRESHOLD_COUNT] = {
	[THRESHOLD_SAMPLES] = {"samples", 100, "samples", "fewer support no statement on shares"},
	[THRESHOLD_LOCK] = {"lock", 15, "%", "share of goroutines blocked on locks"},
	[THRESHOLD_CHANNEL] = {"channel", 15, "%", "share of goroutines blocked on channels"},
	[THRESHOLD_GC] = {"gc", 8, "%", "share of garbage collection in a profile"},
	[THRESHOLD_GC_CRITICAL] = {"gc-critical", 25, "%", "the same, critical"},
	[THRESHOLD_SYSCALL] = {"syscall", 12, "%", "share of system calls"},
	[THRESHOLD_ALLOCATION] = {"allocation", 10, "%", "share of allocation"},
	[THRESHOLD_SCHEDULER] = {"scheduler", 10, "%", "share of the scheduler"},
	[THRESHOLD_MEMORY] = {"memory", 10, "%", "share of copying and clearing memory"},
	[THRESHOLD_MAP] = {"map", 10, "%", "share of maps and hashes"},
	[THRESHOLD_LIBRARY] = {"library", 15, "%", "share of encoding, regexp, fmt and the like"},
	[THRESHOLD_INTERFACE] = {"interface", 5, "%", "share of interfaces and defer"},
	[THRESHOLD_CYCLES] = {"cycles", 5, "cycles", "fewer support no statement on a trend"},
	[THRESHOLD_PAUSE_NOTE] = {"pause-note", 0.1, "ms", "a pause worth a note"},
	[THRESHOLD_PAUSE] = {"pause", 0.2, "ms", "a pause that hurts latency"},
	[THRESHOLD_PAUSE_CRITICAL] = {"pause-critical", 10, "ms", "a critical pause"},
	[THRESHOLD_MEMORY_LIMIT] = {"memory-limit", 0, "MB",
				    "GOMEMLIMIT or the container's; 0: as the log has it"},
	[THRESHOLD_GOAL_NOTE] = {"goal-note", 75, "%", "heap goal of the memory limit"},
	[THRESHOLD_GOAL] = {"goal", 85, "%", "heap goal that makes collections frequent"},
	[THRESHOLD_GROWTH] = {"growth", 50, "MB/s", "growth of live heap or goal"},
	[THRESHOLD_GC_WATCH] = {"gc-watch", 5, "%", "CPU of the collector worth watching"},
	[THRESHOLD_GC_TUNE] = {"gc-tune", 10, "%", "CPU of the collector that tuning brings down"},
	[THRESHOLD_THRASH] = {"thrash", 25, "%",
			      "CPU of the collector at which the program thrashes"},
	[THRESHOLD_SPIRAL] = {"spiral", 40, "%", "the same with the live heap at its goal"},
	[THRESHOLD_CYCLE_RATE] = {"cycle-rate", 10, "/s", "cycles a second of a tiny heap"},
	[THRESHOLD_TINY_HEAP] = {"tiny-heap", 10, "MB", "live heap below which it is tiny"},
	[THRESHOLD_ASSIST] = {"assist", 50, "%", "share of assists in marking"},
	[THRESHOLD_FORCED] = {"forced", 10, "%", "share of forced cycles"},
	[THRESHOLD_TREND_FIT] = {"trend-fit", 0.9, "R2",
				 "how straight a growth must be to be a leak"},
	[THRESHOLD_OVERSHOOT] = {"overshoot", 10, "%", "cycles that end above their goal"},
	[THRESHOLD_QUEUE] = {"queue", 1, "goroutines", "that wait for each processor, on average"},
	[THRESHOLD_THREADS] = {"threads", 100, "threads", "of one program that are too many"},
	[THRESHOLD_GROUP] = {"group", 100, "goroutines", "of one kind that block at one place"},
	[THRESHOLD_WAIT] = {"wait", 10, "min", "a wait that is too long"},
	[THRESHOLD_LEAK_RATE] = {"leak-rate", 5, "/min", "goroutines that a group grows by"},
	[THRESHOLD_LEAK_CRITICAL] = {"leak-critical", 100, "/min", "the same, critical"},
	[THRESHOLD_INTERVAL] = {"interval", 0, "s",
				"time between inputs that have none; 0: unknown"},
	[THRESHOLD_HEAP_GROWTH] = {"heap-growth", 1, "MB/min", "a function's growth in use"},
	[THRESHOLD_POOL] = {"pool", 2, "%", "of all allocated bytes: a line worth a sync.Pool"},
	[THRESHOLD_STALLS] = {"stalls", 2.5, "cycles", "an instruction: the processor waits"},
	[THRESHOLD_CPU_BUSY] = {"cpu-busy", 70, "%", "of one processor: the program computes"},
	[THRESHOLD_CPU_IDLE] = {"cpu-idle", 30, "%", "of one processor: the program waits"},
	[THRESHOLD_SYSCALL_SYNC] = {"syscall-sync", 10, "%", "of the time in system calls: syncs"},
	[THRESHOLD_SYSCALL_SLEEP] = {"syscall-sleep", 30, "%",
				     "of the time in system calls: sleeps"},
	[THRESHOLD_SYSCALL_ERRORS] = {"syscall-errors", 50, "%",
				      "of the calls of one name that fail"},
	[THRESHOLD_SYSCALL_CALLS] = {"syscall-calls", 50, "%", "of all calls: reads or writes"},
	[THRESHOLD_JVM_PAUSE] = {"jvm-pause", 200, "ms", "a pause of Java's collector"},
	[THRESHOLD_JVM_GC] = {"jvm-gc", 10, "%", "of the time in pauses of Java's collector"},
	[THRESHOLD_JVM_FULL] = {"jvm-full", 1, "collections", "of the whole heap of Java"},
	[THRESHOLD_JVM_HEAP] = {"jvm-heap", 85, "%", "of Java's heap in use after collections"},
	[THRESHOLD_SCHED_WAIT] = {"sched-wait", 25, "%",
				  "of a trace: time that goroutines wait for a processor"},
	[THRESHOLD_PROC_IDLE] = {"idle-p", 10, "%",
				 "of a trace: a P is idle and a goroutine runnable"},
	[THRESHOLD_ASSIST_TIME] = {"assist-time", 10, "%",
				   "of a trace: time of goroutines in assists"},
	[THRESHOLD_CONVOY] = {"convoy", 4, "goroutines",
			      "of one kind that wait for locks at a time"},
	[THRESHOLD_TASK_TAIL] = {"task-tail", 10, "times", "p99 of a task against its p50"},
};

double thresholds_times(const struct thresholds *thresholds, enum threshold threshold, double value)
{
	double limit = thresholds->values[threshold];

	return limit > 0 ? value / limit : value;
}

static bool set_one(struct thresholds *thresholds, const char *word, size_t length,
		    struct error *error)
{
	const char *equals = memchr(word, '=', length);
	size_t name = equals ? (size_t)(equals - word) : length;
	char *end;
	double value;

	if (!equals)
		return error_set(error, "threshold %.*s: give it as NAME=NUMBER", (int)length,
				 word);
	value = strtod(equals + 1, &end);
	if (end != word + length || end == equals + 1 || !isfinite(value) || value < 0)
		return error_set(error, "threshold %.*s: give a number of 0 or more", (int)length,
				 word);
	for (size_t i = 0; i < THRESHOLD_COUNT; i++) {
		if (strlen(threshold_rows[i].name) == name &&
		    memcmp(threshold_rows[i].name, word, name) == 0) {
			thresholds->values[i] = value;
			return true;
		}
	}
	return error_set(error, "there is no threshold %.*s; the manual lists them", (int)name,
			 word);
}

bool thresholds_parse(struct thresholds *thresholds, const char *list, struct error *error)
{
	for (size_t i = 0; i < THRESHOLD_COUNT; i++)
		thresholds->values[i] = threshold_rows[i].value;
	while (*list) {
		size_t length = strcspn(list, ", ");

		if (length && !set_one(thresholds, list, length, error))
			return false;
		list += length + (list[length] != '\0');
	}
	return true;
}
