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
#include "ui/widget/empty_view.h"
#include "ui/term/theme.h"
#include "ui/pane/list.h"
#include "ui/session/history.h"
#include "ui/term/sparkline.h"
#include "ui/widget/list_pane.h"
#include "ui/widget/text_table.h"

#define NAME_LEAST 8    /* with columns of one's own choice */
#define NAME_COLUMNS 28 /* columns of numbers give way before the name has less than this */
#define VALUE_LONG 16
#define RANKS 7
#define BAR_LEAST 8
#define BAR_SHORT 4 /* rather than none */
#define BAR_MOST 24

#define TREND_COLUMNS 12

/* Of a live source, unless somebody chose others. */
static const struct columns live_columns = {
	.list = {{COLUMN_FLAT, 0},
		 {COLUMN_FLAT_SHARE, 0},
		 {COLUMN_LAST, 0},
		 {COLUMN_FIRST, 0},
		 {COLUMN_TREND, 0},
		 {COLUMN_CUM, 0},
		 {COLUMN_CLASS, 0}},
	.count = 7,
};

/* When the pane is narrow columns with a high rank go first; 0: only where it was chosen. */
static const struct {
	const char *title;
	int rank;
} columns[COLUMN_COUNT] = {
	[COLUMN_FLAT] = {"flat", 1},      [COLUMN_FLAT_SHARE] = {"flat%", 4},
	[COLUMN_SUM_SHARE] = {"sum%", 6}, [COLUMN_CUM] = {"cum", 2},
	[COLUMN_CUM_SHARE] = {"cum%", 3}, [COLUMN_BAR] = {"", 7},
	[COLUMN_CLASS] = {"", 5},         [COLUMN_LAST] = {"+last", 0},
	[COLUMN_FIRST] = {"+first", 0},   [COLUMN_TREND] = {"trend", 0},
};

struct top {
	struct list_pane list; /* items are rows of the table */
	enum function_order order;
	bool reverse;
	bool cum;      /* what the option sort was when the order was taken from it */
	int64_t *sums; /* of flat up to and with each row of the table that is shown */
	size_t sums_capacity;
	int value_columns, share_columns, sum_columns;
	bool classes; /* the rows are classes: what they cost is all below them */
};

static struct top *of(struct pane *pane)
{
	return (struct top *)pane;
}

static const struct function_row *table_row(const struct list_pane *list, uint32_t item)
{
	return &list->pane.session->shown.table->rows[item];
}

/* NONE: no row is selected. */
static node_id selected_node(const struct top *top)
{
	uint32_t item = list_pane_selected(&top->list);

	return item == NONE ? NONE : table_row(&top->list, item)->node;
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
	case COLUMN_LAST:
	case COLUMN_FIRST:
		return top->value_columns + 2;
	case COLUMN_TREND:
		return TREND_COLUMNS + 1;
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
	enum granularity granularity = top->list.pane.session->shown.view->spec.granularity;

	if (top->value_columns > VALUE_LONG)
		return NAME_COLUMNS / 2;
	return granularity == GRANULARITY_LINES || granularity == GRANULARITY_ADDRESSES
		       ? NAME_COLUMNS + 8
		       : NAME_COLUMNS;
}

