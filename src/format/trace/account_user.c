/* SPDX-License-Identifier: MIT */
/* Tasks, regions and logs: what programs tell of themselves. */
#include "base/array.h"
#include "format/trace/account.h"

/* Marks are few at a time, as only open regions and tasks have one. */
static uint32_t take_mark(struct account *account)
{
	uint32_t mark = account->free_mark;

	if (mark == NONE) {
		array_push(account->marks, account->mark_count, account->mark_capacity,
			   ((struct account_mark){0}));
		return (uint32_t)account->mark_count - 1;
	}
	account->free_mark = account->marks[mark].next_free;
	return mark;
}

static uint32_t mark_goroutine(struct account *account, const struct trace_goroutine *goroutine,
			       int64_t now)
{
	uint32_t mark = take_mark(account);

	account_classes(account, goroutine, now, account->marks[mark].spent);
	return mark;
}

/* Adds what a goroutine did since the mark to the task; the mark is free again. */
static void add_since(struct account *account, uint32_t mark,
		      const struct trace_goroutine *goroutine, int64_t now, struct trace_task *task)
{
	int64_t spent[TRACE_CLASS_COUNT];

	account_classes(account, goroutine, now, spent);
	for (int i = 0; task && i < TRACE_CLASS_COUNT; i++)
		task->spent[i] += spent[i] - account->marks[mark].spent[i];
	account->marks[mark].next_free = account->free_mark;
	account->free_mark = mark;
}

static uint32_t task_of(struct account *account, uint64_t id)
{
	struct trace *trace = account->trace;
	uint32_t number = feed_number(&account->task_ids, id);

	if (number == trace->task_count) {
		array_push(
			trace->tasks, trace->task_count, trace->task_capacity,
			((struct trace_task){.id = id, .start = -1, .end = -1, .begun_by = NONE}));
		array_push(account->task_mark, account->task_mark_count,
			   account->task_mark_capacity, NONE);
	}
	return number;
}

static struct trace_task *join_task(struct account *account, uint32_t task, uint32_t goroutine)
{
	size_t before = account->task_goroutines.count;

	pair_map_add(&account->task_goroutines, task, goroutine);
	account->trace->tasks[task].goroutines += account->task_goroutines.count > before;
	return &account->trace->tasks[task];
}

static void take_task(struct account *account, const struct trace_event *event)
{
	uint32_t number = task_of(account, event->value);
	struct trace_task *task = join_task(account, number, event->goroutine);
	const struct trace_goroutine *goroutine = account_goroutine(account, event->goroutine);
	uint32_t *mark = &account->task_mark[number];

	if (event->phase == TRACE_BEGIN) {
		if (event->text)
			task->name = event->text;
		if (event->parent && event->parent != UINT64_MAX)
			task->parent = event->parent;
		task->start = event->time;
		task->begun_by = event->goroutine;
		if (goroutine && *mark == NONE)
			*mark = mark_goroutine(account, goroutine, event->time);
		return;
	}
	task->end = event->time;
	if (*mark == NONE)
		return;
	/* What its regions say is better. */
	add_since(account, *mark, account_goroutine(account, task->begun_by), event->time,
		  task->regions ? NULL : task);
	*mark = NONE;
}

/* Programs do not nest deeper; broken files may. */
#define NEST_LIMIT 64

/* Is a region of the same task open around it? Then its time is counted already. */
static bool is_inner(const struct trace *trace, const struct trace_region *region)
{
	uint32_t outer = region->outer;

	for (int depth = 0; outer != NONE && depth < NEST_LIMIT; depth++) {
		if (trace->regions[outer].task == region->task)
			return true;
		outer = trace->regions[outer].outer;
	}
	return outer != NONE;
}

static uint32_t add_region(struct account *account, const struct trace_event *event, bool begins)
{
	struct trace *trace = account->trace;
	struct trace_goroutine *goroutine = account_goroutine(account, event->goroutine);
	uint32_t number = (uint32_t)trace->region_count, task = task_of(account, event->value);
	struct trace_region region = {
		.start = begins ? event->time : -1,
		.end = begins ? -1 : event->time,
		.goroutine = event->goroutine,
		.task = task,
		.name = event->text,
		.stack = begins ? event->stack : 0,
		.outer = begins && goroutine ? goroutine->region : NONE,
	};

	join_task(account, task, event->goroutine)->regions++;
	array_push(trace->regions, trace->region_count, trace->region_capacity, region);
	array_push(account->region_mark, account->region_mark_count, account->region_mark_capacity,
		   NONE);
	return number;
}

/* The innermost region of a goroutine ends now, whether it is over or the goroutine is. */
static void pop_region(struct account *account, struct trace_goroutine *goroutine, int64_t now)
{
	struct trace *trace = account->trace;
	struct trace_region *region = &trace->regions[goroutine->region];
	uint32_t *mark = &account->region_mark[goroutine->region];

	if (*mark != NONE)
		add_since(account, *mark, goroutine, now, &trace->tasks[region->task]);
	*mark = NONE;
	goroutine->region = region->outer;
}

static void take_region(struct account *account, const struct trace_event *event)
{
	struct trace *trace = account->trace;
	struct trace_goroutine *goroutine = account_goroutine(account, event->goroutine);

	if (goroutine)
		account_split(account, goroutine, event->proc, event->time);
	if (event->phase == TRACE_BEGIN) {
		uint32_t number = add_region(account, event, true);

		if (!goroutine)
			return;
		if (!is_inner(trace, &trace->regions[number]))
			account->region_mark[number] =
				mark_goroutine(account, goroutine, event->time);
		goroutine->region = number;
	} else if (goroutine && goroutine->region != NONE) {
		trace->regions[goroutine->region].end = event->time;
		pop_region(account, goroutine, event->time);
	} else {
		add_region(account, event, false);
	}
}

void account_close_regions(struct account *account, struct trace_goroutine *goroutine, int64_t now)
{
	while (goroutine->region != NONE)
		pop_region(account, goroutine, now);
}

void account_close_tasks(struct account *account)
{
	struct trace *trace = account->trace;

	for (size_t i = 0; i < trace->task_count; i++) {
		struct trace_task *task = &trace->tasks[i];

		if (account->task_mark[i] == NONE)
			continue;
		add_since(account, account->task_mark[i],
			  account_goroutine(account, task->begun_by), trace->duration,
			  task->regions ? NULL : task);
		account->task_mark[i] = NONE;
	}
}

void account_user(struct account *account, const struct trace_event *event)
{
	struct trace *trace = account->trace;
	uint32_t task;

	if (event->kind == TRACE_EVENT_TASK) {
		take_task(account, event);
	} else if (event->kind == TRACE_EVENT_REGION) {
		take_region(account, event);
	} else {
		task = task_of(account, event->value);
		join_task(account, task, event->goroutine)->logs++;
		array_push(trace->logs, trace->log_count, trace->log_capacity,
			   ((struct trace_log){event->time, event->goroutine, task, event->category,
					       event->text}));
	}
}
