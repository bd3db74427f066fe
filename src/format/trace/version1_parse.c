/* SPDX-License-Identifier: MIT */
#include "format/trace/version1_parse.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/array.h"

/* Which goroutine an event is about, and what becomes of the one that runs. */
enum subject { SUBJECT_OWN, SUBJECT_ARGUMENT, SUBJECT_STARTS, SUBJECT_STOPS, SUBJECT_IS_OWN };

/* Arguments behind the ticks without the stack; whether there is one; -1: not an event of a P. */
static const struct shape {
	signed char arguments;
	bool has_stack;
	unsigned char subject;
} shapes[V1_TYPE_COUNT] = {
	[0] = {-1, false, 0},
	[V1_BATCH] = {-1, false, 0},
	[V1_FREQUENCY] = {-1, false, 0},
	[V1_STACK] = {-1, false, 0},
	[V1_GOMAXPROCS] = {1, true, 0},
	[V1_PROC_START] = {1, false, 0},
	[V1_PROC_STOP] = {0, false, 0},
	[V1_GC_START] = {1, true, 0},
	[V1_GC_DONE] = {0, false, 0},
	[V1_STW_START] = {1, false, 0},
	[V1_STW_DONE] = {0, false, 0},
	[V1_SWEEP_START] = {0, true, 0},
	[V1_SWEEP_DONE] = {2, false, 0},
	[V1_GO_CREATE] = {2, true, SUBJECT_ARGUMENT},
	[V1_GO_START] = {2, false, SUBJECT_STARTS},
	[V1_GO_END] = {0, false, SUBJECT_STOPS},
	[V1_GO_STOP] = {0, true, SUBJECT_STOPS},
	[V1_GO_SCHED] = {0, true, SUBJECT_STOPS},
	[V1_GO_PREEMPT] = {0, true, SUBJECT_STOPS},
	[V1_GO_SLEEP] = {0, true, SUBJECT_STOPS},
	[V1_GO_BLOCK] = {0, true, SUBJECT_STOPS},
	[V1_GO_UNBLOCK] = {2, true, SUBJECT_ARGUMENT},
	[V1_GO_BLOCK_SEND] = {0, true, SUBJECT_STOPS},
	[V1_GO_BLOCK_RECV] = {0, true, SUBJECT_STOPS},
	[V1_GO_BLOCK_SELECT] = {0, true, SUBJECT_STOPS},
	[V1_GO_BLOCK_SYNC] = {0, true, SUBJECT_STOPS},
	[V1_GO_BLOCK_COND] = {0, true, SUBJECT_STOPS},
	[V1_GO_BLOCK_NET] = {0, true, SUBJECT_STOPS},
	[V1_GO_SYS_CALL] = {0, true, 0},
	[V1_GO_SYS_EXIT] = {3, false, SUBJECT_IS_OWN},
	[V1_GO_SYS_BLOCK] = {0, false, SUBJECT_STOPS},
	[V1_GO_WAITING] = {1, false, SUBJECT_IS_OWN},
	[V1_GO_IN_SYSCALL] = {1, false, SUBJECT_IS_OWN},
	[V1_HEAP_ALLOC] = {1, false, 0},
	[V1_HEAP_GOAL] = {1, false, 0},
	[V1_TIMER_GOROUTINE] = {-1, false, 0},
	[V1_FUTILE_WAKEUP] = {0, false, 0},
	[V1_STRING] = {-1, false, 0},
	[V1_GO_START_LOCAL] = {1, false, SUBJECT_STARTS},
	[V1_GO_UNBLOCK_LOCAL] = {1, true, SUBJECT_ARGUMENT},
	[V1_GO_SYS_EXIT_LOCAL] = {2, false, SUBJECT_IS_OWN},
	[V1_GO_START_LABEL] = {3, false, SUBJECT_STARTS},
	[V1_GO_BLOCK_GC] = {0, true, SUBJECT_STOPS},
	[V1_ASSIST_START] = {0, true, 0},
	[V1_ASSIST_DONE] = {0, false, 0},
	[V1_TASK_CREATE] = {3, true, 0},
	[V1_TASK_END] = {1, true, 0},
	[V1_REGION] = {3, true, 0},
	[V1_LOG] = {2, true, 0},
	[V1_SAMPLE] = {3, true, 0},
};

/* Where the file is read. */
struct parsing {
	struct version1 *trace;
	const unsigned char *at, *end;
	bool in_batch;
	uint32_t stream, goroutine;
	uint64_t ticks;
};

