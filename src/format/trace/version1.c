/* SPDX-License-Identifier: MIT */
#include "format/trace/version1.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/array.h"
#include "format/trace/version1_parse.h"

/* The events of one P, or all CPU samples, in the order of their times. */
struct stream_of_p {
	uint32_t next, end; /* in `lists` */
};

enum turn_status { TURN_DEAD, TURN_RUNNABLE, TURN_RUNNING, TURN_WAITING };

struct turn {
	uint64_t sequence;
	uint8_t status;
};

struct merge1 {
	const struct version1 *trace;
	uint32_t *lists; /* events, one P behind the other */
	struct stream_of_p *streams;
	size_t stream_count;
	uint32_t *heap; /* streams whose next event is ready */
	size_t heap_count;
	uint32_t *open; /* the others */
	size_t open_count;
	struct turn *turns; /* by goroutine */
	uint64_t collections;
	struct version1_place *merged;
	size_t count;
	uint64_t unordered, forced;
};

/* What an event waits for, and what its goroutine does afterwards. */
static const struct rule {
	unsigned char status; /* + 1; 0: always ready */
	unsigned char then;
	signed char sequence; /* the argument that has to be equal; -1: none */
	signed char step;     /* what the sequence grows by */
} rules[64] = {
	[V1_GO_CREATE] = {TURN_DEAD + 1, TURN_RUNNABLE, -1, 1},
	[V1_GO_WAITING] = {TURN_RUNNABLE + 1, TURN_WAITING, -1, 1},
	[V1_GO_IN_SYSCALL] = {TURN_RUNNABLE + 1, TURN_WAITING, -1, 1},
	[V1_GO_START] = {TURN_RUNNABLE + 1, TURN_RUNNING, 1, 1},
	[V1_GO_START_LABEL] = {TURN_RUNNABLE + 1, TURN_RUNNING, 1, 1},
	[V1_GO_START_LOCAL] = {TURN_RUNNABLE + 1, TURN_RUNNING, -1, 1},
	[V1_GO_UNBLOCK] = {TURN_WAITING + 1, TURN_RUNNABLE, 1, 1},
	[V1_GO_SYS_EXIT] = {TURN_WAITING + 1, TURN_RUNNABLE, 1, 1},
	[V1_GO_UNBLOCK_LOCAL] = {TURN_WAITING + 1, TURN_RUNNABLE, -1, 1},
	[V1_GO_SYS_EXIT_LOCAL] = {TURN_WAITING + 1, TURN_RUNNABLE, -1, 1},
	[V1_GO_SCHED] = {TURN_RUNNING + 1, TURN_RUNNABLE, -1, 0},
	[V1_GO_PREEMPT] = {TURN_RUNNING + 1, TURN_RUNNABLE, -1, 0},
	[V1_GO_SLEEP] = {TURN_RUNNING + 1, TURN_WAITING, -1, 0},
	[V1_GO_BLOCK] = {TURN_RUNNING + 1, TURN_WAITING, -1, 0},
	[V1_GO_BLOCK_SEND] = {TURN_RUNNING + 1, TURN_WAITING, -1, 0},
	[V1_GO_BLOCK_RECV] = {TURN_RUNNING + 1, TURN_WAITING, -1, 0},
	[V1_GO_BLOCK_SELECT] = {TURN_RUNNING + 1, TURN_WAITING, -1, 0},
	[V1_GO_BLOCK_SYNC] = {TURN_RUNNING + 1, TURN_WAITING, -1, 0},
	[V1_GO_BLOCK_COND] = {TURN_RUNNING + 1, TURN_WAITING, -1, 0},
	[V1_GO_BLOCK_NET] = {TURN_RUNNING + 1, TURN_WAITING, -1, 0},
	[V1_GO_SYS_BLOCK] = {TURN_RUNNING + 1, TURN_WAITING, -1, 0},
	[V1_GO_BLOCK_GC] = {TURN_RUNNING + 1, TURN_WAITING, -1, 0},
};

/* The sequence number that a goroutine must have, beside its status. */
static bool is_turn(const struct turn *turn, const struct version1_event *event,
		    const struct rule *rule, const uint64_t *arguments)
{
	if (turn->status != rule->status - 1)
		return false;
	if (rule->sequence >= 0)
		return turn->sequence == arguments[rule->sequence];
	if (event->type == V1_GO_WAITING || event->type == V1_GO_IN_SYSCALL)
		return turn->sequence == 1;
	return event->type != V1_GO_CREATE || turn->sequence == 0;
}

