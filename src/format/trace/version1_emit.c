/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "base/alloc.h"
#include "format/trace/version1_parse.h"

/* The events of version 1 told as those of version 2. */
struct telling {
	struct version1 *trace;
	bool before;         /* the first Gomaxprocs: what there was at the start is listed */
	bool *listed, *seen; /* by goroutine and by P */
	uint32_t stopper;    /* the goroutine that stopped the world */
	string_id pause;
	const struct version1_event *raw;
	uint64_t arguments[VERSION1_ARGUMENTS];
	struct trace_event event;
};

static const char *block_reason(int type)
{
	static const char *const reasons[V1_TYPE_COUNT] = {
		[V1_GO_STOP] = "forever",
		[V1_GO_SLEEP] = "sleep",
		[V1_GO_BLOCK] = "",
		[V1_GO_BLOCK_SEND] = "chan send",
		[V1_GO_BLOCK_RECV] = "chan receive",
		[V1_GO_BLOCK_SELECT] = "select",
		[V1_GO_BLOCK_SYNC] = "sync",
		[V1_GO_BLOCK_COND] = "sync.(*Cond).Wait",
		[V1_GO_BLOCK_NET] = "network",
		[V1_GO_BLOCK_GC] = "GC mark assist wait for work",
	};

	return reasons[type];
}

static const char *pause_kind(const struct version1 *trace, uint64_t kind)
{
	static const char *const kinds[] = {
		"unknown",
		"GC mark termination",
		"GC sweep termination",
		"write heap dump",
		"goroutine profile",
		"goroutine profile cleanup",
		"all goroutine stack trace",
		"read mem stats",
		"AllThreadsSyscall",
		"GOMAXPROCS",
		"start trace",
		"stop trace",
		"CountPagesInUse (test)",
		"ReadMetricsSlow (test)",
		"ReadMemStatsSlow (test)",
		"PageCachePagesLeaked (test)",
		"ResetDebugLog (test)",
	};

	/* Before Go 1.21 there were two. */
	if (trace->version < 21)
		return kind < 2 ? kinds[kind + 1] : kinds[0];
	return kind < sizeof(kinds) / sizeof(kinds[0]) ? kinds[kind] : kinds[0];
}

static string_id text_of(struct telling *telling, uint64_t id)
{
	return generation_string(&telling->trace->tables, telling->trace->feed, id);
}

static uint32_t stack_of(struct telling *telling, int argument)
{
	return generation_stack(&telling->trace->tables, telling->trace->feed,
				telling->arguments[argument]);
}

static void emit(struct telling *telling, enum trace_event_kind kind)
{
	telling->event.kind = kind;
	feed_emit(telling->trace->feed, &telling->event);
}

static void change(struct telling *telling, enum trace_status from, enum trace_status to)
{
	telling->event.from = from;
	telling->event.to = to;
	emit(telling, TRACE_EVENT_GOROUTINE);
}

static void range(struct telling *telling, enum trace_event_kind kind, enum trace_phase phase)
{
	telling->event.phase = phase;
	emit(telling, kind);
}

static void value(struct telling *telling, enum trace_event_kind kind)
{
	telling->event.value = telling->arguments[0];
	emit(telling, kind);
}

static void tell_procs(struct telling *telling)
{
	if (!telling->before) {
		value(telling, TRACE_EVENT_PROCS);
		return;
	}
	telling->before = false;
	telling->event.goroutine = telling->event.proc = NONE;
	for (uint32_t i = 0; i < telling->trace->feed->goroutines.count; i++) {
		if (!telling->listed[i])
			continue;
		telling->event.subject = i;
		change(telling, TRACE_UNDETERMINED, TRACE_RUNNABLE);
	}
}

static void tell_proc(struct telling *telling, bool runs)
{
	uint32_t proc = telling->event.proc;

	if (proc == NONE)
		return;
	telling->event.subject = proc;
	telling->event.to = runs ? TRACE_RUNNING : TRACE_IDLE;
	telling->event.from = !telling->seen[proc] ? TRACE_UNDETERMINED
			      : runs               ? TRACE_IDLE
						   : TRACE_RUNNING;
	telling->seen[proc] = true;
	emit(telling, TRACE_EVENT_PROC);
}

static void tell_create(struct telling *telling)
{
	if (telling->before) {
		telling->listed[telling->event.subject] = true;
		return;
	}
	telling->event.own_stack = stack_of(telling, 1);
	telling->event.stack = stack_of(telling, 2);
	change(telling, TRACE_GONE, TRACE_RUNNABLE);
}

