/* SPDX-License-Identifier: MIT */
#include "ui/pane/gc_cycles.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "ui/widget/page_view.h"
#include "ui/term/sparkline.h"
#include "ui/widget/text_table.h"
#include "ui/term/theme.h"

#define MEBIBYTE 0x1p20
#define LABEL_COLUMNS 11  /* in front of a sparkline */
#define EXTENT_COLUMNS 22 /* behind it */
#define CELL_SIZE 64

static const struct {
	const char *title;
	int columns;
	const char *format;    /* of its number; NULL: "forced" or nothing */
	const char *sparkline; /* its name in front of one; NULL: it has none */
	const char *unit;
} forms[CYCLE_COLUMN_COUNT] = {
	[CYCLE_NUMBER] = {"cycle", 7, "%.0f", NULL, ""},
	[CYCLE_TIME] = {"time s", 10, "%.3f", NULL, ""},
	[CYCLE_PAUSE] = {"pause ms", 11, "%.3f", "pause", "ms"},
	[CYCLE_LIVE] = {"live MB", 9, "%.0f", "live heap", "MB"},
	[CYCLE_GOAL] = {"goal MB", 9, "%.0f", "goal", "MB"},
	[CYCLE_CPU] = {"GC CPU%", 9, "%.1f", "GC CPU", "%"},
	[CYCLE_RATE] = {"alloc MB/s", 12, "%.1f", "allocation", "MB/s"},
	[CYCLE_FORCED] = {"forced", 8, NULL, NULL, ""},
	[CYCLE_MARK] = {"mark ms", 10, "%.2f", NULL, ""},
	[CYCLE_HEAP] = {"heap MB", 9, "%.0f", NULL, ""},
	[CYCLE_ASSIST] = {"assist%", 9, "%.0f", NULL, ""},
};

static double number_of(const struct gc_cycle *cycle, enum gc_cycles_column column)
{
	const double numbers[CYCLE_COLUMN_COUNT] = {
		[CYCLE_NUMBER] = (double)cycle->number,
		[CYCLE_TIME] = cycle->start,
		[CYCLE_PAUSE] = 1e3 * cycle->pause,
		[CYCLE_LIVE] = cycle->live / MEBIBYTE,
		[CYCLE_GOAL] = cycle->goal / MEBIBYTE,
		[CYCLE_CPU] = 100 * cycle->cpu_share,
		[CYCLE_RATE] = cycle->allocation_rate / MEBIBYTE,
		[CYCLE_FORCED] = cycle->forced,
		[CYCLE_MARK] = 1e3 * cycle->mark,
		[CYCLE_HEAP] = cycle->heap_end / MEBIBYTE,
		[CYCLE_ASSIST] = 100 * cycle->assist_share,
	};

	return numbers[column];
}

static void build(const struct gc_cycles *cycles, uint32_t row, struct gc_cycle *cycle)
{
	gc_cycle_build(&cycles->log, cycles->rows[row], cycle);
}

/* --- Order ---------------------------------------------------------------- */

static int compare(const void *a, const void *b, void *argument)
{
	const struct gc_cycles *cycles = argument;
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
	struct gc_cycle x, y;
	double first, second;
	int order;

	gc_cycle_build(&cycles->log, left, &x);
	gc_cycle_build(&cycles->log, right, &y);
	first = number_of(&x, cycles->by);
	second = number_of(&y, cycles->by);
	/* What is not known stands last, whichever way. */
	if (isnan(first) || isnan(second))
		order = isnan(first) - isnan(second);
	else
		order = cycles->reverse ? (first < second) - (first > second)
					: (first > second) - (first < second);
	return order ? order : (left > right) - (left < right);
}

void gc_cycles_sort(struct gc_cycles *cycles, enum gc_cycles_column by, bool reverse)
{
	cycles->by = by;
	cycles->reverse = reverse;
	if (cycles->count > 1)
		qsort_r(cycles->rows, cycles->count, sizeof(*cycles->rows), compare, cycles);
}

