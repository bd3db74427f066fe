/* SPDX-License-Identifier: MIT */
/*
 * A log of garbage collections: what changed over the run as sparklines, its
 * figures, then a row for each cycle, and behind them how the log agrees with
 * what the runtime counted, and what is found.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "diagnose/rules/gc.h"
#include "ui/widget/empty_view.h"
#include "ui/pane/gc_cycles.h"
#include "ui/widget/list_pane.h"
#include "ui/widget/page_view.h"
#include "ui/pane/list.h"
#include "ui/term/theme.h"

#define MEBIBYTE 0x1p20
#define FIGURE_ROWS 3
#define LEAST_ROWS 6 /* of cycles, before figures and sparklines have any */
#define PAGE_WIDTH 79
#define TEXT_SIZE 64

struct gc_pane {
	struct list_pane list;
	struct gc_cycles cycles;
	struct gc_figures figures; /* of the last run */
	struct findings findings;  /* of this log alone */
	struct page page;          /* them and the tables, behind the cycles */
	char *text;                /* [TEXT_SIZE], of the row that was asked for last */
};

static struct gc_pane *of(struct pane *pane)
{
	return (struct gc_pane *)pane;
}

/* --- Rows ----------------------------------------------------------------- */

/* The line of the page that a row behind the cycles is. */
static const struct page_line *line_of(const struct gc_pane *gc, uint32_t row)
{
	return row < gc->cycles.count ? NULL : &gc->page.lines[row - gc->cycles.count];
}

static const char *row_text(const struct list_pane *list, uint32_t row)
{
	const struct gc_pane *gc = (const struct gc_pane *)list;
	const struct page_line *line = line_of(gc, row);

	if (line)
		return line->kind == PAGE_BLANK ? NULL : line->text;
	gc_cycles_print(&gc->cycles, row, gc->text, TEXT_SIZE);
	return gc->text;
}

static void draw_row(const struct list_pane *list, struct canvas *canvas, uint32_t row, int left,
		     uint16_t selection)
{
	const struct gc_pane *gc = (const struct gc_pane *)list;
	const struct page_line *line = line_of(gc, row);

	if (line) {
		page_view_draw(line, &gc->findings, canvas, left, selection,
			       list->pane.session->search);
		return;
	}
	canvas_fill(canvas, 0, 0, canvas->columns, STYLE_PLAIN);
	gc_cycles_draw(&gc->cycles, canvas, row, selection);
}

/* --- Picture -------------------------------------------------------------- */

/* The worst finding, and that there are more. */
static void print_worst(const struct findings *findings, struct text *text)
{
	if (!findings->count) {
		text_add_string(text, "nothing here reaches a limit");
		return;
	}
	text_printf(text, "%s: %s", severity_names[findings->items[0].severity],
		    findings->items[0].title);
	if (findings->count > 1)
		text_printf(text, " (and %zu more)", findings->count - 1);
	text_add_string(text, "; ] goes there");
}

static void draw_figures(const struct gc_pane *gc, struct canvas *canvas)
{
	const struct gc_figures *f = &gc->figures;
	struct text text = {0};
	int column;

	canvas_printf(canvas, 0, 0, STYLE_PLAIN,
		      "%u cycles in %.1f s (%.1f/s), %u forced; pauses %.1f ms, p99 %.2f, max %.2f",
		      f->cycles, f->span, f->cycle_rate, f->forced, 1e3 * f->pause_total,
		      1e3 * f->pause_p99, 1e3 * f->pause_max);
	column = canvas_printf(canvas, 1, 0, STYLE_PLAIN,
			       "GC CPU %.1f %%, assists %.0f %% of marking; %.0f MB/s allocated",
			       100 * f->cpu_share, 100 * f->assist_share,
			       f->allocation_rate / MEBIBYTE);
	if (f->effective_gogc > 0)
		canvas_printf(canvas, 1, column, STYLE_PLAIN, "; effective GOGC %.0f",
			      f->effective_gogc);
	print_worst(&gc->findings, &text);
	canvas_fit(canvas, 2, 0, canvas->columns, page_view_severity(findings_worst(&gc->findings)),
		   text_string(&text), text.length);
	text_clear(&text);
}

static void draw_nothing(struct canvas *canvas)
{
	canvas_string(canvas, 1, 2, STYLE_STRONG, "this is no log of garbage collections");
	canvas_string(canvas, 3, 2, STYLE_PLAIN,
		      "run the program with GODEBUG=gctrace=1 and name its standard error;");
	canvas_string(canvas, 4, 2, STYLE_PLAIN, "W lists the files that there are");
}

