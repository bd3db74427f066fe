/* SPDX-License-Identifier: MIT */
/*
 * The timeline of an execution trace: which lanes there are, what part of time
 * is shown, and where the cursor stands. Of ui/pane/timeline*.c alone.
 */
#ifndef UI_PANE_TIMELINE_H
#define UI_PANE_TIMELINE_H

#include "profile/trace.h"
#include "ui/widget/pane.h"

enum timeline_mode {
	TIMELINE_GROUPS,     /* goroutines by their first function */
	TIMELINE_GOROUTINES, /* each by itself, of one group or all */
	TIMELINE_PROCS,
	TIMELINE_TASKS, /* the slowest first */
	TIMELINE_MODE_COUNT,
};

extern const char *const timeline_mode_names[TIMELINE_MODE_COUNT];

struct timeline_row {
	const char *name;
	uint32_t number; /* of the goroutine, P or task; of the first lane of a group */
	uint32_t second; /* of a group: its other lane; NONE */
	int64_t weight;  /* rows come in the order of it */
};

struct timeline {
	struct pane pane;
	const struct trace *trace; /* of the session's profile; NULL: there are no lanes */
	uint32_t generation;       /* of the session that the rows are of */
	enum timeline_mode mode;
	string_id group; /* whose goroutines are shown; NONE: all */
	struct timeline_row *rows;
	size_t row_count, row_capacity;
	size_t selected, top;        /* rows */
	int64_t from, to;            /* what is visible, in nanoseconds of the trace */
	int64_t at;                  /* the cursor */
	int64_t mark;                /* the other end of a range; -1: none */
	int lane_rows, lane_columns; /* that were drawn last */
};

/* Makes the rows of the mode. */
void timeline_build(struct timeline *timeline);

/* Selects the row of a goroutine, in the mode that has it. */
void timeline_select_goroutine(struct timeline *timeline, uint32_t goroutine);

/* The lane of a row that shows single steps, which groups and tasks have none of; NULL. */
const struct trace_lane *timeline_lane(const struct timeline *timeline, size_t row);

/* The moment at the left edge of a column. */
int64_t timeline_time(const struct timeline *timeline, int column);

/* The letter of a state: what the lanes show, and the legend. */
char timeline_letter(int state);
uint16_t timeline_style(int state);
extern const char *const timeline_states[LANE_STATE_COUNT];

void timeline_draw(struct pane *pane, struct canvas *canvas, bool focused);

/* What is at the cursor, in words; up to `lines` lines. */
void timeline_details(const struct timeline *timeline, struct text *text, int lines);

#endif