/* One event as it stands: its arguments are [at, end), and a log's message comes behind. */
struct raw {
	const unsigned char *at, *end;
	unsigned type;
};

static const unsigned char *bytes_end(const struct version1 *trace)
{
	return trace->tables.bytes + trace->tables.length;
}

void version1_arguments(const struct version1 *trace, const struct version1_event *event,
			uint64_t arguments[VERSION1_ARGUMENTS])
{
	const unsigned char *at = trace->tables.bytes + event->at;
	int count = shapes[event->type].arguments + shapes[event->type].has_stack;

	for (int i = 0; i < count && i < VERSION1_ARGUMENTS; i++)
		wire_number(&at, bytes_end(trace), &arguments[i]);
}

/* The arguments of the next event, whatever it is; false if the file ends amid. */
static bool take_raw(struct parsing *parsing, struct raw *raw)
{
	const unsigned char *at = parsing->at;
	unsigned count = *at >> 6;
	uint64_t value;

	*raw = (struct raw){.type = *at & 63};
	at++;
	if (raw->type == V1_STRING) {
		raw->at = raw->end = at;
		return true;
	}
	if (count == 3) {
		if (!wire_number(&at, parsing->end, &value) ||
		    value > (uint64_t)(parsing->end - at))
			return false;
		raw->at = at;
		raw->end = at + value;
		return true;
	}
	raw->at = at;
	for (unsigned i = 0; i <= count; i++)
		if (!wire_number(&at, parsing->end, &value))
			return false;
	raw->end = at;
	return true;
}

#define STRING_LIMIT 1000000

/* Text with its length before it. */
static bool take_text(struct parsing *parsing, const unsigned char **at, uint64_t *length)
{
	if (!wire_number(at, parsing->end, length) || *length > STRING_LIMIT ||
	    *length > (uint64_t)(parsing->end - *at))
		return false;
	parsing->at = *at + *length;
	return true;
}

static bool take_string(struct parsing *parsing, const struct raw *raw)
{
	const unsigned char *at = raw->at;
	uint64_t id, length;

	if (!wire_number(&at, parsing->end, &id) || !take_text(parsing, &at, &length))
		return false;
	generation_add_string(&parsing->trace->tables, id,
			      (size_t)(at - parsing->trace->tables.bytes), (uint32_t)length);
	return true;
}

static bool take_stack(struct parsing *parsing, const struct raw *raw)
{
	const unsigned char *at = raw->at, *frames;
	uint64_t id, length, field;

	if (!wire_number(&at, raw->end, &id) || !wire_number(&at, raw->end, &length) ||
	    length > GENERATION_FRAME_LIMIT)
		return false;
	frames = at;
	for (uint64_t i = 0; i < 4 * length; i++)
		if (!wire_number(&at, raw->end, &field))
			return false;
	generation_add_stack(&parsing->trace->tables, id,
			     (size_t)(frames - parsing->trace->tables.bytes), (uint32_t)length);
	return true;
}

/* The number of a stream, with room for the goroutine that runs there. */
static uint32_t stream_of(struct version1 *trace, uint64_t id)
{
	uint32_t number = feed_number(&trace->stream_ids, id);

	while (trace->last_count <= number)
		array_push(trace->last, trace->last_count, trace->last_capacity, NONE);
	return number;
}

static bool take_batch(struct parsing *parsing, const struct raw *raw)
{
	struct version1 *trace = parsing->trace;
	const unsigned char *at = raw->at;
	uint64_t proc, ticks;

	if (!wire_number(&at, raw->end, &proc) || !wire_number(&at, raw->end, &ticks) ||
	    proc == VERSION1_SAMPLES)
		return false;
	if (parsing->in_batch)
		trace->last[parsing->stream] = parsing->goroutine;
	parsing->in_batch = true;
	parsing->stream = stream_of(trace, proc);
	parsing->goroutine = trace->last[parsing->stream];
	parsing->ticks = ticks;
	return true;
}

static uint32_t goroutine_of(struct version1 *trace, uint64_t id)
{
	return id ? feed_number(&trace->feed->goroutines, id) : NONE;
}

/* Who the event is about, and who runs behind it. */
static bool set_goroutines(struct parsing *parsing, struct version1_event *event)
{
	uint64_t arguments[VERSION1_ARGUMENTS];
	enum subject subject = shapes[event->type].subject;

	event->goroutine = event->subject = parsing->goroutine;
	if (subject == SUBJECT_STOPS)
		parsing->goroutine = NONE;
	if (subject == SUBJECT_OWN || subject == SUBJECT_STOPS)
		return event->subject != NONE || subject == SUBJECT_OWN;
	version1_arguments(parsing->trace, event, arguments);
	event->subject = goroutine_of(parsing->trace, arguments[0]);
	if (subject == SUBJECT_STARTS)
		parsing->goroutine = event->subject;
	if (subject != SUBJECT_ARGUMENT)
		event->goroutine = event->subject;
	return event->subject != NONE;
}