/* Selects the row of the session's cycle. */
static void follow_cycle(struct gc_pane *gc)
{
	int64_t wanted = gc->list.pane.session->spot.cycle;
	uint32_t row = gc->list.rows.selected;

	if (!wanted || (row < gc->cycles.count && gc_cycles_number(&gc->cycles, row) == wanted))
		return;
	row = gc_cycles_find(&gc->cycles, wanted);
	if (row != NONE)
		rows_centre(&gc->list.rows, row);
}

/* `rows` of what stands above the cycles, if that leaves enough for them. */
static bool take_rows(const struct canvas *canvas, int *row, int rows, struct canvas *part)
{
	if (canvas->rows - *row < rows + LEAST_ROWS)
		return false;
	*part = canvas_part(canvas, *row, 0, rows, canvas->columns);
	*row += rows;
	return true;
}

static void gc_draw(struct pane *pane, struct canvas *canvas, bool focused)
{
	struct gc_pane *gc = of(pane);
	struct canvas part;
	int row = 0;

	if (!gc->cycles.log.count) {
		draw_nothing(canvas);
		return;
	}
	if (!gc->cycles.count) {
		empty_view_draw(pane->session, canvas);
		return;
	}
	follow_cycle(gc);
	if (canvas->rows >= GC_CYCLES_SPARKLINES + FIGURE_ROWS + LEAST_ROWS &&
	    take_rows(canvas, &row, GC_CYCLES_SPARKLINES, &part))
		gc_cycles_draw_sparklines(&gc->cycles, &part);
	if (take_rows(canvas, &row, FIGURE_ROWS, &part))
		draw_figures(gc, &part);
	part = canvas_part(canvas, row, 0, 1, canvas->columns);
	gc_cycles_draw_header(&gc->cycles, &part);
	part = canvas_part(canvas, row + 1, 0, canvas->rows - row - 1, canvas->columns);
	rows_draw(&gc->list.rows, &part, focused);
}

/* --- What it shows -------------------------------------------------------- */

/* The double check with the heap that was given beside the log. */
static void add_checks(struct gc_pane *gc)
{
	const struct session *session = gc->list.pane.session;
	const struct findings *all = &session->diagnosis->findings;
	uint32_t number = session->seen.alone < 0 ? 0 : (uint32_t)session->seen.alone;

	for (size_t i = 0; i < all->table_count; i++)
		if (!strcmp(all->tables[i].name, "gc-check") && all->tables[i].inputs[1] == number)
			page_add_table(&gc->page, &all->tables[i], i);
}

/* Of this log alone, under its filters; the diagnosis of all files says more. */
static void examine(struct gc_pane *gc)
{
	const struct session *session = gc->list.pane.session;
	struct gc_cycles *cycles = &gc->cycles;
	struct subject subject;
	struct error error;
	uint32_t first;

	findings_clear(&gc->findings);
	page_clear(&gc->page);
	if (!thresholds_parse(&cycles->thresholds, session->settings.report.thresholds, &error))
		thresholds_parse(&cycles->thresholds, "", &error);
	if (!cycles->count)
		return;
	first = gc_figures_last_run(&cycles->log);
	gc_figures_build(&cycles->log, first, cycles->log.count - first, &gc->figures);
	subject_init(&subject, "this log", 0, session->shown.view);
	gc_examine(&subject, &cycles->thresholds, &gc->findings);
	subject_clear(&subject);
	findings_sort(&gc->findings);
	add_checks(gc);
	for (size_t i = 0; i < gc->findings.count; i++)
		page_add_finding(&gc->page, &gc->findings, i, PAGE_WIDTH, PAGE_WIDTH, NULL, 0);
	for (size_t i = 0; i < gc->findings.table_count; i++)
		page_add_table(&gc->page, &gc->findings.tables[i], i);
}

static uint32_t build(struct list_pane *list)
{
	struct gc_pane *gc = (struct gc_pane *)list;

	gc_cycles_take(&gc->cycles, list->pane.session->shown.view);
	examine(gc);
	return gc->cycles.count + (uint32_t)gc->page.count;
}

/* --- Keys ----------------------------------------------------------------- */

static void take_selection(struct list_pane *list)
{
	struct gc_pane *gc = (struct gc_pane *)list;
	uint32_t row = gc->list.rows.selected;

	session_select_cycle(gc->list.pane.session,
			     row < gc->cycles.count ? gc_cycles_number(&gc->cycles, row) : 0);
}

