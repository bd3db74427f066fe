/* SPDX-License-Identifier: MIT */
/* The lanes of the timeline: what goroutines, their groups and Ps do over time. */
#include <stdlib.h>

#include "base/array.h"
#include "format/trace/account.h"

static struct trace_lane *lane_at(struct trace_lane **lanes, size_t *count, size_t *capacity,
				  uint32_t number)
{
	while (*count <= number)
		array_push(*lanes, *count, *capacity, ((struct trace_lane){0}));
	return &(*lanes)[number];
}

static uint8_t state_of(const struct account *account, const struct trace_goroutine *goroutine)
{
	if (goroutine->status < TRACE_RUNNABLE || goroutine->status > TRACE_WAITING)
		return LANE_NONE;
	return (uint8_t)(1 + trace_class_of(goroutine->status,
					    trace_text(account->trace, goroutine->reason)));
}

static void add_group_step(struct account *account, uint32_t group, struct lane_step step)
{
	struct trace *trace = account->trace;

	if (group == NONE)
		return;
	step.stack = 0;
	step.other = NONE;
	trace_lane_add(lane_at(&trace->group_lanes, &trace->group_lane_count,
			       &trace->group_lane_capacity, group),
		       &step);
}

/* What was so since the start is told late: lanes go forward, so it is put apart. */
static void add_early_step(struct account *account, uint32_t group, struct lane_step step)
{
	step.stack = 0;
	step.other = NONE;
	array_push(account->early, account->early_count, account->early_capacity,
		   ((struct account_early){group, step}));
}

void account_lane_regroup(struct account *account, const struct trace_goroutine *goroutine,
			  uint32_t before, int64_t now)
{
	struct lane_step step = {.time = now, .from = goroutine->lane_state};

	if (!account->trace->has_lanes || before == goroutine->group)
		return;
	if (step.from != LANE_NONE)
		add_group_step(account, before, step);
	step.to = step.from;
	step.from = LANE_NONE;
	if (step.to != LANE_NONE)
		add_group_step(account, goroutine->group, step);
}

/* What a P does follows from the goroutine that runs on it. */
static void add_proc_step(struct account *account, uint32_t proc, uint8_t state, uint32_t goroutine,
			  int64_t now)
{
	struct trace *trace = account->trace;
	struct trace_lane *lane;

	if (proc == NONE || proc >= trace->proc_count || trace->procs[proc].lane_state == state)
		return;
	lane = lane_at(&trace->proc_lanes, &trace->proc_lane_count, &trace->proc_lane_capacity,
		       proc);
	trace_lane_add(lane, &(struct lane_step){.time = now,
						 .from = trace->procs[proc].lane_state,
						 .to = state,
						 .other = goroutine});
	trace->procs[proc].lane_state = state;
}

void account_lane_goroutine(struct account *account, uint32_t number,
			    const struct trace_event *event)
{
	struct trace *trace = account->trace;
	struct trace_goroutine *goroutine = &trace->goroutines[number];
	bool found = event->from == TRACE_UNDETERMINED;
	struct lane_step step = {
		.time = found ? 0 : event->time,
		.from = goroutine->lane_state,
		.stack = event->stack,
		.other = event->to == TRACE_RUNNABLE ? event->goroutine : NONE,
	};
	struct trace_lane *lane;

	if (!trace->has_lanes)
		return;
	step.to = state_of(account, goroutine);
	lane = lane_at(&trace->goroutine_lanes, &trace->goroutine_lane_count,
		       &trace->goroutine_lane_capacity, number);
	if (step.time < lane->last)
		step.time = lane->last;
	trace_lane_add(lane, &step);
	goroutine->lane_state = step.to;
	if (found)
		add_early_step(account, goroutine->group, step);
	else
		add_group_step(account, goroutine->group, step);
	if (event->to == TRACE_RUNNING)
		add_proc_step(account, event->proc,
			      goroutine->worker || goroutine->in_assist ? LANE_COLLECTOR
									: LANE_RUNNING,
			      number, event->time);
	else if (event->to == TRACE_SYSCALL)
		add_proc_step(account, event->proc, LANE_SYSCALL, number, event->time);
	else if (event->from == TRACE_RUNNING)
		add_proc_step(account, event->proc, LANE_OTHER, NONE, event->time);
}

void account_lane_proc(struct account *account, const struct trace_event *event)
{
	if (!account->trace->has_lanes)
		return;
	add_proc_step(account, event->subject, event->to == TRACE_IDLE ? LANE_IDLE : LANE_OTHER,
		      NONE, event->time);
}

/* A step of a goroutine while its name was not known, or what it did at the start. */
struct early_step {
	string_id name;
	struct lane_step step;
};

static int compare_early(const void *a, const void *b)
{
	const struct early_step *first = a, *second = b;

	if (first->name != second->name)
		return first->name < second->name ? -1 : 1;
	return (first->step.time > second->step.time) - (first->step.time < second->step.time);
}

static bool is_named(const struct account *account, uint32_t group)
{
	string_id name = account->groups[group].name;
	uint32_t number = name ? pair_map_find(&account->group_names, name, 0) : UINT32_MAX;

	return number != UINT32_MAX && account->group_of_name[number] == group;
}

static void add_lane(struct trace *trace, struct trace_lane lane, string_id name)
{
	array_push(trace->group_lanes, trace->group_lane_count, trace->group_lane_capacity, lane);
	trace->group_names = alloc_resize(trace->group_names, trace->group_lane_capacity,
					  sizeof(*trace->group_names));
	trace->group_names[trace->group_lane_count - 1] = name;
}

/*
 * Goroutines that were there before the trace have lanes of their own until
 * they say their names: those of one name become one, so that a name has two.
 */
void account_lane_finish(struct account *account)
{
	struct trace *trace = account->trace;
	struct trace_lane *lanes = trace->group_lanes, merged = {0};
	size_t count = trace->group_lane_count, early_count = account->early_count;
	size_t capacity = early_count;
	struct early_step *early;

	if (!trace->has_lanes)
		return;
	early = alloc_zero(early_count + 1, sizeof(*early));
	for (size_t i = 0; i < early_count; i++)
		early[i] = (struct early_step){account->groups[account->early[i].group].name,
					       account->early[i].step};
	trace->group_lanes = NULL;
	trace->group_lane_count = trace->group_lane_capacity = 0;
	for (uint32_t i = 0; i < count; i++) {
		struct early_step step = {.name = account->groups[i].name};
		size_t at = 0;

		if (is_named(account, i)) {
			add_lane(trace, lanes[i], step.name);
			continue;
		}
		while (trace_lane_next(&lanes[i], &at, &step.step))
			array_push(early, early_count, capacity, step);
		trace_lane_clear(&lanes[i]);
	}
	free(lanes);
	if (early_count)
		qsort(early, early_count, sizeof(*early), compare_early);
	for (size_t i = 0; i < early_count; i++) {
		trace_lane_add(&merged, &early[i].step);
		if (i + 1 < early_count && early[i + 1].name == early[i].name)
			continue;
		add_lane(trace, merged, early[i].name);
		merged = (struct trace_lane){0};
	}
	free(early);
}