/* The columns for a pane of `all` cells; returns where the name starts. */
static int measure(const struct top *top, int all, struct columns *wanted)
{
	const struct columns *chosen = top->list.pane.session->columns;
	int cells[COLUMN_COUNT] = {0}, used = 0;

	wanted->count = 0;
	if (chosen && chosen->count)
		return measure_chosen(top, chosen, all, wanted);
	if (history_count(top->list.pane.session->history) > 1)
		return measure_chosen(top, &live_columns, all, wanted);
	for (int rank = 1; rank <= RANKS; rank++) {
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

static const char *row_text(const struct list_pane *list, uint32_t item)
{
	return list->pane.session->shown.view->node_names[table_row(list, item)->node];
}

/* What a function costs more or less than before, or how that went on. */
static void draw_history(const struct top *top, struct canvas *line, enum column column, int at,
			 int cells, const struct function_row *data)
{
	const struct session *session = top->list.pane.session;
	const char *name = session->shown.view->node_names[data->node], *sign;
	bool cum = top->order == ORDER_CUM || top->classes;
	int64_t now = cum ? function_row_cum(data) : function_row_flat(data), change;
	double numbers[HISTORY_LENGTH];
	char label[UNIT_LABEL_SIZE], text[UNIT_LABEL_SIZE + 1];

	if (column == COLUMN_TREND) {
		sparkline_draw(line, 0, at - cells + 1, cells - 1, STYLE_PLAIN, numbers,
			       history_numbers(session->history, name, cum, numbers));
		return;
	}
	change = history_change(session->history, name, column == COLUMN_FIRST, cum, now);
	sign = change > 0 ? "+" : "";
	if (change) {
		report_value(&session->format, change, label);
		snprintf(text, sizeof(text), "%s%s", sign, label);
		table_number(line, at, change > 0 ? STYLE_GROWN : STYLE_SHRUNK, text);
	}
}

static void draw_column(const struct top *top, struct canvas *line, enum column column, int at,
			int cells, const struct function_row *data)
{
	const struct session *session = top->list.pane.session;
	const struct view *view = session->shown.view;
	int64_t cum = function_row_cum(data), flat = top->classes ? cum : function_row_flat(data);
	char letter;
	uint16_t class;

	switch (column) {
	case COLUMN_FLAT:
	case COLUMN_CUM:
		table_amount(session, &session->format, line, at, STYLE_PLAIN,
			     column == COLUMN_FLAT ? flat : cum);
		break;
	case COLUMN_LAST:
	case COLUMN_FIRST:
	case COLUMN_TREND:
		if (history_count(session->history))
			draw_history(top, line, column, at, cells, data);
		break;
	case COLUMN_BAR:
		bar_draw(line, 0, at - cells + 1, cells - 1, table_share(flat, view->total),
			 table_share(cum, view->total));
		break;
	case COLUMN_CLASS:
		class = theme_kind(kind_of_frame(view->node_names[data->node]), &letter);
		canvas_text(line, 0, at - 1, class, &letter, 1);
		break;
	default:
		table_percent(session, line, at, STYLE_PLAIN,
			      column == COLUMN_FLAT_SHARE ? flat
			      : column == COLUMN_SUM_SHARE
				      ? top->sums[data - session->shown.table->rows]
				      : cum,
			      view->total);
	}
}

static void draw_row(const struct list_pane *list, struct canvas *line, uint32_t item, int left,
		     uint16_t flags)
{
	const struct top *top = (const struct top *)list;
	const struct session *session = top->list.pane.session;
	const struct function_row *row = table_row(list, item);
	node_id node = row->node;
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

static void draw_header(const struct list_pane *list, struct canvas *canvas)
{
	const struct top *top = (const struct top *)list;
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
		top->classes ? "class"
			     : rows_are[top->list.pane.session->shown.view->spec.granularity]);
	if (top->order == ORDER_NAME)
		canvas_glyph(canvas, 0, at, 1, STYLE_HEADER, top->reverse ? GLYPH_UP : GLYPH_DOWN);
	snprintf(count, sizeof(count), "%u of %u", top->list.rows.count,
		 top->classes ? top->list.rows.count
			      : top->list.pane.session->shown.table->row_count);
	if (at + 2 + (int)strlen(count) <= canvas->columns)
		table_number(canvas, canvas->columns, STYLE_HEADER, count);
}

static bool row_is_kept(const struct top *top, uint32_t row)
{
	const struct derived *shown = &top->list.pane.session->shown;
	const char *name = shown->view->node_names[shown->table->rows[row].node];

	/* By class either the classes are listed or what one of them has. */
	if (shown->view->spec.by_class && class_group_has(name) != top->classes)
		return false;
	return !top->list.kept || pattern_matches(top->list.kept, name, strlen(name));
}

/* Selects the row of the session's node; false if it has none here. */
static bool select_node(struct top *top, node_id node)
{
	const struct function_table *table = top->list.pane.session->shown.table;
	uint32_t row = node == NONE ? NONE : table->row_of_node[node];

	for (uint32_t i = 0; row != NONE && i < top->list.rows.count; i++) {
		if (top->list.shown[i] == row) {
			rows_select(&top->list.rows, i);
			return true;
		}
	}
	return false;
}

static void take_selection(struct list_pane *list)
{
	if (list->rows.selected != NONE)
		session_select_node(list->pane.session, selected_node((struct top *)list));
}

static int compare_rows(const void *a, const void *b, void *argument)
{
	const struct top *top = argument;
	const struct derived *shown = &top->list.pane.session->shown;
	enum function_order by = top->classes && top->order == ORDER_FLAT ? ORDER_CUM : top->order;
	int order = function_row_compare(shown->view, &shown->table->rows[*(const uint32_t *)a],
					 &shown->table->rows[*(const uint32_t *)b], by);

	return top->reverse ? -order : order;
}

/* Lists the rows anew, in their order. The table itself stays: a job may be reading it. */
static void list_functions(struct top *top)
{
	struct session *session = top->list.pane.session;
	const struct function_table *table = session->shown.table;
	const struct view_spec *spec = &session->shown.view->spec;
	uint32_t count = table->row_count, kept = 0;
	struct table_span span;
	int64_t sum = 0;

	top->classes = spec->by_class && !class_group_is_open(spec);
	array_reserve(top->list.shown, top->list.shown_capacity, count + 1);
	array_reserve(top->sums, top->sums_capacity, count);
	for (uint32_t i = 0; i < count; i++)
		top->list.shown[i] = i;
	if (count > 1 && (top->order != ORDER_FLAT || top->reverse || top->classes))
		qsort_r(top->list.shown, count, sizeof(*top->list.shown), compare_rows, top);
	if (session->top_rows && count > session->top_rows)
		count = session->top_rows;
	for (uint32_t i = 0; i < count; i++) {
		const struct function_row *row = &table->rows[top->list.shown[i]];
		bool is_kept = row_is_kept(top, top->list.shown[i]);

		if (!top->classes)
			sum = wrap_add(sum, function_row_flat(row));
		else if (is_kept)
			sum = wrap_add(sum, function_row_cum(row));
		if (!is_kept)
			continue;
		top->sums[top->list.shown[i]] = sum;
		top->list.shown[kept++] = top->list.shown[i];
	}
	table_span_init(&span, session);
	top->value_columns = table_value_columns(session, &span);
	top->share_columns = table_share_columns(session, &span);
	for (uint32_t i = 0; i < kept; i++)
		table_span_add(&span, top->sums[top->list.shown[i]]);
	top->sum_columns = table_share_columns(session, &span);
	top->list.shown_count = kept;
	list_pane_set_count(&top->list, kept, 0);
	if (!select_node(top, session->spot.node) && session->spot.node == NONE)
		take_selection(&top->list);
}

static void take_order(struct top *top, bool cum)
{
	top->order = cum ? ORDER_CUM : ORDER_FLAT;
	top->reverse = false;
}

static void init(struct list_pane *list)
{
	struct top *top = (struct top *)list;

	top->cum = list->pane.session->settings.report.cum;
	take_order(top, top->cum);
}

static void clear(struct list_pane *list)
{
	free(((struct top *)list)->sums);
}

static void arrange(struct list_pane *list)
{
	struct top *top = (struct top *)list;
	bool cum = list->pane.session->settings.report.cum;

	/* Keys change the order until the option does. */
	if (top->cum != cum) {
		top->cum = cum;
		take_order(top, cum);
	}
	list_functions(top);
}

static void top_follow(struct pane *pane)
{
	struct top *top = of(pane);
	node_id node = pane->session->spot.node;

	if (selected_node(top) != node)
		select_node(top, node);
}

static void top_draw(struct pane *pane, struct canvas *canvas, bool focused)
{
	struct top *top = of(pane);
	node_id node = pane->session->spot.node;

	if (!pane->session->shown.table->row_count) {
		empty_view_draw(pane->session, canvas);
		return;
	}
	if (selected_node(top) != node && !select_node(top, node) && focused)
		take_selection(&top->list);
	list_pane_draw(pane, canvas, focused);
}

static struct pane_result open_peek(struct session *session)
{
	session->spot.centre = session->spot.node;
	return (struct pane_result){.kind = PANE_OPEN, .open = "peek"};
}

/* What it costs in functions. */
static struct pane_result open_class(struct list_pane *list)
{
	struct view_spec *spec;

	if (list->rows.selected == NONE)
		return pane_done;
	spec = alloc(sizeof(*spec));
	view_spec_copy(spec, &list->pane.session->settings.view);
	class_group_open(spec, row_text(list, list_pane_selected(list)));
	return (struct pane_result){.kind = PANE_SPEC, .spec = spec};
}

static struct pane_result top_handle(struct pane *pane, const struct pane_input *input)
{
	struct top *top = of(pane);

	switch (input->command) {
	case COMMAND_ENTER:
		return top->classes ? open_class(&top->list) : open_peek(pane->session);
	case COMMAND_SORT:
		top->order = top->order == ORDER_NAME ? ORDER_FLAT : top->order + 1;
		top->reverse = false;
		break;
	case COMMAND_INVERT:
		top->reverse = !top->reverse;
		break;
	default:
		return pane_ignored;
	}
	list_functions(top);
	return pane_done;
}

static const struct list_kind list = {
	.size = sizeof(struct top),
	.init = init,
	.clear = clear,
	.arrange = arrange,
	.row_text = row_text,
	.draw_row = draw_row,
	.draw_header = draw_header,
	.moved = take_selection,
};

void top_sort(struct pane *pane, bool cum)
{
	take_order(of(pane), cum);
	list_functions(of(pane));
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
	.list = &list,
	.report = "top",
	.arrange = top_arrange,
	.draw = top_draw,
	.handle = top_handle,
	.follow = top_follow,
};
