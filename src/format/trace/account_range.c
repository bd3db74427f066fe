/* SPDX-License-Identifier: MIT */
/* Collections, pauses, sweeps, assists, the heap, and what they leave of the Ps to the program. */
#include <string.h>

#include "base/array.h"
#include "format/trace/account.h"

void account_busy(struct account *account, int first, uint32_t proc, int by)
{
	size_t at = (size_t)(proc + 1);

	for (int i = first; i < TRACE_UTIL_COUNT; i++) {
		int32_t before;

		if (at >= account->busy_capacity[i]) {
			size_t old = account->busy_capacity[i];

			array_reserve(account->busy[i], account->busy_capacity[i], at + 1);
			memset(account->busy[i] + old, 0,
			       (account->busy_capacity[i] - old) * sizeof(**account->busy));
		}
		before = account->busy[i][at];
		account->busy[i][at] += by;
		/* Ps beyond GOMAXPROCS, as they were before it became less, do not count. */
		if (proc != NONE &&
		    feed_id(&account->feed->procs, proc) >= account->trace->proc_limit)
			continue;
		if (before <= 0 && account->busy[i][at] > 0)
			account->busy_count[i]++;
		else if (before > 0 && account->busy[i][at] <= 0)
			account->busy_count[i]--;
	}
	account->changed = true;
}

/* GOMAXPROCS has changed: which Ps count is another question now. */
static void count_busy(struct account *account)
{
	for (int i = 0; i < TRACE_UTIL_COUNT; i++) {
		account->busy_count[i] = 0;
		for (size_t at = 0; at < account->busy_capacity[i]; at++)
			if (account->busy[i][at] > 0 &&
			    (at == 0 || feed_id(&account->feed->procs, (uint32_t)at - 1) <
						account->trace->proc_limit))
				account->busy_count[i]++;
	}
	account->changed = true;
}

void account_utilize(struct account *account, int64_t now)
{
	uint64_t procs = account->trace->proc_limit;

	account->changed = false;
	for (int i = 0; procs && i < TRACE_UTIL_COUNT; i++) {
		struct trace_steps *steps = &account->trace->utilization[i];
		uint64_t busy = account->stopped > 0 ? procs : account->busy_count[i];
		double share = 1 - (double)busy / (double)procs;

		if (!steps->count || steps->items[steps->count - 1].share != share)
			array_push(steps->items, steps->count, steps->capacity,
				   ((struct trace_step){now, share}));
	}
}

static void begin_pause(struct account *account, const struct trace_event *event, uint32_t *open)
{
	struct trace *trace = account->trace;

	*open = (uint32_t)trace->pause_count;
	array_push(
		trace->pauses, trace->pause_count, trace->pause_capacity,
		((struct trace_pause){event->text, event->subject, event->stack, event->time, -1}));
}

static void end_pause(struct account *account, const struct trace_event *event, uint32_t *open)
{
	struct trace *trace = account->trace;
	struct trace_pause *pause;
	struct totals_key key;
	struct trace_cycle *cycle;

	if (*open == NONE)
		return;
	pause = &trace->pauses[*open];
	pause->end = event->time;
	*open = NONE;
	key = account_key(account, account_goroutine(account, pause->goroutine));
	key.type = TOTALS_STW;
	key.stack = pause->stack;
	key.reason = pause->kind;
	account_add(account, &key, 1, pause->start, pause->end);
	if (!trace->cycle_count)
		return;
	cycle = &trace->cycles[trace->cycle_count - 1];
	if (strstr(trace_text(trace, pause->kind), "mark termination"))
		cycle->mark_pause += pause->end - pause->start;
	else if (strstr(trace_text(trace, pause->kind), "sweep termination"))
		cycle->sweep_pause += pause->end - pause->start;
}

static void take_pause(struct account *account, const struct trace_event *event)
{
	struct trace_goroutine *goroutine = account_goroutine(account, event->subject);
	uint32_t *open = goroutine ? &goroutine->pause : &account->open_pause;

	if (event->phase == TRACE_BEGIN)
		begin_pause(account, event, open);
	else
		end_pause(account, event, open);
	if (!strstr(trace_text(account->trace, event->text), "GC"))
		return;
	account->stopped += event->phase == TRACE_BEGIN ? 1 : -1;
	account->changed = true;
}

static void take_cycle(struct account *account, const struct trace_event *event)
{
	struct trace *trace = account->trace;

	if (event->phase == TRACE_END) {
		if (account->open_cycle != NONE)
			trace->cycles[account->open_cycle].end = event->time;
		account->open_cycle = NONE;
		return;
	}
	if (event->phase == TRACE_ACTIVE && account->open_cycle != NONE)
		return;
	account->open_cycle = (uint32_t)trace->cycle_count;
	array_push(trace->cycles, trace->cycle_count, trace->cycle_capacity,
		   ((struct trace_cycle){.begin = event->phase == TRACE_ACTIVE ? -1 : event->time,
					 .end = -1,
					 .heap = account->heap,
					 .goal = account->goal}));
}

