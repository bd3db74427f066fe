/* SPDX-License-Identifier: MIT */
/* The timeline as a picture: an axis, the collector and the heap, and a row for each lane. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "profile/unit.h"
#include "ui/pane/timeline.h"
#include "ui/term/sparkline.h"
#include "ui/term/theme.h"
#include "ui/widget/empty_view.h"

#define HEAD_ROWS 4 /* axis, heap, collector, marks */
#define DETAIL_ROWS 4
#define NAME_COLUMNS 24

uint16_t timeline_style(int state)
{
	static const uint16_t styles[LANE_STATE_COUNT] = {
		[1 + TRACE_CLASS_RUNNING] = STYLE_FRAME_HUE + 3,
		[1 + TRACE_CLASS_SCHED] = STYLE_FRAME_GROWN,
		[1 + TRACE_CLASS_SYSCALL] = STYLE_FRAME_SYSCALL,
		[1 + TRACE_CLASS_NETWORK] = STYLE_FRAME_HUE + 6,
		[1 + TRACE_CLASS_SYNC] = STYLE_FRAME_LOCK,
		[1 + TRACE_CLASS_CHANNEL] = STYLE_FRAME_HUE + 8,
		[1 + TRACE_CLASS_SELECT] = STYLE_FRAME_HUE + 9,
		[1 + TRACE_CLASS_SLEEP] = STYLE_MUTED,
		[1 + TRACE_CLASS_GC] = STYLE_FRAME_COLLECTOR,
		[1 + TRACE_CLASS_OTHER] = STYLE_MUTED,
		[LANE_IDLE] = STYLE_MUTED,
		[LANE_COLLECTOR] = STYLE_FRAME_COLLECTOR,
	};

	return styles[state];
}

int64_t timeline_time(const struct timeline *timeline, int column)
{
	int columns = timeline->lane_columns > 0 ? timeline->lane_columns : 1;

	return timeline->from +
	       (int64_t)((double)(timeline->to - timeline->from) * column / columns);
}

static int column_of(const struct timeline *timeline, int64_t time)
{
	return (int)((double)(time - timeline->from) * timeline->lane_columns /
		     (double)(timeline->to - timeline->from));
}

static const char *time_label(int64_t time, char label[UNIT_LABEL_SIZE])
{
	return unit_label(time, "ns", "auto", label);
}

/* --- Lanes ---------------------------------------------------------------- */

static void row_sums(const struct timeline *timeline, const struct timeline_row *row, int64_t time,
		     int64_t sums[LANE_STATE_COUNT])
{
	const struct trace *trace = timeline->trace;
	const struct trace_lane *lanes = timeline->mode == TIMELINE_GROUPS ? trace->group_lanes
					 : timeline->mode == TIMELINE_PROCS
						 ? trace->proc_lanes
						 : trace->goroutine_lanes;
	int64_t more[LANE_STATE_COUNT];

	trace_lane_sums(&lanes[row->number], time, sums);
	if (row->second == NONE)
		return;
	trace_lane_sums(&lanes[row->second], time, more);
	for (int i = 0; i < LANE_STATE_COUNT; i++)
		sums[i] += more[i];
}

/*
 * The state of a column: of a goroutine or P what it does longest; of a group
 * that somebody runs, or waits for a P, for half of the time, else what most do.
 */
static int dominant(const struct timeline *timeline, const int64_t spent[LANE_STATE_COUNT],
		    int64_t width, bool *mixed)
{
	int best = LANE_NONE;
	int64_t all = 0;

	for (int i = 1; i < LANE_STATE_COUNT; i++) {
		all += spent[i];
		if (spent[i] > spent[best] || best == LANE_NONE)
			best = spent[i] ? i : best;
	}
	if (timeline->mode == TIMELINE_GROUPS && spent[LANE_RUNNING] * 2 >= width)
		best = LANE_RUNNING;
	else if (timeline->mode == TIMELINE_GROUPS && spent[LANE_SCHED] * 2 >= width)
		best = LANE_SCHED;
	*mixed = spent[best] * 5 < all * 3;
	return best;
}

static void draw_cell(const struct timeline *timeline, struct canvas *canvas, int row, int column,
		      int state, bool mixed, uint16_t flags)
{
	char letter = timeline_letter(state);

	/* Where there are no colours the rest is told by a mark between letters. */
	(void)timeline;
	if (mixed && !canvas->color && column % 2)
		letter = ':';
	canvas_text(canvas, row, column, timeline_style(state) | flags | (mixed ? STYLE_SHADED : 0),
		    &letter, 1);
}

