/* SPDX-License-Identifier: MIT */
/* What goroutines, Ps and tasks of an execution trace do over time. */
#include "ui/pane/timeline.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "profile/unit.h"
#include "ui/pane/list.h"

/* The closest look: a column is this long. */
#define LEAST_COLUMN 1000 /* ns */

static struct timeline *of(struct pane *pane)
{
	return (struct timeline *)pane;
}

static struct pane *timeline_open(struct session *session)
{
	struct timeline *timeline = alloc_zero(1, sizeof(*timeline));

	timeline->pane = (struct pane){.kind = &pane_timeline, .session = session};
	timeline->group = NONE;
	timeline->mark = -1;
	return &timeline->pane;
}

static void timeline_close(struct pane *pane)
{
	free(of(pane)->rows);
	free(pane);
}

/* The file may have been read anew: lanes are the same unless it is another file. */
static void timeline_refresh(struct pane *pane)
{
	struct timeline *timeline = of(pane);
	const struct profile *profile =
		pane->session->shown.view ? pane->session->shown.view->profile : NULL;
	const struct trace *trace =
		profile && profile->trace && profile->trace->has_lanes ? profile->trace : NULL;
	size_t selected = timeline->selected;

	if (trace == timeline->trace)
		return;
	timeline->trace = trace;
	if (trace && (timeline->to <= timeline->from || timeline->to > trace->duration)) {
		timeline->from = 0;
		timeline->to = trace->duration ? trace->duration : 1;
		timeline->at = 0;
	}
	timeline_build(timeline);
	if (selected < timeline->row_count)
		timeline->selected = selected;
}

static const char *label(int64_t time, char buffer[UNIT_LABEL_SIZE])
{
	return unit_label(time, "ns", "auto", buffer);
}

static void timeline_describe(struct pane *pane, struct text *name, struct text *numbers)
{
	struct timeline *timeline = of(pane);
	char at[UNIT_LABEL_SIZE];

	if (!timeline->trace || !timeline->row_count)
		return;
	text_add_string(name, timeline->rows[timeline->selected].name);
	text_printf(numbers, "%s  %zu of %zu %s", label(timeline->at, at), timeline->selected + 1,
		    timeline->row_count, timeline_mode_names[timeline->mode]);
}

static void timeline_copy(struct pane *pane, struct text *text)
{
	struct timeline *timeline = of(pane);

	if (timeline->trace && timeline->row_count)
		timeline_details(timeline, text, 0);
}

/* --- Keys ------------------------------------------------------------------- */

/* Shows so much of time around the cursor. */
static void zoom_to(struct timeline *timeline, int64_t width)
{
	int64_t all = timeline->trace->duration ? timeline->trace->duration : 1;
	int64_t least =
		(int64_t)LEAST_COLUMN * (timeline->lane_columns ? timeline->lane_columns : 1);
	double place =
		(double)(timeline->at - timeline->from) / (double)(timeline->to - timeline->from);

	if (width < least)
		width = least;
	if (width > all)
		width = all;
	timeline->from = timeline->at - (int64_t)(place * (double)width);
	if (timeline->from > all - width)
		timeline->from = all - width;
	if (timeline->from < 0)
		timeline->from = 0;
	timeline->to = timeline->from + width;
}

/* Moves the cursor; time follows when it leaves the picture. */
static void go_to(struct timeline *timeline, int64_t time)
{
	int64_t width = timeline->to - timeline->from, all = timeline->trace->duration;

	timeline->at = time < 0 ? 0 : time >= all ? all - 1 : time;
	if (timeline->at >= timeline->from && timeline->at < timeline->to)
		return;
	timeline->from = timeline->at < timeline->from ? timeline->at - width / 4
						       : timeline->at - width + width / 4;
	if (timeline->from > all - width)
		timeline->from = all - width;
	if (timeline->from < 0)
		timeline->from = 0;
	timeline->to = timeline->from + width;
}

static int64_t column_width(const struct timeline *timeline)
{
	int64_t width = (timeline->to - timeline->from) /
			(timeline->lane_columns ? timeline->lane_columns : 1);

	return width ? width : 1;
}

static void move_row(struct timeline *timeline, int by)
{
	size_t last = timeline->row_count ? timeline->row_count - 1 : 0;

	if (by < 0)
		timeline->selected -=
			timeline->selected < (size_t)-by ? timeline->selected : (size_t)-by;
	else
		timeline->selected = timeline->selected + (size_t)by > last
					     ? last
					     : timeline->selected + (size_t)by;
}

