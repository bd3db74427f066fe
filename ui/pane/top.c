/* SPDX-License-Identifier: MIT */
/* Functions by weight: the table of the top report, all rows of it, with a bar of the share. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/wrap.h"
#include "ui/term/bar.h"
#include "ui/session/class_group.h"
#include "ui/store/columns.h"
#include "ui/term/symbol_name.h"
#include "ui/pane/list.h"
#include "ui/widget/rows.h"
#include "ui/widget/text_table.h"

#define NAME_LEAST 8    /* with columns of one's own choice */
#define NAME_COLUMNS 28 /* columns of numbers give way before the name has less than this */
#define VALUE_LONG 16
#define BAR_LEAST 8
#define BAR_SHORT 4 /* rather than none */
#define BAR_MOST 24

/* When the pane is narrow columns with a high rank go first. */
static const struct {
	const char *title;
	int rank;
} columns[COLUMN_COUNT] = {
	[COLUMN_FLAT] = {"flat", 1},      [COLUMN_FLAT_SHARE] = {"flat%", 4},
	[COLUMN_SUM_SHARE] = {"sum%", 6}, [COLUMN_CUM] = {"cum", 2},
	[COLUMN_CUM_SHARE] = {"cum%", 3}, [COLUMN_BAR] = {"", 7},
	[COLUMN_CLASS] = {"", 5},
};

struct top {
	struct pane pane;
	enum function_order order;
	bool reverse;
	bool cum;             /* what the option sort was when the order was taken from it */
	struct pattern *kept; /* only rows that match; NULL: all */
	uint32_t *shown;      /* rows of the table, in its order */
	size_t shown_capacity;
	int64_t *sums; /* of flat up to and with each shown row */
	size_t sums_capacity;
	struct rows rows;
	int value_columns, share_columns, sum_columns;
	bool classes; /* the rows are classes: what they cost is all below them */
};

static struct top *of(struct pane *pane)
{
	return (struct top *)pane;
}

static const struct function_row *table_row(const struct top *top, uint32_t row)
{
	return &top->pane.session->shown.table->rows[top->shown[row]];
}

static int column_width(const struct top *top, enum column column, int all)
{
	switch (column) {
	case COLUMN_FLAT:
	case COLUMN_CUM:
		return top->value_columns + 1;
	case COLUMN_BAR:
		return 1 + (all < 110 ? BAR_LEAST : all < 190 ? BAR_LEAST + all / 20 : BAR_MOST);
	case COLUMN_CLASS:
		return 2;
	case COLUMN_SUM_SHARE:
		return top->sum_columns + 1;
	default:
		return top->share_columns + 1;
	}
}

/* Those that somebody chose, as far as they leave some room for the name. */
static int measure_chosen(const struct top *top, const struct columns *chosen, int all,
			  struct columns *wanted)
{
	int used = 0;

	for (int i = 0; i < chosen->count; i++) {
		enum column column = chosen->list[i].column;
		int least = column_width(top, column, all), cells = chosen->list[i].cells;

		/* A number is never cut. */
		if (cells < least && column != COLUMN_BAR)
			cells = least;
		cells = cells ? cells : least;
		if (used + cells + 1 + NAME_LEAST > all)
			break;
		wanted->list[wanted->count].column = column;
		wanted->list[wanted->count++].cells = cells;
		used += cells;
	}
	return used + 1;
}

/* What is left for names: lines and addresses have more to tell, less where numbers are long. */
static int name_columns(const struct top *top)
{
	enum granularity granularity = top->pane.session->shown.view->spec.granularity;

	if (top->value_columns > VALUE_LONG)
		return NAME_COLUMNS / 2;
	return granularity == GRANULARITY_LINES || granularity == GRANULARITY_ADDRESSES
		       ? NAME_COLUMNS + 8
		       : NAME_COLUMNS;
}

/* The columns for a pane of `all` cells; returns where the name starts. */
static int measure(const struct top *top, int all, struct columns *wanted)
{
	const struct columns *chosen = top->pane.session->columns;
	int cells[COLUMN_COUNT] = {0}, used = 0;

	wanted->count = 0;
	if (chosen && chosen->count)
		return measure_chosen(top, chosen, all, wanted);
	for (int rank = 1; rank <= COLUMN_COUNT; rank++) {
		int column = 0, width, room = all - used - 1 - name_columns(top);

		while (columns[column].rank != rank)
			column++;
		width = column_width(top, (enum column)column, all);
		if (column == COLUMN_BAR && width > room && room > BAR_SHORT)
			width = room;
		if (width > room && rank > 1)
			break; /* no room for any other */
		used += cells[column] = width;
	}
	for (int i = 0; i < COLUMN_COUNT; i++) {
		if (!cells[i])
			continue;
		wanted->list[wanted->count].column = (enum column)i;
		wanted->list[wanted->count++].cells = cells[i];
	}
	return used + 1;
}

