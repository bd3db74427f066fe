/* SPDX-License-Identifier: MIT */
/*
 * The cycles of a log of garbage collections as a table: columns, order,
 * colours at the limits, and the columns over the run as sparklines.
 */
#ifndef UI_PANE_GC_CYCLES_H
#define UI_PANE_GC_CYCLES_H

#include "diagnose/gc_figures.h"
#include "ui/term/canvas.h"
#include "view/view.h"

#define GC_CYCLES_SPARKLINES 5

/* From left to right. */
enum gc_cycles_column {
	CYCLE_NUMBER,
	CYCLE_TIME,
	CYCLE_PAUSE,
	CYCLE_LIVE,
	CYCLE_GOAL,
	CYCLE_CPU,
	CYCLE_RATE,
	CYCLE_FORCED,
	CYCLE_MARK,
	CYCLE_HEAP,
	CYCLE_ASSIST,
	CYCLE_COLUMN_COUNT,
};

struct gc_cycles {
	struct gc_log log; /* of the view; count 0: that is none */
	uint32_t *rows;    /* of the log: what the filters leave, as it is sorted */
	uint32_t count;
	size_t capacity;
	double *series; /* [column][cycle, as they came] */
	enum gc_cycles_column by;
	bool reverse; /* the largest first */
	struct thresholds thresholds;
};

/* Takes the cycles of a view, which must outlive what is done with them, in the present order. */
void gc_cycles_take(struct gc_cycles *cycles, const struct view *view);
void gc_cycles_clear(struct gc_cycles *cycles);

void gc_cycles_sort(struct gc_cycles *cycles, enum gc_cycles_column by, bool reverse);

int64_t gc_cycles_number(const struct gc_cycles *cycles, uint32_t row);

/* The row with this number, in a log of several runs that of the last; NONE: there is none. */
uint32_t gc_cycles_find(const struct gc_cycles *cycles, int64_t number);

/* What a search looks at. */
void gc_cycles_print(const struct gc_cycles *cycles, uint32_t row, char *text, size_t size);

/* All of one cycle in two lines. */
void gc_cycles_describe(const struct gc_cycles *cycles, uint32_t row, struct text *name,
			struct text *numbers);

/* One row high each; the selection is the number of the cycle. */
void gc_cycles_draw(const struct gc_cycles *cycles, struct canvas *canvas, uint32_t row,
		    uint16_t selection);
void gc_cycles_draw_header(const struct gc_cycles *cycles, struct canvas *canvas);

/* GC_CYCLES_SPARKLINES rows. */
void gc_cycles_draw_sparklines(const struct gc_cycles *cycles, struct canvas *canvas);

/* Adds the table as text. */
void gc_cycles_copy(const struct gc_cycles *cycles, struct text *text);

#endif
