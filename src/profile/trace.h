/* SPDX-License-Identifier: MIT */
/*
 * What an execution trace tells beside the samples of its profile: goroutines,
 * Ps, tasks, regions, collections and pauses, each over time. Times are
 * nanoseconds since the start of the trace, -1 for what was not in it; ids are
 * those of the program. Read only once the profile is there; all profiles that
 * are made of one share it.
 */
#ifndef PROFILE_TRACE_H
#define PROFILE_TRACE_H

#include <stdatomic.h>
#include <stdbool.h>

#include "profile/strings.h"
#include "profile/trace_class.h"
#include "profile/trace_lane.h"
#include "profile/call_stacks.h"

/* All time in one state, and for waiting for one reason. */
struct trace_spent {
	int64_t count, time;
	string_id reason;
	uint8_t status, class;
};

struct trace_goroutine {
	uint64_t id;
	string_id name;            /* the function that it began with; 0: not told */
	string_id creator;         /* the function that created it */
	uint32_t by;               /* the goroutine that created it; NONE */
	int64_t first, start, end; /* known since, first run, end */
	int64_t assist;            /* marking for the collector, whatever its state */
	struct trace_spent *spent;
	uint32_t spent_count, spent_capacity;
	bool created; /* within the trace */
	bool seen;    /* false: only named by a broken file */
	/* The present state while the trace is read. */
	uint8_t status, lane_state;
	string_id reason;
	int64_t since, assist_since;
	int64_t counted; /* running up to here is in the totals */
	uint32_t stack, assist_stack, group, region, pause;
	uint32_t worker, assisting; /* + 1: the P where it works for the collector */
	bool in_assist, waits;      /* waits: for a P */
};

struct trace_proc {
	uint64_t id;
	int64_t running, idle;
	uint32_t starts, goroutine_starts;
	uint8_t status, lane_state;
	bool seen, idles;
	int64_t since;
};

struct trace_task {
	uint64_t id, parent; /* 0: none */
	string_id name;
	int64_t start, end;
	uint32_t regions, logs, goroutines, begun_by;
	int64_t spent
		[TRACE_CLASS_COUNT]; /* in its regions; without any, of the goroutine that began it */
};

struct trace_region {
	int64_t start, end;
	uint32_t goroutine, task; /* indices */
	string_id name;
	uint32_t stack, outer; /* outer: the region around it while both are open; NONE */
};

/* One collection. */
struct trace_cycle {
	int64_t begin, end;              /* of marking */
	int64_t sweep_pause, mark_pause; /* the program stood still before and after it */
	int64_t assist;                  /* time of assists that ended in it */
	uint64_t heap, goal;             /* bytes when it began */
};

struct trace_pause {
	string_id kind;
	uint32_t goroutine, stack;
	int64_t start, end;
};

struct trace_log {
	int64_t time;
	uint32_t goroutine, task;
	string_id category, message;
};

struct trace_sample {
	int64_t time;
	uint32_t goroutine, proc, stack;
};

/* What counts as not the program's, for the utilization. */
enum trace_utilization {
	TRACE_UTIL_PAUSES,
	TRACE_UTIL_WORK,  /* and background workers and assists */
	TRACE_UTIL_SWEEP, /* and sweeps */
	TRACE_UTIL_COUNT,
};

/* From here on, until the next step. */
struct trace_step {
	int64_t time;
	double share;
};

struct trace_steps {
	struct trace_step *items;
	size_t count, capacity;
};

struct trace_heap {
	int64_t time;
	uint64_t live, goal;
};

enum trace_range {
	TRACE_RANGE_PAUSE,
	TRACE_RANGE_CYCLE,
	TRACE_RANGE_SWEEP,
	TRACE_RANGE_ASSIST,
	TRACE_RANGE_COUNT,
};

/* Counts of events, for what has to be complete. */
struct trace_counts {
	uint64_t events, syncs, unordered, forced;
	uint64_t goroutine[TRACE_STATUS_COUNT][TRACE_STATUS_COUNT]; /* [from][to] */
	uint64_t proc[TRACE_STATUS_COUNT][TRACE_STATUS_COUNT];
	uint64_t procs, heap, goal, samples, others, labels;
	/* Begins, ends and those found under way, of pauses, collections, sweeps and assists. */
	uint64_t range[TRACE_RANGE_COUNT][3];
};

struct trace {
	atomic_uint owners;
	struct strings strings;
	struct call_stacks stacks;
	int version;                 /* 22 for Go 1.22 */
	int64_t duration;            /* until the last event */
	int64_t partial_since;       /* from here on only part of the file could be read; -1 */
	uint64_t proc_limit;         /* GOMAXPROCS, the last one */
	int64_t idle_while_runnable; /* a P was idle while a goroutine waited for one */
	struct trace_counts counts;
	struct trace_goroutine *goroutines;
	struct trace_proc *procs;
	struct trace_task *tasks;
	struct trace_region *regions;
	struct trace_cycle *cycles;
	struct trace_pause *pauses;
	struct trace_log *logs;
	struct trace_sample *samples;
	struct trace_heap *heap;
	size_t goroutine_count, proc_count, task_count, region_count, cycle_count, pause_count,
		log_count, sample_count, heap_count;
	size_t goroutine_capacity, proc_capacity, task_capacity, region_capacity, cycle_capacity,
		pause_capacity, log_capacity, sample_capacity, heap_capacity;
	struct trace_steps utilization[TRACE_UTIL_COUNT];
	/* Over time, if that was asked for: by goroutine, by P, and by group (trace_lane.h); else NULL. */
	struct trace_lane *goroutine_lanes, *proc_lanes, *group_lanes;
	string_id *group_names; /* several groups may have one name */
	size_t goroutine_lane_count, proc_lane_count, group_lane_count, goroutine_lane_capacity,
		proc_lane_capacity, group_lane_capacity;
	bool has_lanes;
	struct pair_map wakes; /* names of waker and woken: a count in wake_counts */
	uint64_t *wake_counts;
	size_t wake_count, wake_capacity;
};

struct trace *trace_new(void);

/* One more owner, and one less; the last one frees it. NULL is allowed there. */
struct trace *trace_share(struct trace *trace);
void trace_release(struct trace *trace);

/*
 * The least mean share of the Ps that the program had to itself in any window
 * of so many nanoseconds: 0 to 1. A window longer than the trace is all of it.
 */
double trace_mmu(const struct trace *trace, enum trace_utilization what, int64_t window);

static inline const char *trace_text(const struct trace *trace, string_id text)
{
	return strings_text(&trace->strings, text);
}

/* Is a goroutine one of the runtime's own? Those without a name count as such. */
bool trace_is_system(const struct trace *trace, const struct trace_goroutine *goroutine);

/* Time of a goroutine by class. */
void trace_goroutine_classes(const struct trace_goroutine *goroutine,
			     int64_t spent[TRACE_CLASS_COUNT]);

#endif