static const char *row_text(const void *owner, uint32_t row)
{
	const struct top *top = owner;

	return top->pane.session->shown.view->node_names[table_row(top, row)->node];
}

static void draw_column(const struct top *top, struct canvas *line, enum column column, int at,
			int cells, uint32_t row)
{
	const struct session *session = top->pane.session;
	const struct view *view = session->shown.view;
	const struct function_row *data = table_row(top, row);
	int64_t cum = function_row_cum(data), flat = top->classes ? cum : function_row_flat(data);
	char letter;
	uint16_t class;

	switch (column) {
	case COLUMN_FLAT:
	case COLUMN_CUM:
		table_amount(session, &session->format, line, at, STYLE_PLAIN,
			     column == COLUMN_FLAT ? flat : cum);
		break;
	case COLUMN_BAR:
		bar_draw(line, 0, at - cells + 1, cells - 1, table_share(flat, view->total),
			 table_share(cum, view->total));
		break;
	case COLUMN_CLASS:
		class = theme_class(name_class(view->node_names[data->node]), &letter);
		canvas_text(line, 0, at - 1, class, &letter, 1);
		break;
	default:
		table_percent(session, line, at, STYLE_PLAIN,
			      column == COLUMN_FLAT_SHARE  ? flat
			      : column == COLUMN_SUM_SHARE ? top->sums[row]
							   : cum,
			      view->total);
	}
}

static void draw_row(const void *owner, struct canvas *line, uint32_t row, int left, uint16_t flags)
{
	const struct top *top = owner;
	const struct session *session = top->pane.session;
	node_id node = table_row(top, row)->node;
	struct columns wanted;
	int at = 0, name = measure(top, line->columns, &wanted);

	canvas_fill(line, 0, 0, line->columns, STYLE_PLAIN);
	for (int i = 0; i < wanted.count; i++) {
		at += wanted.list[i].cells;
		draw_column(top, line, wanted.list[i].column, at, wanted.list[i].cells, row);
	}
	table_name(session, line, name, left, flags, node,
		   session->shown.graph ? call_graph_inline_label(session->shown.graph, node) : "");
}

static const struct rows_source source = {row_text, draw_row};

static void draw_header(const struct top *top, struct canvas *canvas)
{
	static const char *const rows_are[] = {
		[GRANULARITY_FUNCTIONS] = "function",
		[GRANULARITY_FILEFUNCTIONS] = "function and file",
		[GRANULARITY_FILES] = "file",
		[GRANULARITY_LINES] = "line",
		[GRANULARITY_ADDRESSES] = "address",
	};
	static const enum column sorted[] = {
		[ORDER_FLAT] = COLUMN_FLAT, [ORDER_CUM] = COLUMN_CUM, [ORDER_NAME] = COLUMN_COUNT};
	struct columns wanted;
	char count[64];
	int at = 0, name = measure(top, canvas->columns, &wanted);

	canvas_fill(canvas, 0, 0, canvas->columns, STYLE_HEADER);
	for (int i = 0; i < wanted.count; i++) {
		const char *title = columns[wanted.list[i].column].title;

		at += wanted.list[i].cells;
		table_number(canvas, at, STYLE_HEADER, title);
		if (sorted[top->order] == wanted.list[i].column)
			canvas_glyph(canvas, 0, at - (int)strlen(title) - 1, 1, STYLE_HEADER,
				     top->reverse ? GLYPH_UP : GLYPH_DOWN);
	}
	at = canvas_string(
		canvas, 0, name, STYLE_HEADER,
		top->classes ? "class" : rows_are[top->pane.session->shown.view->spec.granularity]);
	if (top->order == ORDER_NAME)
		canvas_glyph(canvas, 0, at, 1, STYLE_HEADER, top->reverse ? GLYPH_UP : GLYPH_DOWN);
	snprintf(count, sizeof(count), "%u of %u", top->rows.count,
		 top->classes ? top->rows.count : top->pane.session->shown.table->row_count);
	if (at + 2 + (int)strlen(count) <= canvas->columns)
		table_number(canvas, canvas->columns, STYLE_HEADER, count);
}

