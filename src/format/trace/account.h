/* SPDX-License-Identifier: MIT */
/*
 * Adds the events of a trace up: what each goroutine, P, task and region did
 * and for how long (struct trace), and how long it was where and why (the
 * totals, which become the samples of the profile).
 */
#ifndef FORMAT_TRACE_ACCOUNT_H
#define FORMAT_TRACE_ACCOUNT_H

#include "format/trace/feed.h"
#include "format/trace/totals.h"
#include "profile/trace.h"

/* What an open region or a task without regions has to subtract in the end. */
struct account_mark {
	int64_t spent[TRACE_CLASS_COUNT];
	uint32_t next_free;
};

/* Where a goroutine of a group was when the trace began. */
struct account_early {
	uint32_t group;
	struct lane_step step;
};

/* A name of goroutines, or one goroutine whose name is not known so far. */
struct account_group {
	string_id name;
	uint32_t root; /* the stack of its first function alone */
};

struct account {
	struct feed *feed;
	struct trace *trace;
	struct totals totals;
	int64_t from, to; /* only what lies between counts for the totals */
	struct account_group *groups;
	size_t group_count, group_capacity;
	struct pair_map group_names; /* name and 0: an index of group_of_name */
	uint32_t *group_of_name;
	size_t group_of_name_count, group_of_name_capacity;
	struct account_early *early; /* for the lanes of groups */
	size_t early_count, early_capacity;
	struct pair_map task_ids, task_goroutines;
	uint32_t *region_mark, *task_mark; /* by region and task: a mark; NONE */
	size_t region_mark_count, region_mark_capacity, task_mark_count, task_mark_capacity;
	struct account_mark *marks;
	size_t mark_count, mark_capacity;
	uint32_t free_mark;
	uint32_t open_cycle, open_pause; /* open_pause: of nobody */
	int64_t mark_pauses;             /* where a stop of the world for the GC began */
	uint64_t heap, goal;
	/* Utilization: how many reasons each P has to be busy for the collector. */
	int32_t *busy[TRACE_UTIL_COUNT]; /* by P, and one for none at the front */
	uint32_t busy_count[TRACE_UTIL_COUNT];
	size_t busy_capacity[TRACE_UTIL_COUNT];
	size_t busy_procs[TRACE_UTIL_COUNT];
	uint32_t runnable, idle; /* goroutines and Ps that are so now */
	int64_t both_since;      /* both are; -1 */
	int stopped;
	bool changed;
};

void account_init(struct account *account, struct feed *feed, struct trace *trace);
void account_clear(struct account *account);

/* A feed_taker. */
void account_take(void *account, const struct trace_event *event);

/* The trace has ended: closes what is open. */
void account_finish(struct account *account);

/* Parts of account_take, of its own files. */

/* The goroutine of an event, NULL for none. */
struct trace_goroutine *account_goroutine(struct account *account, uint32_t number);

/* Its time by class up to now, the present state included. */
void account_classes(struct account *account, const struct trace_goroutine *goroutine, int64_t now,
		     int64_t spent[TRACE_CLASS_COUNT]);

/* Adds what a goroutine has run so far to the totals, before its region changes. */
void account_split(struct account *account, struct trace_goroutine *goroutine, uint32_t proc,
		   int64_t now);

/* Adds an interval to the totals, or the part of it that counts. */
void account_add(struct account *account, const struct totals_key *key, int64_t count, int64_t from,
		 int64_t to);

/* Is time in this state counted? That of goroutines that do not exist is not. */
bool account_is_counted(uint8_t status);

/* Who and what a sample of the present state is of; `class` is that of the state. */
struct totals_key account_state_key(struct account *account,
				    const struct trace_goroutine *goroutine, uint32_t proc,
				    enum trace_class class);

/* Who a sample is of. */
struct totals_key account_key(struct account *account, const struct trace_goroutine *goroutine);

void account_range(struct account *account, const struct trace_event *event);
void account_user(struct account *account, const struct trace_event *event);
void account_close_regions(struct account *account, struct trace_goroutine *goroutine, int64_t now);
void account_close_tasks(struct account *account);

/* The lanes of the timeline; nothing without trace.has_lanes. The goroutine is in its new state, or group. */
void account_lane_goroutine(struct account *account, uint32_t number,
			    const struct trace_event *event);
void account_lane_regroup(struct account *account, const struct trace_goroutine *goroutine,
			  uint32_t before, int64_t now);
void account_lane_proc(struct account *account, const struct trace_event *event);
void account_lane_finish(struct account *account);

/* A P is busy for the collector for one reason more or less; proc may be NONE. */
void account_busy(struct account *account, int first, uint32_t proc, int by);

/* Adds a step to the utilization if it changed. */
void account_utilize(struct account *account, int64_t now);

#endif