/* On a finding that is about one cycle. */
static void go_to_cycle(struct gc_pane *gc)
{
	const struct page_line *line =
		gc->list.rows.selected == NONE ? NULL : line_of(gc, gc->list.rows.selected);
	bool found = line && line->kind >= PAGE_TITLE && line->kind <= PAGE_ADVICE;
	const struct finding *finding = found ? &gc->findings.items[line->index] : NULL;

	if (!finding || !finding->jump_count || finding->jumps[0].kind != JUMP_CYCLE) {
		session_message(gc->list.pane.session,
				finding ? "this is about all cycles"
					: "a finding behind the cycles leads "
					  "to its cycle; ] goes there");
		return;
	}
	session_select_cycle(gc->list.pane.session, strtoll(finding->jumps[0].text, NULL, 10));
	follow_cycle(gc);
}

static void sort_by(struct gc_pane *gc, enum gc_cycles_column column, bool reverse)
{
	gc_cycles_sort(&gc->cycles, column, reverse);
	rows_search(&gc->list.rows, gc->list.pane.session->search);
	/* The same cycle if one was chosen, else the first. */
	if (gc->list.pane.session->spot.cycle)
		follow_cycle(gc);
	else
		rows_move_to(&gc->list.rows, 0);
}

static struct pane_result gc_handle(struct pane *pane, const struct pane_input *input)
{
	struct gc_pane *gc = of(pane);
	enum gc_cycles_column next = (gc->cycles.by + 1) % CYCLE_COLUMN_COUNT;

	switch (input->command) {
	case COMMAND_ENTER:
		go_to_cycle(gc);
		return pane_done;
	case COMMAND_SORT:
		/* The largest first, but cycles as they came. */
		sort_by(gc, next, next > CYCLE_TIME);
		return pane_done;
	case COMMAND_INVERT:
		sort_by(gc, gc->cycles.by, !gc->cycles.reverse);
		return pane_done;
	case COMMAND_NEXT_HOT:
	case COMMAND_PREVIOUS_HOT:
		if (!page_view_step(&gc->page, gc->cycles.count, &gc->list.rows,
				    input->command == COMMAND_NEXT_HOT ? 1 : -1))
			session_message(pane->session, "no further one in this direction");
		take_selection(&gc->list);
		return pane_done;
	default:
		return pane_ignored;
	}
}

static void gc_describe(struct pane *pane, struct text *name, struct text *numbers)
{
	const struct gc_pane *gc = of(pane);
	uint32_t row = gc->list.rows.selected;

	if (row == NONE)
		return;
	if (row < gc->cycles.count)
		gc_cycles_describe(&gc->cycles, row, name, numbers);
	else
		text_add_string(name, line_of(gc, row)->text + strspn(line_of(gc, row)->text, " "));
}

/* The cycles as they are sorted, then what is found. */
static void gc_copy(struct pane *pane, struct text *text)
{
	const struct gc_pane *gc = of(pane);

	gc_cycles_copy(&gc->cycles, text);
	for (size_t i = 0; i < gc->page.count; i++)
		text_printf(text, "%s\n", gc->page.lines[i].text);
}

/* --- The kind ------------------------------------------------------------- */

static void init(struct list_pane *list)
{
	((struct gc_pane *)list)->text = alloc_zero(1, TEXT_SIZE);
}

static void clear(struct list_pane *list)
{
	struct gc_pane *gc = (struct gc_pane *)list;

	gc_cycles_clear(&gc->cycles);
	findings_clear(&gc->findings);
	page_clear(&gc->page);
	free(gc->text);
}

static const struct list_kind list = {
	.size = sizeof(struct gc_pane),
	.init = init,
	.clear = clear,
	.build = build,
	.row_text = row_text,
	.draw_row = draw_row,
	.moved = take_selection,
	.whole = true,
};

const struct pane_kind pane_gc = {
	.name = "gc",
	.title = "Collections",
	.about = "The cycles of a log of the garbage collector, with curves over the run on top;\n"
		 "! marks what is beyond a limit. Behind the cycles stands what is found.\n",
	.groups = "list gc",
	.hints = "sort:sort invert:invert next-finding:findings diagnosis:diagnosis search:search "
		 "top-pane:top keys:help prompt:command",
	.side = SIDE_LEFT,
	.alone = true,
	.needs = PART_TABLE | PART_DIAGNOSIS,
	.list = &list,
	.draw = gc_draw,
	.handle = gc_handle,
	.describe = gc_describe,
	.copy = gc_copy,
};