void gc_cycles_take(struct gc_cycles *cycles, const struct view *view)
{
	struct gc_cycle cycle;
	struct path path;

	cycles->count = cycles->log.count = 0;
	if (!gc_log_find(view->profile, &cycles->log))
		return;
	array_reserve(cycles->rows, cycles->capacity, cycles->log.count);
	for (uint32_t i = 0; i < cycles->log.count; i++)
		if (view_path(view, i, &path))
			cycles->rows[cycles->count++] = i;
	cycles->series =
		alloc_resize(cycles->series, (size_t)cycles->count * CYCLE_COLUMN_COUNT + 1,
			     sizeof(*cycles->series));
	for (uint32_t i = 0; i < cycles->count; i++) {
		build(cycles, i, &cycle);
		for (int column = 0; column < CYCLE_COLUMN_COUNT; column++)
			cycles->series[(size_t)column * cycles->count + i] =
				number_of(&cycle, (enum gc_cycles_column)column);
	}
	gc_cycles_sort(cycles, cycles->by, cycles->reverse);
}

void gc_cycles_clear(struct gc_cycles *cycles)
{
	free(cycles->rows);
	free(cycles->series);
}

int64_t gc_cycles_number(const struct gc_cycles *cycles, uint32_t row)
{
	return cycles->log.columns[GC_NUMBER][cycles->rows[row]];
}

uint32_t gc_cycles_find(const struct gc_cycles *cycles, int64_t number)
{
	uint32_t found = NONE;

	for (uint32_t i = 0; i < cycles->count; i++)
		if (gc_cycles_number(cycles, i) == number &&
		    (found == NONE || cycles->rows[i] > cycles->rows[found]))
			found = i;
	return found;
}

/* --- Text ----------------------------------------------------------------- */

static void print_cell(const struct gc_cycle *cycle, enum gc_cycles_column column,
		       char text[CELL_SIZE])
{
	double number = number_of(cycle, column);

	if (!forms[column].format)
		snprintf(text, CELL_SIZE, "%s", cycle->forced ? "forced" : "");
	else if (isnan(number))
		snprintf(text, CELL_SIZE, "-");
	else
		snprintf(text, CELL_SIZE, forms[column].format, number);
}

void gc_cycles_print(const struct gc_cycles *cycles, uint32_t row, char *text, size_t size)
{
	struct gc_cycle cycle;

	build(cycles, row, &cycle);
	snprintf(text, size, "%lld %.3f%s", (long long)cycle.number, cycle.start,
		 cycle.forced ? " forced" : "");
}

static double milliseconds(const struct gc_cycles *cycles, uint32_t row, enum gc_column column)
{
	return (double)cycles->log.columns[column][cycles->rows[row]] / 1e6;
}

void gc_cycles_describe(const struct gc_cycles *cycles, uint32_t row, struct text *name,
			struct text *numbers)
{
	struct gc_cycle cycle;

	build(cycles, row, &cycle);
	text_printf(name,
		    "cycle %lld at %.3f s%s: stopped %.3f ms, marked %.2f ms, stopped %.3f ms",
		    (long long)cycle.number, cycle.start, cycle.forced ? ", forced" : "",
		    milliseconds(cycles, row, GC_SWEEP_TERMINATION), 1e3 * cycle.mark,
		    milliseconds(cycles, row, GC_MARK_TERMINATION));
	text_printf(numbers,
		    "heap %.0f -> %.0f -> %.0f MB, goal %.0f; CPU ms: assists %.1f, "
		    "background %.1f, idle %.1f",
		    cycle.heap_start / MEBIBYTE, cycle.heap_end / MEBIBYTE, cycle.live / MEBIBYTE,
		    cycle.goal / MEBIBYTE, milliseconds(cycles, row, GC_ASSIST_CPU),
		    milliseconds(cycles, row, GC_BACKGROUND_CPU),
		    milliseconds(cycles, row, GC_IDLE_CPU));
}

void gc_cycles_copy(const struct gc_cycles *cycles, struct text *text)
{
	struct gc_cycle cycle;
	char cell[CELL_SIZE];

	for (int column = 0; column < CYCLE_COLUMN_COUNT; column++)
		text_printf(text, "%*s", forms[column].columns, forms[column].title);
	text_add_char(text, '\n');
	for (uint32_t i = 0; i < cycles->count; i++) {
		build(cycles, i, &cycle);
		for (int column = 0; column < CYCLE_COLUMN_COUNT; column++) {
			print_cell(&cycle, (enum gc_cycles_column)column, cell);
			text_printf(text, "%*s", forms[column].columns, cell);
		}
		text_add_char(text, '\n');
	}
}

