/* SPDX-License-Identifier: MIT */
/*
 * What one goroutine, group of goroutines or P did over time: the steps from
 * state to state in a few bytes each. Every so many steps there is a mark with
 * all that lies before it, so the time in each state between any two moments is
 * a difference of two sums: as quick for a second as for a microsecond, however
 * long the lane is.
 */
#ifndef PROFILE_TRACE_LANE_H
#define PROFILE_TRACE_LANE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "profile/trace_class.h"

/* The classes of a goroutine come first, from 1 on. */
enum lane_state {
	LANE_NONE,
	LANE_RUNNING = 1 + TRACE_CLASS_RUNNING,
	LANE_SCHED = 1 + TRACE_CLASS_SCHED,
	LANE_SYSCALL = 1 + TRACE_CLASS_SYSCALL,
	LANE_OTHER = 1 + TRACE_CLASS_OTHER,
	LANE_IDLE = 1 + TRACE_CLASS_COUNT, /* of Ps */
	LANE_COLLECTOR,                    /* likewise: a worker of the collector runs */
	LANE_STATE_COUNT,
};

struct lane_mark {
	int64_t time;
	size_t at; /* of the next step */
	int64_t sums[LANE_STATE_COUNT];
	int32_t counts[LANE_STATE_COUNT]; /* how many are in each state */
};

struct trace_lane {
	unsigned char *bytes;
	struct lane_mark *marks;
	size_t length, capacity, mark_count, mark_capacity;
	int64_t last; /* time of the last step */
	uint32_t steps;
};

/* One step: somebody goes from one state to another. */
struct lane_step {
	int64_t time;
	uint8_t from, to;
	uint32_t stack; /* where it did */
	uint32_t other; /* who woke it, or what a P runs; UINT32_MAX: nobody */
};

void trace_lane_clear(struct trace_lane *lane);

/* Adds a step, which is not earlier than the last one. */
void trace_lane_add(struct trace_lane *lane, const struct lane_step *step);

/* Goes through all steps: start with *at and step->time 0. False at the end. */
bool trace_lane_next(const struct trace_lane *lane, size_t *at, struct lane_step *step);

/* Time in each state from 0 to a moment: added up over all that are in the lane. */
void trace_lane_sums(const struct trace_lane *lane, int64_t time, int64_t sums[LANE_STATE_COUNT]);

/*
 * The last step at or before a moment and the first one behind it; false for
 * either if there is none.
 */
bool trace_lane_find(const struct trace_lane *lane, int64_t time, struct lane_step *before,
		     bool *has_next, struct lane_step *next);

#endif
