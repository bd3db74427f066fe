/* SPDX-License-Identifier: MIT */
/*
 * The events of an execution trace of Go in the order in which they happened,
 * whichever version of the format they came in. The readers of both versions
 * make them; what adds them up takes them one by one.
 */
#ifndef FORMAT_TRACE_EVENT_H
#define FORMAT_TRACE_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "profile/trace.h"

enum trace_event_kind {
	TRACE_EVENT_OTHER,     /* of no interest, but it took a moment */
	TRACE_EVENT_GOROUTINE, /* a goroutine goes from one state to another */
	TRACE_EVENT_PROC,
	TRACE_EVENT_PROCS, /* GOMAXPROCS */
	TRACE_EVENT_HEAP,  /* bytes of live objects */
	TRACE_EVENT_GOAL,  /* bytes, 0: none */
	TRACE_EVENT_LABEL, /* of the running goroutine: the kind of GC worker that it is */
	TRACE_EVENT_STW,   /* the ranges have a phase */
	TRACE_EVENT_GC,
	TRACE_EVENT_SWEEP,
	TRACE_EVENT_ASSIST,
	TRACE_EVENT_TASK,   /* begin or end */
	TRACE_EVENT_REGION, /* likewise */
	TRACE_EVENT_LOG,
	TRACE_EVENT_SAMPLE,
	TRACE_EVENT_SYNC, /* a generation begins, or the trace ends */
	TRACE_EVENT_KIND_COUNT,
};

enum trace_phase { TRACE_BEGIN, TRACE_END, TRACE_ACTIVE /* began before the trace */ };

/* Goroutines, Ps and Ms by the numbers of the feed; NONE: none. Strings and stacks are those of the trace. */
struct trace_event {
	enum trace_event_kind kind;
	int64_t time; /* nanoseconds since the start of the trace; set by feed_emit */
	/* The context, as it was before the event. */
	uint32_t goroutine, proc;
	/* What changes: a goroutine, a P, or the one that a range is on. */
	uint32_t subject;
	uint8_t from, to;   /* enum trace_status */
	uint8_t phase;      /* enum trace_phase */
	string_id text;     /* reason, kind of pause, label, name of a task or region, message */
	string_id category; /* of a log */
	uint32_t stack;     /* 0: none */
	uint32_t own_stack; /* of the subject: its root names the goroutine */
	uint64_t value;     /* bytes, Ps, swept bytes; the id of a task */
	uint64_t parent;    /* of a task; 0: none */
};

#endif
