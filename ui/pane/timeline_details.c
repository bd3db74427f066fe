/* SPDX-License-Identifier: MIT */
/* What stands at the cursor of the timeline, in words. */
#include <inttypes.h>
#include <stdlib.h>

#include "profile/unit.h"
#include "ui/pane/timeline.h"

static const char *label(int64_t time, char buffer[UNIT_LABEL_SIZE])
{
	return unit_label(time, "ns", "auto", buffer);
}

static void add_stack(const struct trace *trace, uint32_t stack, struct text *text)
{
	uint32_t length = call_stacks_length(&trace->stacks, stack);

	if (!length)
		text_add_string(text, "no stack");
	for (uint32_t i = 0; i < length; i++)
		text_printf(text, "%s%s", i ? " < " : "at ",
			    trace_text(trace, call_stacks_at(&trace->stacks, stack, i)->function));
	text_add_char(text, '\n');
}

static void add_goroutine(const struct trace *trace, uint32_t goroutine, struct text *text)
{
	const struct trace_goroutine *g;

	if (goroutine >= trace->goroutine_count) {
		text_add_string(text, "the poller, a timer or the runtime");
		return;
	}
	g = &trace->goroutines[goroutine];
	text_printf(text, "G%" PRIu64 " %s", g->id,
		    g->name ? trace_text(trace, g->name) : "(no name)");
}

/* One state of one goroutine or P. */
static void describe_step(const struct timeline *timeline, const struct trace_lane *lane,
			  struct text *text)
{
	char at[UNIT_LABEL_SIZE], length[UNIT_LABEL_SIZE];
	const struct trace *trace = timeline->trace;
	struct lane_step step, next;
	bool has_next;

	if (!trace_lane_find(lane, timeline->at, &step, &has_next, &next)) {
		text_printf(text, "%s: not yet\n", label(timeline->at, at));
		return;
	}
	text_printf(text, "%s: %s for %s", label(step.time, at), timeline_states[step.to],
		    label((has_next ? next.time : trace->duration) - step.time, length));
	if (timeline->mode == TIMELINE_PROCS) {
		text_add_string(text, step.other == NONE ? "\n" : ", ");
		if (step.other != NONE) {
			add_goroutine(trace, step.other, text);
			text_add_char(text, '\n');
		}
		return;
	}
	text_add_char(text, '\n');
	add_stack(trace, step.stack, text);
	if (step.to == LANE_SCHED || (has_next && next.to == LANE_SCHED)) {
		uint32_t waker = step.to == LANE_SCHED ? step.other : next.other;

		text_add_string(text, step.to == LANE_SCHED ? "woken by " : "then woken by ");
		add_goroutine(trace, waker, text);
		text_add_string(text, "; . goes there\n");
	}
}

static void describe_group(const struct timeline *timeline, const struct timeline_row *row,
			   struct text *text)
{
	const struct trace *trace = timeline->trace;
	int64_t before[LANE_STATE_COUNT], behind[LANE_STATE_COUNT],
		width = timeline->to - timeline->from;
	uint32_t lanes[] = {row->number, row->second};
	double shares[LANE_STATE_COUNT] = {0};

	for (int i = 0; i < 2; i++) {
		if (lanes[i] == NONE)
			continue;
		trace_lane_sums(&trace->group_lanes[lanes[i]], timeline->from, before);
		trace_lane_sums(&trace->group_lanes[lanes[i]], timeline->to, behind);
		for (int state = 1; state < LANE_STATE_COUNT; state++)
			shares[state] += (double)(behind[state] - before[state]) / (double)width;
	}
	text_printf(text, "%s, on average:", row->name);
	for (int state = 1; state < LANE_STATE_COUNT; state++)
		if (shares[state] >= 0.005)
			text_printf(text, " %.2f %c", shares[state], timeline_letter(state));
	text_add_string(text, "\nEnter: its goroutines one by one\n");
}

static void describe_task(const struct timeline *timeline, const struct timeline_row *row,
			  struct text *text)
{
	const struct trace_task *task = &timeline->trace->tasks[row->number];
	char start[UNIT_LABEL_SIZE], length[UNIT_LABEL_SIZE];

	text_printf(text, "%s #%" PRIu64 ": from %s on, %s%s\n", row->name, task->id,
		    label(task->start, start), label(llabs(row->weight), length),
		    task->end < 0 ? ", not ended" : "");
	for (int class = 0; class < TRACE_CLASS_COUNT; class ++)
		if (task->spent[class])
			text_printf(text, "%s %s  ", trace_class_names[class],
				    label(task->spent[class], length));
	text_add_string(text, "\nEnter: its time and the goroutine that began it\n");
}

void timeline_details(const struct timeline *timeline, struct text *text, int lines)
{
	const struct trace_lane *lane = timeline_lane(timeline, timeline->selected);
	const struct timeline_row *row = &timeline->rows[timeline->selected];
	int used = 1;

	if (timeline->row_count && lane)
		describe_step(timeline, lane, text);
	else if (timeline->row_count && timeline->mode == TIMELINE_GROUPS)
		describe_group(timeline, row, text);
	else if (timeline->row_count)
		describe_task(timeline, row, text);
	for (size_t i = 0; i < text->length; i++)
		used += text->bytes[i] == '\n';
	for (; used < lines; used++)
		text_add_char(text, '\n');
	text_add_string(text,
			timeline->mode == TIMELINE_PROCS
				? "R runs  G works for the collector  s syscall  w overhead  . idle"
				: "R run r runnable s syscall n net k lock c chan e select z sleep "
				  "g GC w other");
}
