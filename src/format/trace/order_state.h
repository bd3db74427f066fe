/* SPDX-License-Identifier: MIT */
/*
 * Who does what while the events of a trace of version 2 are put in order:
 * which of them are ready, and what each changes. Of format/trace/order.c alone.
 */
#ifndef FORMAT_TRACE_ORDER_STATE_H
#define FORMAT_TRACE_ORDER_STATE_H

#include "format/trace/generation.h"

struct wire_event {
	int64_t time; /* nanoseconds of the clock of the trace */
	uint64_t arguments[4];
	uint32_t thread; /* number of order_state_thread */
	uint8_t type;
};

struct order_goroutine {
	uint64_t sequence;
	string_id pause; /* kind of the stop of the world that it began */
	uint8_t status;  /* enum trace_status; gone: not known */
};

enum proc_status { PROC_UNKNOWN, PROC_RUNNING, PROC_IDLE, PROC_SYSCALL, PROC_ABANDONED };

struct order_proc {
	uint64_t sequence;
	uint8_t status; /* enum proc_status, as ProcStatus has it */
};

struct order_thread {
	uint32_t goroutine, proc; /* NONE: none */
};

struct order_state {
	struct feed *feed;
	struct generation *generation;      /* the present one */
	struct order_goroutine *goroutines; /* by the numbers of the feed */
	struct order_proc *procs;
	struct order_thread *threads;
	struct pair_map thread_ids;
	size_t goroutine_count, proc_count, thread_count;
	size_t goroutine_capacity, proc_capacity, thread_capacity;
	double unit;     /* nanoseconds */
	int64_t start;   /* the moment that is 0, on the clock of the trace */
	uint64_t gc;     /* the last sequence number of the collector */
	string_id pause; /* of a stop of the world by nobody */
	bool started, first, has_gc;
	bool forcing; /* events are ready, whatever their state */
};

void order_state_init(struct order_state *state, struct feed *feed);
void order_state_clear(struct order_state *state);
void order_state_forget(struct order_state *state);

/* A generation begins and ends. True if its unit of time is a guess. */
bool order_state_begin(struct order_state *state, struct generation *generation);
void order_state_end(struct order_state *state);

/* The number of a thread. */
uint32_t order_state_thread(struct order_state *state, uint64_t id);

/* Units of the generation's clock in nanoseconds. */
static inline int64_t order_state_span(const struct order_state *state, uint64_t units)
{
	double nanoseconds = (double)units * state->unit;

	/* A broken clock may say anything; sums of a few of them still fit. */
	return nanoseconds < 1e18 ? (int64_t)nanoseconds : (int64_t)1e18;
}

/* Feeds an event if it is ready; false, and nothing done, if not. */
bool order_state_take(struct order_state *state, const struct wire_event *event);

/* Feeds it as it is. */
void order_state_force(struct order_state *state, const struct wire_event *event);

#endif
