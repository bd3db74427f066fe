/* SPDX-License-Identifier: MIT */
/* Which lanes the timeline has. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "ui/pane/timeline.h"

const char *const timeline_mode_names[TIMELINE_MODE_COUNT] = {"groups", "goroutines", "Ps",
							      "tasks"};

const char *const timeline_states[LANE_STATE_COUNT] = {
	"gone",        "running",        "runnable: waits for a P", "system call", "waits: network",
	"waits: lock", "waits: channel", "waits: select",           "sleeps",      "waits: GC",
	"waits",       "idle",           "works for the collector",
};

char timeline_letter(int state)
{
	static const char letters[] = " Rrsnkcezgw.G";

	return letters[state];
}

static const char *name_of(const struct trace *trace, string_id name)
{
	return name ? trace_text(trace, name) : "(no name)";
}

static void add_row(struct timeline *timeline, const char *name, uint32_t number, int64_t weight)
{
	array_push(timeline->rows, timeline->row_count, timeline->row_capacity,
		   ((struct timeline_row){name, number, NONE, weight}));
}

/* Time of a lane that is not mere waiting: what makes it interesting. */
static int64_t active_time(const struct trace *trace, const struct trace_lane *lane)
{
	int64_t sums[LANE_STATE_COUNT];

	trace_lane_sums(lane, trace->duration, sums);
	return sums[LANE_RUNNING] + sums[LANE_SCHED] + sums[LANE_SYSCALL];
}

/* A name has up to two lanes. */
static void add_groups(struct timeline *timeline)
{
	const struct trace *trace = timeline->trace;
	struct pair_map names = {0};

	for (uint32_t i = 0; i < trace->group_lane_count; i++) {
		int64_t weight = active_time(trace, &trace->group_lanes[i]);
		uint32_t row = pair_map_add(&names, trace->group_names[i], 0);

		if (!trace->group_lanes[i].steps && row == timeline->row_count)
			weight = 0;
		if (row == timeline->row_count) {
			add_row(timeline, name_of(trace, trace->group_names[i]), i, weight);
			continue;
		}
		timeline->rows[row].second = i;
		timeline->rows[row].weight += weight;
	}
	pair_map_clear(&names);
}

static void add_goroutines(struct timeline *timeline)
{
	const struct trace *trace = timeline->trace;

	for (uint32_t i = 0; i < trace->goroutine_lane_count; i++) {
		const struct trace_goroutine *goroutine = &trace->goroutines[i];

		if (!trace->goroutine_lanes[i].steps ||
		    (timeline->group != NONE && goroutine->name != timeline->group))
			continue;
		add_row(timeline, name_of(trace, goroutine->name), i,
			active_time(trace, &trace->goroutine_lanes[i]));
	}
}

static void add_procs(struct timeline *timeline)
{
	const struct trace *trace = timeline->trace;

	for (uint32_t i = 0; i < trace->proc_lane_count; i++)
		if (trace->proc_lanes[i].steps)
			add_row(timeline, "P", i, -(int64_t)trace->procs[i].id);
}

static void add_tasks(struct timeline *timeline)
{
	const struct trace *trace = timeline->trace;

	for (uint32_t i = 0; i < trace->task_count; i++) {
		const struct trace_task *task = &trace->tasks[i];

		/* Those that have not ended say nothing of latency: they come last. */
		if (task->id && task->start >= 0)
			add_row(timeline, name_of(trace, task->name), i,
				task->end < 0 ? task->start - trace->duration
					      : task->end - task->start);
	}
}

static int compare_rows(const void *a, const void *b)
{
	const struct timeline_row *first = a, *second = b;

	if (first->weight != second->weight)
		return first->weight < second->weight ? 1 : -1;
	return (first->number > second->number) - (first->number < second->number);
}

void timeline_build(struct timeline *timeline)
{
	static void (*const builders[TIMELINE_MODE_COUNT])(struct timeline *) = {
		[TIMELINE_GROUPS] = add_groups,
		[TIMELINE_GOROUTINES] = add_goroutines,
		[TIMELINE_PROCS] = add_procs,
		[TIMELINE_TASKS] = add_tasks,
	};

	timeline->row_count = timeline->selected = timeline->top = 0;
	if (!timeline->trace)
		return;
	builders[timeline->mode](timeline);
	if (timeline->row_count)
		qsort(timeline->rows, timeline->row_count, sizeof(*timeline->rows), compare_rows);
}

static bool select_number(struct timeline *timeline, uint32_t number)
{
	for (size_t i = 0; i < timeline->row_count; i++) {
		if (timeline->rows[i].number != number)
			continue;
		timeline->selected = i;
		return true;
	}
	return false;
}

void timeline_select_goroutine(struct timeline *timeline, uint32_t goroutine)
{
	if (timeline->mode == TIMELINE_GOROUTINES && select_number(timeline, goroutine))
		return;
	timeline->mode = TIMELINE_GOROUTINES;
	timeline->group = NONE;
	timeline_build(timeline);
	select_number(timeline, goroutine);
}

const struct trace_lane *timeline_lane(const struct timeline *timeline, size_t row)
{
	if (row >= timeline->row_count)
		return NULL;
	if (timeline->mode == TIMELINE_GOROUTINES)
		return &timeline->trace->goroutine_lanes[timeline->rows[row].number];
	if (timeline->mode == TIMELINE_PROCS)
		return &timeline->trace->proc_lanes[timeline->rows[row].number];
	return NULL;
}