static void add_sample(struct version1 *trace, struct version1_event *event)
{
	uint64_t arguments[VERSION1_ARGUMENTS];

	version1_arguments(trace, event, arguments);
	event->ticks = arguments[0];
	event->stream = stream_of(trace, VERSION1_SAMPLES);
	event->goroutine = event->subject = goroutine_of(trace, arguments[2]);
	array_push(trace->events, trace->event_count, trace->event_capacity, *event);
}

static bool take_event(struct parsing *parsing, const struct raw *raw)
{
	struct version1 *trace = parsing->trace;
	const struct shape *shape = &shapes[raw->type];
	const unsigned char *at = raw->at, *rest;
	struct version1_event event = {.type = (uint8_t)raw->type, .stream = parsing->stream};
	uint64_t ticks, value, length;

	if (!wire_number(&at, raw->end, &ticks))
		return false;
	event.at = (uint32_t)(at - trace->tables.bytes);
	rest = at;
	for (int i = 0; i < shape->arguments + shape->has_stack; i++)
		if (!wire_number(&rest, raw->end, &value))
			return false;
	if (raw->type == V1_LOG) {
		rest = raw->end;
		if (!take_text(parsing, &rest, &length))
			return false;
	}
	if (raw->type == V1_SAMPLE) {
		add_sample(trace, &event);
		return true;
	}
	if (!parsing->in_batch)
		return false;
	event.ticks = parsing->ticks += ticks;
	/* An event of a goroutine where none runs says nothing. */
	if (set_goroutines(parsing, &event))
		array_push(trace->events, trace->event_count, trace->event_capacity, event);
	return true;
}

static bool take_one(struct parsing *parsing)
{
	struct raw raw;
	const unsigned char *at;

	if (!take_raw(parsing, &raw) || raw.type >= V1_TYPE_COUNT || !raw.type)
		return false;
	at = raw.at;
	parsing->at = raw.end;
	switch (raw.type) {
	case V1_STRING:
		return take_string(parsing, &raw);
	case V1_BATCH:
		return take_batch(parsing, &raw);
	case V1_STACK:
		return take_stack(parsing, &raw);
	case V1_FREQUENCY:
		return wire_number(&at, raw.end, &parsing->trace->frequency);
	case V1_TIMER_GOROUTINE:
		return true;
	default:
		return take_event(parsing, &raw);
	}
}

/* The samples are written late, by another thread; they come in the order of their times. */
static int compare_samples(const void *a, const void *b)
{
	const struct version1_event *first = a, *second = b;

	if (first->ticks != second->ticks)
		return first->ticks < second->ticks ? -1 : 1;
	return (first->at > second->at) - (first->at < second->at);
}

static void sort_samples(struct version1 *trace)
{
	uint32_t stream = stream_of(trace, VERSION1_SAMPLES);
	struct version1_event *samples = NULL;
	size_t count = 0, capacity = 0, kept = 0;

	for (size_t i = 0; i < trace->event_count; i++) {
		if (trace->events[i].stream == stream)
			array_push(samples, count, capacity, trace->events[i]);
		else
			trace->events[kept++] = trace->events[i];
	}
	if (count)
		qsort(samples, count, sizeof(*samples), compare_samples);
	for (size_t i = 0; i < count; i++)
		trace->events[kept + i] = samples[i];
	free(samples);
}

void version1_parse(struct version1 *trace, struct text *broken)
{
	struct parsing parsing = {.trace = trace, .goroutine = NONE};
	const unsigned char *start = trace->tables.bytes;

	parsing.at = start;
	parsing.end = bytes_end(trace);
	while (parsing.at < parsing.end) {
		const unsigned char *at = parsing.at;

		if (take_one(&parsing))
			continue;
		text_printf(broken,
			    "an event at byte %zu is cut or unknown, and what follows is lost",
			    (size_t)(at - start) + 16);
		break;
	}
	sort_samples(trace);
}

void version1_clear(struct version1 *trace)
{
	generation_clear(&trace->tables);
	pair_map_clear(&trace->stream_ids);
	free(trace->events);
	free(trace->last);
	free(trace->order);
}