static bool row_is_kept(const struct top *top, uint32_t row)
{
	const struct derived *shown = &top->pane.session->shown;
	const char *name = shown->view->node_names[shown->table->rows[row].node];

	/* By class either the classes are listed or what one of them has. */
	if (shown->view->spec.by_class && class_group_has(name) != top->classes)
		return false;
	return !top->kept || pattern_matches(top->kept, name, strlen(name));
}

/* Selects the row of the session's node; false if it has none here. */
static bool select_node(struct top *top, node_id node)
{
	const struct function_table *table = top->pane.session->shown.table;
	uint32_t row = node == NONE ? NONE : table->row_of_node[node];

	for (uint32_t i = 0; row != NONE && i < top->rows.count; i++) {
		if (top->shown[i] == row) {
			rows_select(&top->rows, i);
			return true;
		}
	}
	return false;
}

static void take_selection(struct top *top)
{
	if (top->rows.selected != NONE)
		session_select_node(top->pane.session, table_row(top, top->rows.selected)->node);
}

static int compare_rows(const void *a, const void *b, void *argument)
{
	const struct top *top = argument;
	const struct derived *shown = &top->pane.session->shown;
	enum function_order by = top->classes && top->order == ORDER_FLAT ? ORDER_CUM : top->order;
	int order = function_row_compare(shown->view, &shown->table->rows[*(const uint32_t *)a],
					 &shown->table->rows[*(const uint32_t *)b], by);

	return top->reverse ? -order : order;
}

/* Lists the rows anew, in their order. The table itself stays: a job may be reading it. */
static void arrange(struct top *top)
{
	struct session *session = top->pane.session;
	const struct function_table *table = session->shown.table;
	const struct view_spec *spec = &session->shown.view->spec;
	uint32_t count = table->row_count, kept = 0;
	struct table_span span;
	int64_t sum = 0;

	top->classes = spec->by_class && !class_group_is_open(spec);
	array_reserve(top->shown, top->shown_capacity, count);
	array_reserve(top->sums, top->sums_capacity, count);
	for (uint32_t i = 0; i < count; i++)
		top->shown[i] = i;
	if (count > 1 && (top->order != ORDER_FLAT || top->reverse || top->classes))
		qsort_r(top->shown, count, sizeof(*top->shown), compare_rows, top);
	if (session->top_rows && count > session->top_rows)
		count = session->top_rows;
	for (uint32_t i = 0; i < count; i++) {
		const struct function_row *row = &table->rows[top->shown[i]];
		bool is_kept = row_is_kept(top, top->shown[i]);

		if (!top->classes)
			sum = wrap_add(sum, function_row_flat(row));
		else if (is_kept)
			sum = wrap_add(sum, function_row_cum(row));
		if (!is_kept)
			continue;
		top->sums[kept] = sum;
		top->shown[kept++] = top->shown[i];
	}
	table_span_init(&span, session);
	top->value_columns = table_value_columns(session, &span);
	top->share_columns = table_share_columns(session, &span);
	for (uint32_t i = 0; i < kept; i++)
		table_span_add(&span, top->sums[i]);
	top->sum_columns = table_share_columns(session, &span);
	rows_set_count(&top->rows, kept);
	rows_search(&top->rows, session->search);
	if (!select_node(top, session->spot.node)) {
		rows_select(&top->rows, 0);
		if (session->spot.node == NONE && kept)
			session_select_node(session, table_row(top, 0)->node);
	}
}

static void take_order(struct top *top, bool cum)
{
	top->order = cum ? ORDER_CUM : ORDER_FLAT;
	top->reverse = false;
}

static struct pane *top_open(struct session *session)
{
	struct top *top = alloc_zero(1, sizeof(*top));

	top->pane = (struct pane){.kind = &pane_top, .session = session};
	top->cum = session->settings.report.cum;
	take_order(top, top->cum);
	rows_init(&top->rows, &source, top);
	return &top->pane;
}

static void top_close(struct pane *pane)
{
	struct top *top = of(pane);

	rows_clear(&top->rows);
	pattern_free(top->kept);
	free(top->shown);
	free(top->sums);
	free(top);
}

static void top_refresh(struct pane *pane)
{
	struct top *top = of(pane);

	/* Keys change the order until the option does. */
	if (top->cum != pane->session->settings.report.cum) {
		top->cum = pane->session->settings.report.cum;
		take_order(top, top->cum);
	}
	arrange(top);
}

