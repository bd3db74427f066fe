/* SPDX-License-Identifier: MIT */
#include "format/trace/account.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

void account_init(struct account *account, struct feed *feed, struct trace *trace)
{
	*account = (struct account){.feed = feed,
				    .trace = trace,
				    .free_mark = NONE,
				    .open_cycle = NONE,
				    .both_since = -1,
				    .open_pause = NONE};
	totals_init(&account->totals);
}

void account_clear(struct account *account)
{
	totals_clear(&account->totals);
	free(account->groups);
	free(account->early);
	free(account->group_of_name);
	pair_map_clear(&account->group_names);
	pair_map_clear(&account->task_ids);
	pair_map_clear(&account->task_goroutines);
	free(account->region_mark);
	free(account->task_mark);
	free(account->marks);
	for (int i = 0; i < TRACE_UTIL_COUNT; i++)
		free(account->busy[i]);
}

static struct trace_proc *proc_of(struct account *account, uint32_t number)
{
	struct trace *trace = account->trace;

	if (number == NONE)
		return NULL;
	while (trace->proc_count <= number) {
		uint64_t id = feed_id(&account->feed->procs, (uint32_t)trace->proc_count);

		array_push(trace->procs, trace->proc_count, trace->proc_capacity,
			   ((struct trace_proc){.id = id}));
	}
	return &trace->procs[number];
}

/* Names. */

static uint32_t add_group(struct account *account, string_id name, uint32_t root)
{
	array_push(account->groups, account->group_count, account->group_capacity,
		   ((struct account_group){name, root}));
	return (uint32_t)account->group_count - 1;
}

/* The stack of its root alone. */
static uint32_t root_of(struct account *account, uint32_t stack)
{
	struct call_stacks *stacks = &account->trace->stacks;
	uint32_t root = stacks->path[stacks->start[stack + 1] - 1];

	return call_stacks_add(stacks, &root, 1);
}

/* The first stack of its own that has a root names a goroutine, and the group that it was alone in. */
static void name_goroutine(struct account *account, struct trace_goroutine *goroutine,
			   uint32_t stack)
{
	string_id name = call_stacks_root(&account->trace->stacks, stack);
	uint32_t number, root;

	if (!name)
		return;
	root = root_of(account, stack);
	number = pair_map_add(&account->group_names, name, 0);
	if (number == account->group_of_name_count)
		array_push(account->group_of_name, account->group_of_name_count,
			   account->group_of_name_capacity, add_group(account, name, root));
	if (goroutine->group != NONE)
		account->groups[goroutine->group] = (struct account_group){name, root};
	goroutine->name = name;
	goroutine->group = account->group_of_name[number];
}

/* Sums. */

static struct trace_spent *spent_of(struct account *account, struct trace_goroutine *goroutine)
{
	size_t capacity = goroutine->spent_capacity;
	string_id reason = goroutine->status == TRACE_WAITING ? goroutine->reason : 0;

	for (uint32_t i = 0; i < goroutine->spent_count; i++)
		if (goroutine->spent[i].status == goroutine->status &&
		    goroutine->spent[i].reason == reason)
			return &goroutine->spent[i];
	if (goroutine->spent_count == capacity) {
		capacity = capacity ? 2 * capacity : 2;
		goroutine->spent =
			alloc_resize(goroutine->spent, capacity, sizeof(*goroutine->spent));
		goroutine->spent_capacity = (uint32_t)capacity;
	}
	goroutine->spent[goroutine->spent_count] = (struct trace_spent){
		.reason = reason,
		.status = goroutine->status,
		.class = (uint8_t)trace_class_of(goroutine->status,
						 trace_text(account->trace, reason)),
	};
	return &goroutine->spent[goroutine->spent_count++];
}

/* Adds the state of a goroutine, which ends now; open: with the trace. */
static void close_state(struct account *account, struct trace_goroutine *goroutine, uint32_t proc,
			int64_t now, bool open)
{
	struct trace_spent *spent;
	struct totals_key key;

	if (!account_is_counted(goroutine->status))
		return;
	spent = spent_of(account, goroutine);
	spent->count++;
	spent->time += now - goroutine->since;
	if (goroutine->group == NONE)
		goroutine->group = add_group(account, 0, 0);
	key = account_state_key(account, goroutine, proc, spent->class);
	key.open = open && goroutine->status != TRACE_RUNNING;
	account_add(account, &key, 1, goroutine->counted, now);
}