static bool is_ready(const struct merge1 *merge, uint32_t number)
{
	const struct version1_event *event = &merge->trace->events[number];
	const struct rule *rule = &rules[event->type];
	uint64_t arguments[VERSION1_ARGUMENTS];

	if (!rule->status && event->type != V1_GC_START)
		return true;
	version1_arguments(merge->trace, event, arguments);
	if (event->type == V1_GC_START)
		return merge->collections == arguments[0];
	return is_turn(&merge->turns[event->subject], event, rule, arguments);
}

/* The event comes next, ready or not. */
static void take_turn(struct merge1 *merge, uint32_t number)
{
	const struct version1_event *event = &merge->trace->events[number];
	const struct rule *rule = &rules[event->type];
	uint64_t arguments[VERSION1_ARGUMENTS];
	struct turn *turn;

	if (!rule->status && event->type != V1_GC_START)
		return;
	version1_arguments(merge->trace, event, arguments);
	if (event->type == V1_GC_START) {
		merge->collections = arguments[0] + 1;
		return;
	}
	turn = &merge->turns[event->subject];
	turn->status = rule->then;
	if (rule->sequence >= 0)
		turn->sequence = arguments[rule->sequence];
	turn->sequence += (uint64_t)rule->step;
}

static void append(struct merge1 *merge, uint32_t number)
{
	const struct version1_event *event = &merge->trace->events[number];

	merge->merged[merge->count] = (struct version1_place){
		.ticks = event->ticks, .position = (uint32_t)merge->count, .event = number};
	merge->count++;
}

static uint64_t ticks_of(const struct merge1 *merge, uint32_t stream)
{
	return merge->trace->events[merge->lists[merge->streams[stream].next]].ticks;
}

/* The heap is moved as Go's is: so events of the same tick come in the same order. */
static void push(struct merge1 *merge, uint32_t stream)
{
	size_t at = merge->heap_count++;
	uint64_t ticks = ticks_of(merge, stream);

	while (at && ticks < ticks_of(merge, merge->heap[(at - 1) / 2])) {
		merge->heap[at] = merge->heap[(at - 1) / 2];
		at = (at - 1) / 2;
	}
	merge->heap[at] = stream;
}

static uint32_t pop(struct merge1 *merge)
{
	uint32_t top = merge->heap[0], moved = merge->heap[--merge->heap_count];
	size_t at = 0, child;

	while ((child = 2 * at + 1) < merge->heap_count) {
		if (child + 1 < merge->heap_count &&
		    ticks_of(merge, merge->heap[child + 1]) < ticks_of(merge, merge->heap[child]))
			child++;
		if (ticks_of(merge, merge->heap[child]) >= ticks_of(merge, moved))
			break;
		merge->heap[at] = merge->heap[child];
		at = child;
	}
	merge->heap[at] = moved;
	return top;
}

/* Puts the streams whose next event is ready on the heap; the others stay. */
static void push_ready(struct merge1 *merge)
{
	for (size_t i = 0; i < merge->open_count;) {
		uint32_t stream = merge->open[i];
		bool ended = merge->streams[stream].next == merge->streams[stream].end;

		if (!ended && !is_ready(merge, merge->lists[merge->streams[stream].next])) {
			i++;
			continue;
		}
		merge->open[i] = merge->open[--merge->open_count];
		if (!ended)
			push(merge, stream);
	}
}

/* No event is ready: the earliest is taken as it is. */
static uint32_t take_earliest(struct merge1 *merge)
{
	size_t best = 0;
	uint32_t stream;

	for (size_t i = 1; i < merge->open_count; i++)
		if (ticks_of(merge, merge->open[i]) < ticks_of(merge, merge->open[best]))
			best = i;
	stream = merge->open[best];
	merge->open[best] = merge->open[--merge->open_count];
	merge->forced++;
	return stream;
}

static bool is_passed(const struct merge1 *merge, uint32_t stream)
{
	for (size_t i = 0; i < merge->open_count; i++)
		if (ticks_of(merge, merge->open[i]) < ticks_of(merge, stream))
			return true;
	return false;
}

static void run_merge(struct merge1 *merge)
{
	for (uint32_t i = 0; i < merge->stream_count; i++)
		merge->open[merge->open_count++] = i;
	for (;;) {
		uint32_t stream, event;

		push_ready(merge);
		if (!merge->heap_count && !merge->open_count)
			return;
		stream = merge->heap_count ? pop(merge) : take_earliest(merge);
		merge->unordered += is_passed(merge, stream);
		event = merge->lists[merge->streams[stream].next++];
		take_turn(merge, event);
		append(merge, event);
		merge->open[merge->open_count++] = stream;
	}
}