static void top_follow(struct pane *pane)
{
	struct top *top = of(pane);
	node_id node = pane->session->spot.node;

	if (top->rows.selected == NONE || table_row(top, top->rows.selected)->node != node)
		select_node(top, node);
}

static void top_draw(struct pane *pane, struct canvas *canvas, bool focused)
{
	struct top *top = of(pane);
	node_id node = pane->session->spot.node;
	struct canvas body = canvas_part(canvas, 1, 0, canvas->rows - 1, canvas->columns);

	if (!pane->session->shown.table->row_count) {
		pane_draw_empty(pane, canvas);
		return;
	}
	if (top->rows.selected == NONE || table_row(top, top->rows.selected)->node != node)
		if (!select_node(top, node) && focused)
			take_selection(top);
	draw_header(top, canvas);
	rows_draw(&top->rows, &body, focused);
	if (!top->rows.count)
		canvas_string(&body, 0, 1, STYLE_MUTED, ROWS_NONE_KEPT);
}

static void open_peek(struct pane *pane)
{
	pane->session->spot.centre = pane->session->spot.node;
	pane->opens = "peek";
}

/* What it costs in functions. */
static void open_class(struct top *top)
{
	struct pane *pane = &top->pane;

	if (top->rows.selected == NONE)
		return;
	pane->wants = alloc(sizeof(*pane->wants));
	view_spec_copy(pane->wants, &pane->session->settings.view);
	class_group_open(pane->wants, row_text(top, top->rows.selected));
}

static bool top_handle(struct pane *pane, enum command_id command)
{
	struct top *top = of(pane);

	top->rows.pointed = pane->point_row;
	switch (command) {
	case COMMAND_ENTER:
		if (top->classes)
			open_class(top);
		else
			open_peek(pane);
		return true;
	case COMMAND_SORT:
		top->order = top->order == ORDER_NAME ? ORDER_FLAT : top->order + 1;
		top->reverse = false;
		arrange(top);
		return true;
	case COMMAND_INVERT:
		top->reverse = !top->reverse;
		arrange(top);
		return true;
	default:
		if (!rows_handle(&top->rows, command))
			return false;
		take_selection(top);
		return true;
	}
}

static void top_search(struct pane *pane)
{
	rows_search(&of(pane)->rows, pane->session->search);
}

static bool top_seek(struct pane *pane, int direction, bool here)
{
	if (!rows_seek(&of(pane)->rows, direction, here))
		return false;
	take_selection(of(pane));
	return true;
}

static void top_matches(struct pane *pane, uint32_t *number, uint32_t *count)
{
	*number = rows_match_number(&of(pane)->rows);
	*count = of(pane)->rows.match_count;
}

void top_sort(struct pane *pane, bool cum)
{
	take_order(of(pane), cum);
	arrange(of(pane));
}

void top_keep(struct pane *pane, struct pattern *pattern)
{
	struct top *top = of(pane);

	pane->keeps = pattern != NULL;
	pattern_free(top->kept);
	top->kept = pattern;
	arrange(top);
}

static void top_arrange(const struct pane *pane, struct report_options *wanted)
{
	const struct top *top = (const struct top *)pane;

	wanted->cum = top->order == ORDER_CUM;
	wanted->trim = pane->session->top_rows > 0;
	wanted->node_count = (int32_t)pane->session->top_rows;
	wanted->node_fraction = 0;
}

const struct pane_kind pane_top = {
	.name = "top",
	.title = "Top",
	.about = "A row is a function. flat is what it costs itself, cum with all that it calls;\n"
		 "% is of the total in the first line, sum% adds up the rows so far. The bar is\n"
		 "flat inside cum. A letter tells a class: G garbage collection, A allocation, L\n"
		 "locks, S system calls, R the rest of the runtime. Enter: who calls it, what it\n"
		 "calls.\n",
	.groups = "list top",
	.hints =
		"peek-at:callers source-pane:source icicle-pane:icicle search:search focus-selected:focus next-type:type "
		"keys:help prompt:command",
	.side = SIDE_LEFT,
	.needs = PART_TABLE,
	.report = "top",
	.arrange = top_arrange,
	.open = top_open,
	.close = top_close,
	.refresh = top_refresh,
	.draw = top_draw,
	.handle = top_handle,
	.follow = top_follow,
	.keep = top_keep,
	.search = top_search,
	.seek = top_seek,
	.matches = top_matches,
};