static void take_sweep(struct account *account, const struct trace_event *event)
{
	uint32_t proc = event->subject;
	size_t at = (size_t)(proc + 1);

	if (event->phase == TRACE_ACTIVE && at < account->busy_capacity[TRACE_UTIL_SWEEP] &&
	    account->busy[TRACE_UTIL_SWEEP][at])
		return;
	account_busy(account, TRACE_UTIL_SWEEP, proc, event->phase == TRACE_END ? -1 : 1);
}

static void begin_assist(struct account *account, struct trace_goroutine *goroutine,
			 const struct trace_event *event)
{
	if (event->phase == TRACE_ACTIVE && goroutine->assist_since >= 0)
		return;
	goroutine->assist_stack = event->stack;
	goroutine->assist_since =
		event->phase == TRACE_ACTIVE && !goroutine->first && !goroutine->created
			? 0
			: event->time;
	goroutine->in_assist = true;
	if (!goroutine->assisting &&
	    (goroutine->status == TRACE_RUNNING || goroutine->status == TRACE_SYSCALL)) {
		goroutine->assisting = event->proc + 2;
		account_busy(account, TRACE_UTIL_WORK, event->proc, 1);
	}
}

static void end_assist(struct account *account, struct trace_goroutine *goroutine,
		       const struct trace_event *event)
{
	struct totals_key key = account_key(account, goroutine);
	int64_t time = event->time - goroutine->assist_since;

	if (goroutine->assist_since >= 0) {
		goroutine->assist += time;
		if (account->open_cycle != NONE)
			account->trace->cycles[account->open_cycle].assist += time;
		key.type = TOTALS_ASSIST;
		key.stack = goroutine->assist_stack;
		account_add(account, &key, 1, goroutine->assist_since, event->time);
	}
	goroutine->assist_since = -1;
	goroutine->in_assist = false;
	if (goroutine->assisting) {
		account_busy(account, TRACE_UTIL_WORK, goroutine->assisting - 2, -1);
		goroutine->assisting = 0;
	}
}

static void take_assist(struct account *account, const struct trace_event *event)
{
	struct trace_goroutine *goroutine = account_goroutine(account, event->subject);

	if (!goroutine || !goroutine->seen)
		return;
	if (event->phase == TRACE_END)
		end_assist(account, goroutine, event);
	else
		begin_assist(account, goroutine, event);
}

/* A goroutine says that it is a worker of the collector, until it leaves its P. */
static void take_label(struct account *account, const struct trace_event *event)
{
	struct trace_goroutine *goroutine = account_goroutine(account, event->subject);
	const char *label = trace_text(account->trace, event->text);

	if (!goroutine || goroutine->worker || strncmp(label, "GC ", 3) != 0 ||
	    strcmp(label, "GC (idle)") == 0)
		return;
	goroutine->worker = event->proc + 2;
	account_busy(account, TRACE_UTIL_WORK, event->proc, 1);
}

/* The curve of the heap takes bounded memory: when it is long, half of its points go. */
#define HEAP_POINTS 65536

static void add_heap(struct account *account, int64_t now)
{
	struct trace *trace = account->trace;
	size_t kept = 0;

	if (trace->heap_count == HEAP_POINTS) {
		for (size_t i = 0; i < trace->heap_count; i += 2)
			trace->heap[kept++] = trace->heap[i];
		trace->heap_count = kept;
	}
	array_push(trace->heap, trace->heap_count, trace->heap_capacity,
		   ((struct trace_heap){now, account->heap, account->goal}));
}

void account_range(struct account *account, const struct trace_event *event)
{
	struct trace_counts *counts = &account->trace->counts;

	if (event->kind >= TRACE_EVENT_STW && event->kind <= TRACE_EVENT_ASSIST)
		counts->range[event->kind - TRACE_EVENT_STW][event->phase]++;
	switch (event->kind) {
	case TRACE_EVENT_PROCS:
		counts->procs++;
		account->trace->proc_limit = event->value;
		count_busy(account);
		break;
	case TRACE_EVENT_HEAP:
		counts->heap++;
		account->heap = event->value;
		add_heap(account, event->time);
		break;
	case TRACE_EVENT_GOAL:
		counts->goal++;
		account->goal = event->value;
		add_heap(account, event->time);
		break;
	case TRACE_EVENT_LABEL:
		counts->labels++;
		take_label(account, event);
		break;
	case TRACE_EVENT_STW:
		take_pause(account, event);
		break;
	case TRACE_EVENT_GC:
		take_cycle(account, event);
		break;
	case TRACE_EVENT_SWEEP:
		take_sweep(account, event);
		break;
	case TRACE_EVENT_ASSIST:
		take_assist(account, event);
		break;
	default:
		break;
	}
}