/*
 * Who made this end: from a wait to whoever woke it, at that time; from what
 * follows a wait to the wait itself. So key after key the chain of causes.
 */
static bool go_to_waker(struct timeline *timeline)
{
	const struct trace_lane *lane = timeline_lane(timeline, timeline->selected);
	struct lane_step step, next;
	bool has_next;

	if (!lane || timeline->mode != TIMELINE_GOROUTINES ||
	    !trace_lane_find(lane, timeline->at, &step, &has_next, &next))
		return false;
	if (step.to == LANE_SCHED)
		next = step;
	else if (step.to == LANE_RUNNING || step.to == LANE_SYSCALL) {
		/* What it waited for before it ran. */
		go_to(timeline, step.time - 1);
		return true;
	} else if (!has_next || next.to != LANE_SCHED) {
		return false;
	}
	if (next.other == NONE) {
		/* The runtime woke it: the wait is the cause. */
		go_to(timeline, next.time - 1);
		return step.to == LANE_SCHED;
	}
	timeline_select_goroutine(timeline, next.other);
	go_to(timeline, next.time);
	return true;
}

/* A range of time for the other panes: from the mark to the cursor, or what is visible. */
static void restrict_others(struct timeline *timeline)
{
	int64_t from = timeline->from, to = timeline->to;
	char first[UNIT_LABEL_SIZE], last[UNIT_LABEL_SIZE];

	if (timeline->mark >= 0) {
		from = timeline->mark < timeline->at ? timeline->mark : timeline->at;
		to = (timeline->mark < timeline->at ? timeline->at : timeline->mark) +
		     column_width(timeline);
	}
	session_set_range(timeline->pane.session, from, to);
	session_message(timeline->pane.session, "only %s to %s; a: all of the time again",
			label(from, first), label(to, last));
}

/* The time of the task, and what the goroutine that began it did. */
static void enter_task(struct timeline *timeline, const struct timeline_row *row)
{
	const struct trace_task *task = &timeline->trace->tasks[row->number];
	int64_t length = llabs(row->weight);

	timeline->at = timeline->from = task->start;
	timeline->to = task->start + 1;
	zoom_to(timeline, length + length / 8);
	if (task->begun_by != NONE)
		timeline_select_goroutine(timeline, task->begun_by);
}

/* A P: who runs there. A goroutine: callers and callees of where it is, at the prompt. */
static struct pane_result enter_step(struct timeline *timeline)
{
	const struct trace_lane *lane = timeline_lane(timeline, timeline->selected);
	const struct trace *trace = timeline->trace;
	struct lane_step step, next;
	struct text line = {0};
	bool has_next;

	if (!trace_lane_find(lane, timeline->at, &step, &has_next, &next))
		return pane_ignored;
	if (timeline->mode == TIMELINE_PROCS) {
		if (step.other == NONE)
			return pane_ignored;
		timeline_select_goroutine(timeline, step.other);
		return pane_done;
	}
	if (!call_stacks_leaf(&trace->stacks, step.stack))
		return pane_ignored;
	text_printf(&line, "peek %s",
		    trace_text(trace, call_stacks_leaf(&trace->stacks, step.stack)));
	return (struct pane_result){.kind = PANE_PROMPT, .line = line.bytes};
}

static struct pane_result enter(struct timeline *timeline)
{
	const struct timeline_row *row = &timeline->rows[timeline->selected];

	if (!timeline->row_count)
		return pane_ignored;
	if (timeline->mode == TIMELINE_TASKS) {
		enter_task(timeline, row);
		return pane_done;
	}
	if (timeline->mode != TIMELINE_GROUPS)
		return enter_step(timeline);
	timeline->group = timeline->trace->group_names[row->number];
	timeline->mode = TIMELINE_GOROUTINES;
	timeline_build(timeline);
	return pane_done;
}