static void tell_start(struct telling *telling)
{
	telling->event.goroutine = NONE;
	if (telling->before && telling->raw->type != V1_GO_START_LABEL) {
		telling->listed[telling->event.subject] = false;
		change(telling, TRACE_UNDETERMINED, TRACE_RUNNING);
		return;
	}
	change(telling, TRACE_RUNNABLE, TRACE_RUNNING);
	if (telling->raw->type != V1_GO_START_LABEL)
		return;
	telling->event.goroutine = telling->event.subject;
	telling->event.text = text_of(telling, telling->arguments[2]);
	emit(telling, TRACE_EVENT_LABEL);
}

/* The goroutine stops running where its stack says. */
static void tell_stop(struct telling *telling, enum trace_status to, const char *reason)
{
	telling->event.text = strings_add_text(telling->trace->feed->strings, reason);
	telling->event.stack = telling->event.own_stack = stack_of(telling, 0);
	change(telling, TRACE_RUNNING, to);
}

static void tell_unblock(struct telling *telling)
{
	telling->event.stack = stack_of(telling, telling->raw->type == V1_GO_UNBLOCK ? 2 : 1);
	change(telling, TRACE_WAITING, TRACE_RUNNABLE);
}

/* One that does not block says no end: it takes 1 ns, as Go's own reader has it. */
static void tell_syscall(struct telling *telling)
{
	if (telling->event.subject == NONE)
		return;
	telling->event.stack = telling->event.own_stack = stack_of(telling, 0);
	change(telling, TRACE_RUNNING, TRACE_SYSCALL);
	telling->event.stack = telling->event.own_stack = 0;
	if (telling->raw->blocks)
		return;
	telling->event.time++;
	change(telling, TRACE_SYSCALL, TRACE_RUNNING);
}

static void tell_found(struct telling *telling, enum trace_status status)
{
	telling->listed[telling->event.subject] = false;
	change(telling, TRACE_UNDETERMINED, status);
}

static void tell_pause(struct telling *telling, bool begins)
{
	if (begins) {
		telling->stopper = telling->event.goroutine;
		telling->pause =
			strings_add_text(telling->trace->feed->strings,
					 pause_kind(telling->trace, telling->arguments[0]));
	}
	telling->event.subject = telling->stopper;
	telling->event.text = telling->pause;
	range(telling, TRACE_EVENT_STW, begins ? TRACE_BEGIN : TRACE_END);
}

static void tell_region(struct telling *telling)
{
	telling->event.text = text_of(telling, telling->arguments[2]);
	telling->event.stack = stack_of(telling, 3);
	telling->event.phase = telling->arguments[1] ? TRACE_END : TRACE_BEGIN;
	value(telling, TRACE_EVENT_REGION);
}

static void tell_task(struct telling *telling, enum trace_phase phase)
{
	telling->event.phase = phase;
	if (phase == TRACE_BEGIN) {
		telling->event.parent = telling->arguments[1];
		telling->event.text = text_of(telling, telling->arguments[2]);
		telling->event.stack = stack_of(telling, 3);
	}
	value(telling, TRACE_EVENT_TASK);
}

/* The message stands behind the stack, with its length before it. */
static void tell_log(struct telling *telling)
{
	const struct generation *tables = &telling->trace->tables;
	const unsigned char *at = tables->bytes + telling->raw->at,
			    *end = tables->bytes + tables->length;
	uint64_t length = 0, skipped;

	for (int i = 0; i < 3; i++)
		wire_number(&at, end, &skipped);
	if (wire_number(&at, end, &length) && length <= (uint64_t)(end - at))
		telling->event.text =
			strings_add(telling->trace->feed->strings, (const char *)at, length);
	telling->event.category = text_of(telling, telling->arguments[1]);
	telling->event.stack = stack_of(telling, 2);
	value(telling, TRACE_EVENT_LOG);
}

static void tell_sample(struct telling *telling)
{
	uint64_t proc = telling->arguments[1];

	telling->event.proc =
		proc == WIRE_NO_ID ? NONE : feed_number(&telling->trace->feed->procs, proc);
	telling->event.stack = stack_of(telling, 3);
	emit(telling, TRACE_EVENT_SAMPLE);
}

static void tell_range(struct telling *telling, enum version1_type type)
{
	bool has_stack = type == V1_GC_START || type == V1_SWEEP_START || type == V1_ASSIST_START;

	if (has_stack)
		telling->event.stack = stack_of(telling, type == V1_GC_START);
	if (type == V1_SWEEP_START || type == V1_SWEEP_DONE)
		telling->event.subject = telling->event.proc;
	if (type == V1_SWEEP_DONE)
		telling->event.value = telling->arguments[0];
	range(telling,
	      type == V1_GC_START || type == V1_GC_DONE         ? TRACE_EVENT_GC
	      : type == V1_SWEEP_START || type == V1_SWEEP_DONE ? TRACE_EVENT_SWEEP
								: TRACE_EVENT_ASSIST,
	      has_stack ? TRACE_BEGIN : TRACE_END);
}