/* Time in which a P is idle and a goroutine waits for one. */
static void follow_idle(struct account *account, int64_t now)
{
	bool both = account->runnable && account->idle;

	if (both == (account->both_since >= 0))
		return;
	if (!both)
		account->trace->idle_while_runnable += now - account->both_since;
	account->both_since = both ? now : -1;
}

/* Goroutines. */

static bool is_executing(uint8_t status)
{
	return status == TRACE_RUNNING || status == TRACE_SYSCALL;
}

/* A goroutine that leaves its P works there for the collector no more; one that comes back does again. */
static void follow_work(struct account *account, struct trace_goroutine *goroutine,
			const struct trace_event *event)
{
	bool before = is_executing(event->from), after = is_executing(event->to);

	if (before && !after && goroutine->worker) {
		account_busy(account, TRACE_UTIL_WORK, goroutine->worker - 2, -1);
		goroutine->worker = 0;
	}
	if (before && !after && goroutine->assisting) {
		account_busy(account, TRACE_UTIL_WORK, goroutine->assisting - 2, -1);
		goroutine->assisting = 0;
	}
	if (!before && after && goroutine->in_assist && !goroutine->assisting) {
		goroutine->assisting = event->proc + 2;
		account_busy(account, TRACE_UTIL_WORK, event->proc, 1);
	}
}

static void count_wake(struct account *account, const struct trace_goroutine *goroutine,
		       const struct trace_event *event)
{
	struct trace *trace = account->trace;
	const struct trace_goroutine *waker =
		event->goroutine == NONE ? NULL : &trace->goroutines[event->goroutine];
	/* Nobody is no string, and a goroutine without name is the empty one. */
	uint32_t number = pair_map_add(&trace->wakes, waker ? waker->name : NONE, goroutine->name);

	if (number == trace->wake_count)
		array_push(trace->wake_counts, trace->wake_count, trace->wake_capacity, 0);
	trace->wake_counts[number]++;
}

static void begin_goroutine(struct account *account, struct trace_goroutine *goroutine,
			    const struct trace_event *event)
{
	goroutine->seen = true;
	goroutine->first = event->time;
	goroutine->status = event->from;
	goroutine->since = goroutine->counted = event->time;
	if (event->from == TRACE_GONE) {
		goroutine->created = true;
		goroutine->by = event->goroutine;
		goroutine->creator = call_stacks_leaf(&account->trace->stacks, event->stack);
	} else if (event->from == TRACE_UNDETERMINED) {
		goroutine->first = goroutine->since = goroutine->counted = 0;
		goroutine->status = event->to;
	}
}

static void enter_state(struct account *account, struct trace_goroutine *goroutine,
			const struct trace_event *event)
{
	bool found = event->from == TRACE_UNDETERMINED;

	account->runnable -= account->runnable && goroutine->waits;
	goroutine->waits = event->to == TRACE_RUNNABLE;
	account->runnable += goroutine->waits;
	follow_idle(account, event->time);
	goroutine->status = event->to;
	goroutine->since = goroutine->counted = found ? 0 : event->time;
	goroutine->reason = event->text;
	goroutine->stack = event->stack;
	if (event->to == TRACE_RUNNING && goroutine->start < 0)
		goroutine->start = goroutine->since;
	if (event->to == TRACE_GONE) {
		goroutine->end = event->time;
		account_close_regions(account, goroutine, event->time);
	}
}

