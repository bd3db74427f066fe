/* SPDX-License-Identifier: MIT */
#include "format/json/trace_stacks.h"

#include <stdlib.h>

#include "base/array.h"

/* A call that has begun. */
struct call {
	location_id location;
	int64_t end; /* INT64_MAX: when its end comes */
};

struct walk {
	struct builder *builder;
	struct call *calls; /* the root first */
	size_t depth, capacity;
	location_id *stack;
	size_t stack_capacity;
	int64_t time; /* up to here all time is spent */
	struct label labels[TRACE_LABELS];
	size_t label_count;
};

void trace_stacks_clear(struct trace_stacks *stacks)
{
	free(stacks->events);
	*stacks = (struct trace_stacks){0};
}

void trace_stacks_add(struct trace_stacks *stacks, const struct trace_event *event)
{
	array_push(stacks->events, stacks->count, stacks->capacity, *event);
}

/* By thread and time; of two that begin at once the longer one calls the other. */
static int compare_events(const void *a, const void *b)
{
	const struct trace_event *left = a, *right = b;

	if (left->thread != right->thread)
		return left->thread < right->thread ? -1 : 1;
	if (left->time != right->time)
		return left->time < right->time ? -1 : 1;
	if (left->kind == TRACE_WHOLE && right->kind == TRACE_WHOLE &&
	    left->length != right->length)
		return left->length > right->length ? -1 : 1;
	return (left->number > right->number) - (left->number < right->number);
}

/* The time up to `until` belongs to the calls that are open. */
static void spend(struct walk *walk, int64_t until)
{
	int64_t value = until - walk->time;

	if (value > 0 && walk->depth) {
		array_reserve(walk->stack, walk->stack_capacity, walk->depth);
		for (size_t i = 0; i < walk->depth; i++)
			walk->stack[i] = walk->calls[walk->depth - 1 - i].location;
		builder_sample(walk->builder, walk->stack, walk->depth, &value, 1, walk->labels,
			       walk->label_count);
	}
	if (value > 0)
		walk->time = until;
}

/* Ends the calls whose time is over. */
static void advance(struct walk *walk, int64_t until)
{
	while (walk->depth && walk->calls[walk->depth - 1].end <= until) {
		spend(walk, walk->calls[walk->depth - 1].end);
		walk->depth--;
	}
	spend(walk, until);
}

/* The events are over: what has begun and not ended has no length that one could know. */
static void finish(struct walk *walk)
{
	while (walk->depth) {
		struct call call = walk->calls[walk->depth - 1];

		if (call.end != INT64_MAX)
			spend(walk, call.end);
		walk->depth--;
	}
}

/* The innermost call of this function ends, with all that it called. */
static void end_call(struct walk *walk, location_id location)
{
	size_t at = walk->depth;

	while (at > 0 &&
	       (walk->calls[at - 1].location != location || walk->calls[at - 1].end != INT64_MAX))
		at--;
	/* Ends need not have names. */
	if (at == 0)
		for (at = walk->depth; at > 0 && walk->calls[at - 1].end != INT64_MAX; at--)
			continue;
	if (at > 0)
		walk->depth = at - 1;
}

static void take_event(struct walk *walk, const struct trace_event *event)
{
	struct call call = {event->location, INT64_MAX};

	advance(walk, event->time);
	if (event->kind == TRACE_END) {
		end_call(walk, event->location);
		return;
	}
	if (event->kind == TRACE_WHOLE)
		call.end = event->length < INT64_MAX - event->time ? event->time + event->length
								   : INT64_MAX - 1;
	array_push(walk->calls, walk->depth, walk->capacity, call);
}

void trace_stacks_build(struct trace_stacks *stacks, struct builder *builder,
			size_t (*labels)(void *context, uint32_t thread, struct label *labels),
			void *context)
{
	struct walk walk = {.builder = builder};

	if (stacks->count)
		qsort(stacks->events, stacks->count, sizeof(*stacks->events), compare_events);
	for (size_t i = 0; i < stacks->count; i++) {
		const struct trace_event *event = &stacks->events[i];

		if (!i || event->thread != event[-1].thread) {
			walk.depth = 0;
			walk.time = event->time;
			walk.label_count = labels(context, event->thread, walk.labels);
		}
		take_event(&walk, event);
		if (i + 1 == stacks->count || event[1].thread != event->thread)
			finish(&walk);
	}
	free(walk.calls);
	free(walk.stack);
}
