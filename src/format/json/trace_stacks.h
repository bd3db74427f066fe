/* SPDX-License-Identifier: MIT */
/*
 * Calls that begin and end at some time, on several threads and in any order,
 * as stacks with the time that each was on top.
 */
#ifndef FORMAT_JSON_TRACE_STACKS_H
#define FORMAT_JSON_TRACE_STACKS_H

#include <stdbool.h>

#include "profile/builder.h"

enum trace_event_kind {
	TRACE_BEGIN,
	TRACE_END,
	TRACE_WHOLE, /* begins now and has a length */
};

struct trace_event {
	enum trace_event_kind kind;
	uint32_t thread;
	int64_t time, length; /* ns */
	location_id location;
	uint32_t number; /* of the event in the file */
};

struct trace_stacks {
	struct trace_event *events;
	size_t count, capacity;
};

void trace_stacks_clear(struct trace_stacks *stacks);

void trace_stacks_add(struct trace_stacks *stacks, const struct trace_event *event);

/*
 * Adds the samples, one value each: nanoseconds. labels(context, thread, ...)
 * gives the labels of a thread, at most TRACE_LABELS; returns how many.
 */
#define TRACE_LABELS 3
void trace_stacks_build(struct trace_stacks *stacks, struct builder *builder,
			size_t (*labels)(void *context, uint32_t thread, struct label *labels),
			void *context);

#endif