static void take_goroutine(struct account *account, const struct trace_event *event)
{
	struct trace *trace = account->trace;
	struct trace_goroutine *goroutine = account_goroutine(account, event->subject);
	struct trace_proc *proc = proc_of(account, event->proc);

	trace->counts.goroutine[event->from][event->to]++;
	if (!goroutine->seen)
		begin_goroutine(account, goroutine, event);
	if (!goroutine->name && event->own_stack) {
		uint32_t before = goroutine->group;

		name_goroutine(account, goroutine, event->own_stack);
		account_lane_regroup(account, goroutine, before, event->time);
	}
	if (event->from == event->to) {
		/* Told anew in a later generation; the stack is news. */
		if (!goroutine->stack && event->stack)
			goroutine->stack = event->stack;
		return;
	}
	follow_work(account, goroutine, event);
	if (event->from == TRACE_WAITING && event->to == TRACE_RUNNABLE)
		count_wake(account, goroutine, event);
	if (event->from == TRACE_RUNNABLE && event->to == TRACE_RUNNING && proc && proc->seen)
		proc->goroutine_starts++;
	if (event->from != TRACE_UNDETERMINED)
		close_state(account, goroutine, event->proc, event->time, false);
	enter_state(account, goroutine, event);
	if (goroutine->group == NONE)
		goroutine->group = add_group(account, 0, 0);
	account_lane_goroutine(account, event->subject, event);
}

static void close_proc(struct trace_proc *proc, int64_t now)
{
	if (proc->status == TRACE_RUNNING)
		proc->running += now - proc->since;
	else if (proc->status == TRACE_IDLE)
		proc->idle += now - proc->since;
	proc->since = now;
}

static void take_proc(struct account *account, const struct trace_event *event)
{
	struct trace_proc *proc = proc_of(account, event->subject);

	account->trace->counts.proc[event->from][event->to]++;
	if (!proc->seen) {
		proc->seen = true;
		proc->status = event->from == TRACE_UNDETERMINED ? event->to : event->from;
	}
	close_proc(proc, event->time);
	account->idle -= account->idle && proc->idles;
	proc->idles = event->to == TRACE_IDLE;
	account->idle += proc->idles;
	follow_idle(account, event->time);
	account_lane_proc(account, event);
	proc->starts += event->from != event->to && event->to == TRACE_RUNNING;
	proc->status = event->to;
}

static void take_sample(struct account *account, const struct trace_event *event)
{
	struct trace *trace = account->trace;
	const struct trace_goroutine *goroutine = account_goroutine(account, event->goroutine);
	struct totals_key key = account_key(account, goroutine);

	trace->counts.samples++;
	key.type = TOTALS_CPU_SAMPLES;
	key.stack = event->stack;
	key.proc = event->proc;
	if (event->time >= account->from && event->time < account->to)
		totals_add(&account->totals, &key, 1, 0);
	array_push(
		trace->samples, trace->sample_count, trace->sample_capacity,
		((struct trace_sample){event->time, event->goroutine, event->proc, event->stack}));
}

void account_take(void *context, const struct trace_event *event)
{
	struct account *account = context;

	switch (event->kind) {
	case TRACE_EVENT_GOROUTINE:
		take_goroutine(account, event);
		break;
	case TRACE_EVENT_PROC:
		take_proc(account, event);
		break;
	case TRACE_EVENT_SAMPLE:
		take_sample(account, event);
		break;
	case TRACE_EVENT_TASK:
	case TRACE_EVENT_REGION:
	case TRACE_EVENT_LOG:
		account_user(account, event);
		break;
	case TRACE_EVENT_OTHER:
		account->trace->counts.others++;
		break;
	default:
		account_range(account, event);
		break;
	}
	if (account->changed)
		account_utilize(account, event->time);
}

void account_finish(struct account *account)
{
	struct trace *trace = account->trace;
	int64_t end = account->feed->last;

	trace->duration = end;
	trace->counts.events = account->feed->events;
	trace->counts.syncs = account->feed->syncs;
	trace->counts.unordered = account->feed->unordered;
	trace->counts.forced = account->feed->forced;
	account_close_tasks(account);
	for (size_t i = 0; i < trace->goroutine_count; i++) {
		struct trace_goroutine *goroutine = &trace->goroutines[i];

		if (!goroutine->seen)
			continue;
		account_close_regions(account, goroutine, end);
		if (goroutine->end < 0)
			close_state(account, goroutine, NONE, end, true);
		if (goroutine->assist_since >= 0)
			goroutine->assist += end - goroutine->assist_since;
	}
	account_lane_finish(account);
	for (size_t i = 0; i < trace->proc_count; i++)
		if (trace->procs[i].seen)
			close_proc(&trace->procs[i], end);
}