static void make_streams(struct merge1 *merge)
{
	const struct version1 *trace = merge->trace;
	uint32_t *ends;

	merge->stream_count = trace->stream_ids.count;
	ends = alloc_zero(merge->stream_count + 1, sizeof(*ends));
	merge->lists = alloc_zero(trace->event_count + 1, sizeof(*merge->lists));
	merge->streams = alloc_zero(merge->stream_count + 1, sizeof(*merge->streams));
	for (size_t i = 0; i < trace->event_count; i++)
		ends[trace->events[i].stream + 1]++;
	for (size_t i = 0; i < merge->stream_count; i++) {
		ends[i + 1] += ends[i];
		merge->streams[i] = (struct stream_of_p){ends[i], ends[i + 1]};
	}
	merge->heap = alloc_zero(merge->stream_count + 1, sizeof(*merge->heap));
	merge->open = alloc_zero(merge->stream_count + 1, sizeof(*merge->open));
	for (size_t i = 0; i < trace->event_count; i++)
		merge->lists[ends[trace->events[i].stream]++] = (uint32_t)i;
	free(ends);
}

static int compare_places(const void *a, const void *b)
{
	const struct version1_place *first = a, *second = b;

	if (first->ticks != second->ticks)
		return first->ticks < second->ticks ? -1 : 1;
	return (first->position > second->position) - (first->position < second->position);
}

/* The end of a system call is told late, with the ticks at which it really was. */
static void move_ends(struct merge1 *merge)
{
	const struct version1 *trace = merge->trace;
	uint64_t arguments[VERSION1_ARGUMENTS];

	for (size_t i = 0; i < merge->count; i++) {
		const struct version1_event *event = &trace->events[merge->merged[i].event];
		int at = event->type == V1_GO_SYS_EXIT         ? 2
			 : event->type == V1_GO_SYS_EXIT_LOCAL ? 1
							       : -1;

		if (at < 0)
			continue;
		version1_arguments(trace, event, arguments);
		if (arguments[at])
			merge->merged[i].ticks = arguments[at];
	}
	qsort(merge->merged, merge->count, sizeof(*merge->merged), compare_places);
}

/* A system call blocks if that is the next thing that its goroutine tells. */
static void mark_blocking(struct merge1 *merge, struct version1 *trace)
{
	unsigned char *next = alloc_zero(trace->feed->goroutines.count + 1, sizeof(*next));

	for (size_t i = merge->count; i-- > 0;) {
		struct version1_event *event = &trace->events[merge->merged[i].event];
		uint32_t goroutine = event->goroutine == NONE
					     ? (uint32_t)trace->feed->goroutines.count
					     : event->goroutine;

		event->blocks = event->type == V1_GO_SYS_CALL && next[goroutine] == V1_GO_SYS_BLOCK;
		next[goroutine] = event->type;
	}
	free(next);
}

static void put_in_order(struct version1 *trace)
{
	struct merge1 merge = {.trace = trace};

	make_streams(&merge);
	merge.turns = alloc_zero(trace->feed->goroutines.count + 1, sizeof(*merge.turns));
	merge.merged = alloc_zero(trace->event_count + 1, sizeof(*merge.merged));
	run_merge(&merge);
	free(merge.lists);
	free(merge.streams);
	free(merge.heap);
	free(merge.open);
	free(merge.turns);
	move_ends(&merge);
	mark_blocking(&merge, trace);
	trace->feed->unordered += merge.unordered;
	trace->feed->forced += merge.forced;
	trace->order = merge.merged;
}

bool version1_read(struct feed *feed, struct trace_bytes *bytes, int version, struct text *broken,
		   struct error *error)
{
	struct version1 trace = {.feed = feed, .version = version};
	bool good = true;

	trace.tables.has_strings = true;
	generation_read_all(&trace.tables, bytes);
	if (bytes->failed) {
		*error = bytes->error;
		good = false;
	} else if (trace.tables.length > UINT32_MAX) {
		good = error_set(error, "a trace of Go before 1.22 of more than 4 GB; capture a "
					"shorter one");
	} else {
		version1_parse(&trace, broken);
		if (!trace.frequency)
			good = error_set(error,
					 "%s%sthe length of its clock's ticks stands at the end, "
					 "which is missing; capture the trace again",
					 text_string(broken), broken->length ? ", and " : "");
	}
	if (good) {
		put_in_order(&trace);
		version1_emit(&trace);
	}
	version1_clear(&trace);
	return good;
}