/* --- Picture -------------------------------------------------------------- */

static enum severity level_of(const struct gc_cycle_levels *levels, enum gc_cycles_column column)
{
	switch (column) {
	case CYCLE_PAUSE:
		return levels->pause;
	case CYCLE_LIVE:
		return levels->live;
	case CYCLE_GOAL:
		return levels->goal;
	case CYCLE_CPU:
		return levels->cpu;
	default:
		return SEVERITY_UNKNOWN;
	}
}

void gc_cycles_draw(const struct gc_cycles *cycles, struct canvas *canvas, uint32_t row,
		    uint16_t selection)
{
	/* Behind a number that is beyond a limit, so that it shows without colours too. */
	static const char *const marks[SEVERITY_COUNT] = {"", "", "!", "!!"};
	struct gc_cycle_levels levels;
	struct gc_cycle cycle;
	char text[CELL_SIZE];
	int at = 0;

	build(cycles, row, &cycle);
	gc_cycle_judge(&cycles->log, cycles->rows[row], &cycles->thresholds, &levels);
	for (int i = 0; i < CYCLE_COLUMN_COUNT; i++) {
		enum gc_cycles_column column = (enum gc_cycles_column)i;
		enum severity level = level_of(&levels, column);
		uint16_t style =
			level == SEVERITY_UNKNOWN ? STYLE_PLAIN : page_view_severity(level);

		at += forms[column].columns;
		if (at > canvas->columns)
			break;
		print_cell(&cycle, column, text);
		table_number(canvas, at - 1, style | (column == CYCLE_NUMBER ? selection : 0),
			     text);
		canvas_string(canvas, 0, at - 1, style, marks[level]);
	}
}

void gc_cycles_draw_header(const struct gc_cycles *cycles, struct canvas *canvas)
{
	int at = 0;

	canvas_fill(canvas, 0, 0, canvas->columns, STYLE_HEADER);
	for (int column = 0; column < CYCLE_COLUMN_COUNT; column++) {
		at += forms[column].columns;
		if (at > canvas->columns)
			break;
		table_number(canvas, at - 1, STYLE_HEADER, forms[column].title);
		if (column == (int)cycles->by)
			canvas_glyph(canvas, 0, at - 2 - (int)strlen(forms[column].title), 1,
				     STYLE_HEADER, cycles->reverse ? GLYPH_DOWN : GLYPH_UP);
	}
}

/* Three digits that count, but no power of ten. */
static void print_number(struct text *text, double number)
{
	text_printf(text, number >= 100 ? "%.0f" : "%.3g", number);
}

/* "0.11 .. 4.9 ms" of what a sparkline shows. */
static void print_extent(const double *numbers, size_t count, const char *unit, struct text *text)
{
	double least = NAN, most = NAN;

	for (size_t i = 0; i < count; i++) {
		if (isnan(numbers[i]))
			continue;
		least = numbers[i] >= least ? least : numbers[i];
		most = numbers[i] <= most ? most : numbers[i];
	}
	if (isnan(most)) {
		text_add_char(text, '-');
		return;
	}
	print_number(text, least);
	text_add_string(text, " .. ");
	print_number(text, most);
	text_printf(text, " %s", unit);
}

void gc_cycles_draw_sparklines(const struct gc_cycles *cycles, struct canvas *canvas)
{
	struct text extent = {0};
	int row = 0;

	for (int column = 0; column < CYCLE_COLUMN_COUNT; column++) {
		const double *numbers = &cycles->series[(size_t)column * cycles->count];

		if (!forms[column].sparkline)
			continue;
		text_reset(&extent);
		print_extent(numbers, cycles->count, forms[column].unit, &extent);
		canvas_string(canvas, row, 0, STYLE_PLAIN, forms[column].sparkline);
		sparkline_draw(canvas, row, LABEL_COLUMNS,
			       canvas->columns - LABEL_COLUMNS - EXTENT_COLUMNS, STYLE_BAR_CUM,
			       numbers, cycles->count);
		canvas_text(canvas, row++, canvas->columns - (int)extent.length, STYLE_PLAIN,
			    extent.bytes, extent.length);
	}
	text_clear(&extent);
}