/* What goroutines do; false for the other events. */
static bool tell_goroutine(struct telling *telling)
{
	const char *reason = block_reason(telling->raw->type);

	switch (telling->raw->type) {
	case V1_GO_CREATE:
		tell_create(telling);
		return true;
	case V1_GO_START:
	case V1_GO_START_LOCAL:
	case V1_GO_START_LABEL:
		tell_start(telling);
		return true;
	case V1_GO_END:
		change(telling, TRACE_RUNNING, TRACE_GONE);
		return true;
	case V1_GO_SCHED:
		tell_stop(telling, TRACE_RUNNABLE, "runtime.Gosched");
		return true;
	case V1_GO_PREEMPT:
		tell_stop(telling, TRACE_RUNNABLE, "preempted");
		return true;
	case V1_GO_UNBLOCK:
	case V1_GO_UNBLOCK_LOCAL:
		tell_unblock(telling);
		return true;
	case V1_GO_SYS_CALL:
		tell_syscall(telling);
		return true;
	case V1_GO_SYS_EXIT:
	case V1_GO_SYS_EXIT_LOCAL:
		change(telling, TRACE_SYSCALL, TRACE_RUNNABLE);
		return true;
	case V1_GO_WAITING:
		tell_found(telling, TRACE_WAITING);
		return true;
	case V1_GO_IN_SYSCALL:
		tell_found(telling, TRACE_SYSCALL);
		return true;
	default:
		if (reason)
			tell_stop(telling, TRACE_WAITING, reason);
		return reason != NULL;
	}
}

static void tell(struct telling *telling)
{
	enum version1_type type = telling->raw->type;

	switch (type) {
	case V1_GOMAXPROCS:
		tell_procs(telling);
		break;
	case V1_PROC_START:
	case V1_PROC_STOP:
		tell_proc(telling, type == V1_PROC_START);
		break;
	case V1_GC_START:
	case V1_GC_DONE:
	case V1_SWEEP_START:
	case V1_SWEEP_DONE:
	case V1_ASSIST_START:
	case V1_ASSIST_DONE:
		tell_range(telling, type);
		break;
	case V1_STW_START:
	case V1_STW_DONE:
		tell_pause(telling, type == V1_STW_START);
		break;
	case V1_HEAP_ALLOC:
	case V1_HEAP_GOAL:
		value(telling, type == V1_HEAP_ALLOC ? TRACE_EVENT_HEAP : TRACE_EVENT_GOAL);
		break;
	case V1_TASK_CREATE:
	case V1_TASK_END:
		tell_task(telling, type == V1_TASK_CREATE ? TRACE_BEGIN : TRACE_END);
		break;
	case V1_REGION:
		tell_region(telling);
		break;
	case V1_LOG:
		tell_log(telling);
		break;
	case V1_SAMPLE:
		tell_sample(telling);
		break;
	default:
		break;
	}
}

/* The P of a stream; NONE for the samples, and for batches without. */
static uint32_t proc_of(struct version1 *trace, uint32_t stream)
{
	uint64_t id = feed_id(&trace->stream_ids, stream);

	return id >= VERSION1_SAMPLES ? NONE : feed_number(&trace->feed->procs, id);
}

static void tell_at(struct telling *telling, const struct version1_place *place, uint64_t start)
{
	struct version1 *trace = telling->trace;
	double unit = 1e9 / (double)trace->frequency;
	double time = (double)(place->ticks - start) * unit;

	telling->raw = &trace->events[place->event];
	version1_arguments(trace, telling->raw, telling->arguments);
	telling->event = (struct trace_event){
		.time = time < 9e18 ? (int64_t)time + 1 : trace->feed->last,
		.goroutine = telling->raw->goroutine,
		.subject = telling->raw->subject,
		.proc = proc_of(trace, telling->raw->stream),
	};
	if (!tell_goroutine(telling))
		tell(telling);
}

void version1_emit(struct version1 *trace)
{
	struct telling telling = {.trace = trace, .before = true, .stopper = NONE};

	for (uint32_t i = 0; i < trace->stream_ids.count; i++)
		proc_of(trace, i);
	telling.listed = alloc_zero(trace->feed->goroutines.count + 1, sizeof(bool));
	telling.seen = alloc_zero(trace->feed->procs.count + 1, sizeof(bool));
	feed_sync(trace->feed, 0);
	for (size_t i = 0; i < trace->event_count; i++)
		tell_at(&telling, &trace->order[i], trace->order[0].ticks);
	free(telling.listed);
	free(telling.seen);
}