static void draw_lane(const struct timeline *timeline, struct canvas *canvas, int row,
		      const struct timeline_row *lane, uint16_t flags)
{
	int64_t before[LANE_STATE_COUNT], behind[LANE_STATE_COUNT], spent[LANE_STATE_COUNT];

	row_sums(timeline, lane, timeline_time(timeline, 0), before);
	for (int column = 0; column < timeline->lane_columns; column++) {
		int64_t start = timeline_time(timeline, column);
		int64_t end = timeline_time(timeline, column + 1);
		bool mixed;
		int state;

		row_sums(timeline, lane, end, behind);
		for (int i = 0; i < LANE_STATE_COUNT; i++)
			spent[i] = behind[i] - before[i];
		memcpy(before, behind, sizeof(before));
		state = dominant(timeline, spent, end - start, &mixed);
		draw_cell(timeline, canvas, row, NAME_COLUMNS + column, state, mixed, flags);
	}
}

/* A task is a bar; what it waited for stands in the details. */
static void draw_task(const struct timeline *timeline, struct canvas *canvas, int row,
		      const struct timeline_row *lane)
{
	const struct trace_task *task = &timeline->trace->tasks[lane->number];
	int64_t end = task->end < 0 ? timeline->trace->duration : task->end;
	int first = column_of(timeline, task->start), last = column_of(timeline, end);

	if (end < timeline->from || task->start > timeline->to)
		return;
	first = first < 0 ? 0 : first;
	last = last >= timeline->lane_columns ? timeline->lane_columns - 1 : last;
	for (int column = first; column <= last; column++)
		canvas_string(canvas, row, NAME_COLUMNS + column, timeline_style(LANE_RUNNING),
			      "=");
}

static void draw_name(const struct timeline *timeline, struct canvas *canvas, int row,
		      const struct timeline_row *lane, uint16_t style)
{
	struct text name = {0};

	if (timeline->mode == TIMELINE_GOROUTINES)
		text_printf(&name, "G%" PRIu64 " ", timeline->trace->goroutines[lane->number].id);
	else if (timeline->mode == TIMELINE_TASKS)
		text_printf(&name, "#%" PRIu64 " ", timeline->trace->tasks[lane->number].id);
	if (timeline->mode == TIMELINE_PROCS)
		text_printf(&name, "P%" PRIu64, timeline->trace->procs[lane->number].id);
	else
		text_add_string(&name, lane->name);
	canvas_fill(canvas, row, 0, NAME_COLUMNS, style);
	canvas_fit(canvas, row, 0, NAME_COLUMNS - 1, style, text_string(&name), name.length);
	text_clear(&name);
}

static void draw_lanes(struct timeline *timeline, struct canvas *canvas, bool focused)
{
	if (timeline->selected < timeline->top)
		timeline->top = timeline->selected;
	if (timeline->selected >= timeline->top + (size_t)timeline->lane_rows)
		timeline->top = timeline->selected - (size_t)timeline->lane_rows + 1;
	for (int i = 0; i < timeline->lane_rows; i++) {
		size_t number = timeline->top + (size_t)i;
		bool chosen = number == timeline->selected;
		uint16_t style = chosen && focused ? STYLE_SELECTED : STYLE_PLAIN;

		if (number >= timeline->row_count)
			return;
		draw_name(timeline, canvas, HEAD_ROWS + i, &timeline->rows[number],
			  chosen && !focused ? STYLE_FOLLOWED : style);
		if (timeline->mode == TIMELINE_TASKS)
			draw_task(timeline, canvas, HEAD_ROWS + i, &timeline->rows[number]);
		else
			draw_lane(timeline, canvas, HEAD_ROWS + i, &timeline->rows[number], 0);
	}
}

/* --- What stands above ----------------------------------------------------- */

static void draw_axis(const struct timeline *timeline, struct canvas *canvas)
{
	char from[UNIT_LABEL_SIZE], to[UNIT_LABEL_SIZE], width[UNIT_LABEL_SIZE];
	int cursor = column_of(timeline, timeline->at);

	canvas_printf(canvas, 0, 0, STYLE_HEADER, "%-23s %s .. %s (%s, a column %s)",
		      timeline_mode_names[timeline->mode], time_label(timeline->from, from),
		      time_label(timeline->to, to),
		      timeline->mark < 0 ? "o: other lanes" : "x: only this range",
		      time_label((timeline->to - timeline->from) / timeline->lane_columns, width));
	if (timeline->mark >= 0)
		canvas_string(canvas, 3, NAME_COLUMNS + column_of(timeline, timeline->mark),
			      STYLE_STRONG, "<");
	canvas_string(canvas, 3, NAME_COLUMNS + cursor, STYLE_STRONG, "v");
}