/* Keys that move the cursor; false for others. */
static bool handle_move(struct timeline *timeline, enum command_id command)
{
	int64_t half = (timeline->to - timeline->from) / 2, column = column_width(timeline);
	const struct {
		enum command_id command;
		int64_t time;
		int rows;
	} moves[] = {
		{COMMAND_LEFT, -column, 0},
		{COMMAND_RIGHT, column, 0},
		{COMMAND_HALF_DOWN, half, 0},
		{COMMAND_HALF_UP, -half, 0},
		{COMMAND_DOWN, 0, 1},
		{COMMAND_SCROLL_DOWN, 0, 1},
		{COMMAND_UP, 0, -1},
		{COMMAND_SCROLL_UP, 0, -1},
		{COMMAND_PAGE_DOWN, 0, timeline->lane_rows},
		{COMMAND_PAGE_UP, 0, -timeline->lane_rows},
		{COMMAND_FIRST, 0, -(int)timeline->row_count},
		{COMMAND_LAST, 0, (int)timeline->row_count},
	};

	for (size_t i = 0; i < COUNT(moves); i++) {
		if (moves[i].command != command)
			continue;
		if (moves[i].rows)
			move_row(timeline, moves[i].rows);
		else
			go_to(timeline, timeline->at + moves[i].time);
		return true;
	}
	return false;
}

static struct pane_result timeline_handle(struct pane *pane, const struct pane_input *input)
{
	struct timeline *timeline = of(pane);

	if (!timeline->trace)
		return pane_ignored;
	if (handle_move(timeline, input->command))
		return pane_done;
	switch (input->command) {
	case COMMAND_ZOOM_IN:
		zoom_to(timeline, (timeline->to - timeline->from) / 2);
		return pane_done;
	case COMMAND_ZOOM_OUT:
		zoom_to(timeline, (timeline->to - timeline->from) * 2);
		return pane_done;
	case COMMAND_ZOOM_RESET:
		zoom_to(timeline, timeline->trace->duration);
		return pane_done;
	case COMMAND_SORT:
		timeline->mode = (timeline->mode + 1) % TIMELINE_MODE_COUNT;
		timeline->group = NONE;
		timeline_build(timeline);
		return pane_done;
	case COMMAND_HOTTEST:
		return go_to_waker(timeline) ? pane_done : pane_ignored;
	case COMMAND_COMPARE:
		timeline->mark = timeline->mark < 0 ? timeline->at : -1;
		return pane_done;
	case COMMAND_KEEP_VALUE:
		restrict_others(timeline);
		return pane_done;
	case COMMAND_REMOVE:
		timeline->mark = -1;
		session_set_range(pane->session, 0, 0);
		return pane_done;
	case COMMAND_ENTER:
		return enter(timeline);
	default:
		return pane_ignored;
	}
}

/* --- Search ----------------------------------------------------------------- */

static bool is_match(const struct timeline *timeline, size_t row)
{
	const struct pattern *search = timeline->pane.session->search;
	const char *name = timeline->rows[row].name;

	return search && pattern_matches(search, name, strlen(name));
}

/* Nothing is marked: names are looked at when a match is sought. */
static void timeline_search(struct pane *pane)
{
	(void)pane;
}

static bool timeline_seek(struct pane *pane, int direction, bool here)
{
	struct timeline *timeline = of(pane);
	size_t count = timeline->row_count, row = timeline->selected;

	for (size_t i = 0; i < count; i++) {
		if ((i || here) && is_match(timeline, row)) {
			timeline->selected = row;
			return true;
		}
		row = (row + (direction > 0 ? 1 : count - 1)) % count;
	}
	return count && is_match(timeline, timeline->selected);
}

static void timeline_matches(struct pane *pane, uint32_t *number, uint32_t *count)
{
	struct timeline *timeline = of(pane);

	*number = *count = 0;
	for (size_t i = 0; i < timeline->row_count; i++) {
		if (!is_match(timeline, i))
			continue;
		++*count;
		if (i == timeline->selected)
			*number = *count;
	}
}

const struct pane_kind pane_timeline = {
	.name = "timeline",
	.title = "Timeline",
	.about = "What goroutines, Ps and tasks of an execution trace do over time: a letter\n"
		 "is what a lane does longest in that column. o shows other lanes, + and -\n"
		 "zoom, . goes to whoever ended a wait, = and x keep a range of time for all\n"
		 "other panes.\n",
	.groups = "timeline",
	.hints = "other-lanes:lanes zoom-time:in more-time:out waker:waker mark-time:mark "
		 "only-range:range keys:help prompt:command",
	.side = SIDE_LEFT,
	.alone = true,
	.needs = PART_VIEW,
	.open = timeline_open,
	.close = timeline_close,
	.refresh = timeline_refresh,
	.draw = timeline_draw,
	.handle = timeline_handle,
	.describe = timeline_describe,
	.copy = timeline_copy,
	.search = timeline_search,
	.seek = timeline_seek,
	.matches = timeline_matches,
};