static void draw_heap(const struct timeline *timeline, struct canvas *canvas)
{
	const struct trace *trace = timeline->trace;
	double *levels = alloc_zero((size_t)timeline->lane_columns, sizeof(*levels));
	char label[UNIT_LABEL_SIZE], goal[UNIT_LABEL_SIZE];
	uint64_t most = 0, target = 0;

	for (int i = 0; i < timeline->lane_columns; i++)
		levels[i] = NAN;
	for (size_t i = 0; i < trace->heap_count; i++) {
		int column = column_of(timeline, trace->heap[i].time);
		double live = (double)trace->heap[i].live;

		if (column < 0 || column >= timeline->lane_columns)
			continue;
		most = trace->heap[i].live > most ? trace->heap[i].live : most;
		target = trace->heap[i].goal > target ? trace->heap[i].goal : target;
		if (isnan(levels[column]) || live > levels[column])
			levels[column] = live;
	}
	canvas_printf(canvas, 1, 0, STYLE_MUTED, "heap %s/%s",
		      unit_label((int64_t)most, "bytes", "auto", label),
		      unit_label((int64_t)target, "bytes", "auto", goal));
	sparkline_draw(canvas, 1, NAME_COLUMNS, timeline->lane_columns, STYLE_BAR_FLAT, levels,
		       (size_t)timeline->lane_columns);
	free(levels);
}

static void draw_band(const struct timeline *timeline, struct canvas *canvas, int row,
		      int64_t start, int64_t end, const char *mark, uint16_t style)
{
	int first, last;

	if (end < timeline->from || start > timeline->to)
		return;
	first = start < timeline->from ? 0 : column_of(timeline, start);
	last = end > timeline->to ? timeline->lane_columns - 1 : column_of(timeline, end);
	for (int i = first; i <= last && i < timeline->lane_columns; i++)
		canvas_string(canvas, row, NAME_COLUMNS + i, style, mark);
}

/* Collections as a band, pauses in it, and the marks of logs in the row below. */
static void draw_collector(const struct timeline *timeline, struct canvas *canvas)
{
	const struct trace *trace = timeline->trace;

	canvas_string(canvas, 2, 0, STYLE_MUTED, "GC =  world stopped #");
	canvas_string(canvas, 3, 0, STYLE_MUTED, "logs !");
	for (size_t i = 0; i < trace->cycle_count; i++)
		draw_band(timeline, canvas, 2,
			  trace->cycles[i].begin < 0 ? 0 : trace->cycles[i].begin,
			  trace->cycles[i].end < 0 ? trace->duration : trace->cycles[i].end, "=",
			  STYLE_FRAME_COLLECTOR);
	for (size_t i = 0; i < trace->pause_count; i++)
		draw_band(timeline, canvas, 2, trace->pauses[i].start,
			  trace->pauses[i].end < 0 ? trace->duration : trace->pauses[i].end, "#",
			  STYLE_HOT);
	for (size_t i = 0; i < trace->log_count; i++)
		draw_band(timeline, canvas, 3, trace->logs[i].time, trace->logs[i].time, "!",
			  STYLE_STRONG);
}

static void draw_nothing(const struct timeline *timeline, struct canvas *canvas)
{
	const struct profile *profile = timeline->pane.session->profile;

	canvas_string(canvas, 1, 2, STYLE_STRONG,
		      profile && profile->trace ? "this trace is not shown over time"
						: "this is no execution trace of Go");
	canvas_string(
		canvas, 3, 2, STYLE_PLAIN,
		"make one with runtime/trace, go test -trace or /debug/pprof/trace?seconds=5,");
	canvas_string(canvas, 4, 2, STYLE_PLAIN,
		      "and name it alone, without -trace=KIND and -redact");
}

static void draw_details(const struct timeline *timeline, struct canvas *canvas)
{
	struct text text = {0};
	const char *line;
	int row = canvas->rows - DETAIL_ROWS;

	timeline_details(timeline, &text, DETAIL_ROWS);
	line = text_string(&text);
	for (; *line && row < canvas->rows; row++) {
		size_t length = strcspn(line, "\n");

		canvas_fit(canvas, row, 0, canvas->columns, STYLE_PLAIN, line, length);
		line += length + (line[length] == '\n');
	}
	text_clear(&text);
}

void timeline_draw(struct pane *pane, struct canvas *canvas, bool focused)
{
	struct timeline *timeline = (struct timeline *)pane;
	const struct trace *trace = timeline->trace;

	if (!trace || canvas->columns < NAME_COLUMNS + 8 || canvas->rows < HEAD_ROWS + 1) {
		draw_nothing(timeline, canvas);
		return;
	}
	timeline->lane_columns = canvas->columns - NAME_COLUMNS;
	timeline->lane_rows = canvas->rows - HEAD_ROWS - DETAIL_ROWS;
	if (timeline->lane_rows < 1)
		timeline->lane_rows = 1;
	draw_axis(timeline, canvas);
	draw_heap(timeline, canvas);
	draw_collector(timeline, canvas);
	draw_axis(timeline, canvas);
	if (!timeline->row_count)
		canvas_string(canvas, HEAD_ROWS, 2, STYLE_MUTED,
			      timeline->mode == TIMELINE_TASKS
				      ? "the program has no tasks: runtime/trace.NewTask makes them"
				      : "no lanes");
	draw_lanes(timeline, canvas, focused);
	if (canvas->rows > HEAD_ROWS + DETAIL_ROWS)
		draw_details(timeline, canvas);
}
