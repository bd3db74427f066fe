/* SPDX-License-Identifier: MIT */
/* One function between its callers and its callees: the numbers of the peek report. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/wrap.h"
#include "ui/term/bar.h"
#include "ui/widget/empty_view.h"
#include "ui/widget/number.h"
#include "ui/pane/list.h"
#include "ui/widget/list_pane.h"
#include "ui/widget/text_table.h"
#include "ui/term/theme.h"

#define BAR_COLUMNS 10
#define BAR_FROM 60   /* columns from which on there is a bar */
#define NAME_LEAST 20 /* cells that the bar leaves to the name */
#define FLAT_LEAST 4  /* and flat */

/* Each is one object: they are told apart by address. */
static const char CALLERS[] = "  callers above, with their share of cum ",
		  CALLEES[] = "  callees below ";

enum peek_kind { PEEK_EDGE, PEEK_CENTRE, PEEK_LINE, PEEK_NOTE };

struct peek_row {
	enum peek_kind kind;
	node_id node;
	const struct call_edge *edge; /* PEEK_EDGE */
	const char *note;             /* PEEK_NOTE; PEEK_LINE: what is on its other side */
};

struct peek {
	struct list_pane list;
	node_id centre; /* of the rows */
	struct peek_row *rows;
	uint32_t count;
	size_t capacity;
	bool by_name, reverse;
	struct table_span span;
	int value_columns, share_columns;
};

static struct peek *of(struct pane *pane)
{
	return (struct peek *)pane;
}

static const char *row_text(const struct list_pane *list, uint32_t row)
{
	const struct peek *peek = (const struct peek *)list;
	const struct peek_row *data = &peek->rows[row];

	if (data->kind == PEEK_LINE || data->kind == PEEK_NOTE)
		return NULL;
	return peek->list.pane.session->shown.view->node_names[data->node];
}

static const struct function_row *table_row(const struct session *session, node_id node)
{
	const struct function_table *table = session->shown.table;
	uint32_t row = node == NONE ? NONE : table->row_of_node[node];

	return row == NONE ? NULL : &table->rows[row];
}

static int64_t centre_cum(const struct peek *peek)
{
	const struct function_row *centre = table_row(peek->list.pane.session, peek->centre);

	return centre ? function_row_cum(centre) : 0;
}

/* Where numbers are long: the calls are shares of cum, so it is flat that is left out. */
static bool has_flat(const struct peek *peek, const struct canvas *line)
{
	return 2 * (peek->value_columns + peek->share_columns + 2) + FLAT_LEAST <= line->columns;
}

static void draw_edge(const struct peek *peek, struct canvas *line, const struct peek_row *row,
		      int left, uint16_t flags)
{
	const struct session *session = peek->list.pane.session;
	int64_t cum = centre_cum(peek);
	int at = peek->value_columns + 1;

	table_amount(session, &session->format, line, at, STYLE_PLAIN, row->edge->weight);
	at += peek->share_columns + 1;
	table_percent(session, line, at, STYLE_PLAIN, row->edge->weight, cum);
	at += 1;
	if (line->columns >= BAR_FROM && at + BAR_COLUMNS + 1 + NAME_LEAST <= line->columns) {
		bar_draw(line, 0, at, BAR_COLUMNS, 0, table_share(row->edge->weight, cum));
		at += BAR_COLUMNS + 1;
	}
	table_name(session, line, at + 1, left, flags, row->node,
		   row->edge->inlined ? "(inline)" : "");
}

static void draw_centre(const struct peek *peek, struct canvas *line, const struct peek_row *row,
			int left, uint16_t flags)
{
	const struct session *session = peek->list.pane.session;
	const struct function_row *data = table_row(session, row->node);
	int64_t flat = data ? function_row_flat(data) : 0, cum = data ? function_row_cum(data) : 0;
	int64_t total = session->shown.view->total;
	int width = peek->value_columns + 1, at = width;

	if (has_flat(peek, line)) {
		table_amount(session, &session->format, line, at, STYLE_STRONG, flat);
		at += peek->share_columns + 1;
		table_percent(session, line, at, STYLE_STRONG, flat, total);
		at += width;
	}
	table_amount(session, &session->format, line, at, STYLE_STRONG, cum);
	at += peek->share_columns + 1;
	table_percent(session, line, at, STYLE_STRONG, cum, total);
	table_name(session, line, at + 2, left, STYLE_STRONG | flags, row->node, "");
}

/* A line between callers, function and callees, with the names of the columns beside it. */
static void draw_line(const struct peek *peek, struct canvas *line, const struct peek_row *row)
{
	bool centre = row->note == CALLERS, flat = centre && has_flat(peek, line);
	int width = peek->value_columns + 1, at = width;

	canvas_glyph(line, 0, 0, line->columns, STYLE_LINE, GLYPH_HLINE);
	table_number(line, at, STYLE_MUTED, flat ? " flat" : centre ? " cum" : " calls");
	at += peek->share_columns + 1;
	table_number(line, at, STYLE_MUTED, flat ? " flat%" : centre ? " cum%" : " calls%");
	if (flat) {
		table_number(line, at += width, STYLE_MUTED, " cum");
		table_number(line, at += peek->share_columns + 1, STYLE_MUTED, " cum%");
	}
	canvas_string(line, 0, at, STYLE_MUTED, row->note);
}

static void draw_row(const struct list_pane *list, struct canvas *line, uint32_t row, int left,
		     uint16_t flags)
{
	const struct peek *peek = (const struct peek *)list;
	const struct peek_row *data = &peek->rows[row];

	canvas_fill(line, 0, 0, line->columns, STYLE_PLAIN);
	switch (data->kind) {
	case PEEK_EDGE:
		draw_edge(peek, line, data, left, flags);
		break;
	case PEEK_CENTRE:
		draw_centre(peek, line, data, left, flags);
		break;
	case PEEK_LINE:
		draw_line(peek, line, data);
		break;
	case PEEK_NOTE:
		canvas_string(line, 0, 1, STYLE_MUTED, data->note);
		break;
	}
}

static void add_row(struct peek *peek, struct peek_row row)
{
	array_push(peek->rows, peek->count, peek->capacity, row);
}

static void add_note(struct peek *peek, const char *note)
{
	add_row(peek, (struct peek_row){.kind = PEEK_NOTE, .note = note});
}

static int compare_edges(const void *a, const void *b, void *argument)
{
	const struct peek *peek = argument;
	const struct peek_row *first = a, *second = b;
	const char *const *names =
		(const char *const *)peek->list.pane.session->shown.view->node_names;
	uint64_t left = (uint64_t)wrap_absolute(first->edge->weight),
		 right = (uint64_t)wrap_absolute(second->edge->weight);
	int order = peek->by_name ? 0 : (left < right) - (left > right);

	if (!order)
		order = strcmp(names[first->node], names[second->node]);
	return peek->reverse ? -order : order;
}

/* What is kept of the rows from `start` on, in their order; a note instead of none. */
static void arrange_part(struct peek *peek, uint32_t start, const char *none)
{
	const char *const *names =
		(const char *const *)peek->list.pane.session->shown.view->node_names;
	uint32_t count = peek->count, kept = start;

	for (uint32_t i = start; i < count; i++) {
		const char *name = names[peek->rows[i].node];

		if (!peek->list.kept || pattern_matches(peek->list.kept, name, strlen(name)))
			peek->rows[kept++] = peek->rows[i];
	}
	peek->count = kept;
	/* The graph has them by weight. */
	if (kept > start + 1 && (peek->by_name || peek->reverse))
		qsort_r(peek->rows + start, kept - start, sizeof(*peek->rows), compare_edges, peek);
	if (kept == start)
		add_note(peek, count > start ? ROWS_NONE_KEPT : none);
}

/* What goes along an edge can be more than a function costs: of means, of differences. */
static void measure(struct peek *peek)
{
	const struct session *session = peek->list.pane.session;
	struct table_span span = peek->span;
	char share[PERCENTAGE_SIZE];
	int longest = 0;

	for (uint32_t i = 0; i < peek->count; i++) {
		if (peek->rows[i].kind != PEEK_EDGE)
			continue;
		table_span_add(&span, peek->rows[i].edge->weight);
		figure_share(session, peek->rows[i].edge->weight, centre_cum(peek), share);
		if ((int)strlen(share) > longest)
			longest = (int)strlen(share);
	}
	peek->value_columns = table_value_columns(session, &span);
	peek->share_columns = table_share_columns(session, &peek->span);
	if (longest > peek->share_columns)
		peek->share_columns = longest;
}

/* Callers, the function, callees; selects the function. */
static void list_around(struct peek *peek, node_id centre)
{
	const struct call_graph *graph = peek->list.pane.session->shown.graph;
	uint32_t middle = 0;

	peek->centre = centre;
	peek->count = 0;
	if (centre != NONE) {
		const uint32_t *in = graph->in_start, *out = graph->out_start;

		for (uint32_t i = in[centre]; i < in[centre + 1]; i++) {
			const struct call_edge *edge = &graph->edges[graph->in_edges[i]];

			add_row(peek, (struct peek_row){PEEK_EDGE, edge->caller, edge, NULL});
		}
		arrange_part(peek, 0, "no callers: stacks start here");
		add_row(peek, (struct peek_row){.kind = PEEK_LINE, .note = CALLERS});
		middle = peek->count;
		add_row(peek, (struct peek_row){.kind = PEEK_CENTRE, .node = centre});
		add_row(peek, (struct peek_row){.kind = PEEK_LINE, .note = CALLEES});
		for (uint32_t i = out[centre]; i < out[centre + 1]; i++)
			add_row(peek, (struct peek_row){PEEK_EDGE, graph->edges[i].callee,
							&graph->edges[i], NULL});
		arrange_part(peek, middle + 2, "no callees: all of its cost is its own");
	}
	measure(peek);
	list_pane_set_count(&peek->list, peek->count, middle);
}

static void init(struct list_pane *list)
{
	((struct peek *)list)->centre = NONE;
}

static void clear(struct list_pane *list)
{
	free(((struct peek *)list)->rows);
}

static node_id selected_node(const struct peek *peek)
{
	return peek->list.rows.selected == NONE ? NONE : peek->rows[peek->list.rows.selected].node;
}

/* The session's centre, and in it the row of the selection: the centre where it has none. */
static void peek_follow(struct pane *pane)
{
	struct peek *peek = of(pane);
	struct spot *spot = &pane->session->spot;
	node_id node = spot->node;

	if (spot->centre == NONE)
		spot->centre = node;
	if (spot->centre != peek->centre)
		list_around(peek, spot->centre);
	if (selected_node(peek) == node)
		return;
	for (uint32_t i = 0; i < peek->count; i++) {
		if (row_text(&peek->list, i) && peek->rows[i].node == node) {
			rows_select(&peek->list.rows, i);
			return;
		}
	}
}

static void arrange(struct list_pane *list)
{
	struct spot *spot = &list->pane.session->spot;

	table_span_init(&((struct peek *)list)->span, list->pane.session);
	if (spot->centre == NONE)
		spot->centre = spot->node;
	list_around((struct peek *)list, spot->centre);
	peek_follow(&list->pane);
}

static void peek_draw(struct pane *pane, struct canvas *canvas, bool focused)
{
	struct peek *peek = of(pane);
	struct spot *spot = &pane->session->spot;

	if (spot->centre != peek->centre)
		peek_follow(pane);
	if (!peek->count || !pane->session->shown.table->row_count) {
		empty_view_draw(pane->session, canvas);
		return;
	}
	list_pane_draw(pane, canvas, focused);
}

static void take_selection(struct list_pane *list)
{
	session_select_node(list->pane.session, selected_node((const struct peek *)list));
}

/* Lists anew, at the row where it was. */
static void list_again(struct peek *peek)
{
	list_around(peek, peek->centre);
	peek_follow(&peek->list.pane);
}

static void sort(struct peek *peek, bool invert)
{
	if (invert) {
		peek->reverse = !peek->reverse;
	} else {
		peek->by_name = !peek->by_name;
		peek->reverse = false;
	}
	list_again(peek);
	session_message(peek->list.pane.session, "callers and callees by %s%s",
			peek->by_name ? "name" : "cost", peek->reverse ? ", turned round" : "");
}

static struct pane_result peek_handle(struct pane *pane, const struct pane_input *input)
{
	struct peek *peek = of(pane);

	switch (input->command) {
	case COMMAND_ENTER:
		pane->session->spot.centre = selected_node(peek);
		return pane_done;
	case COMMAND_SORT:
	case COMMAND_INVERT:
		sort(peek, input->command == COMMAND_INVERT);
		return pane_done;
	default:
		return pane_ignored;
	}
}

static const struct list_kind list = {
	.size = sizeof(struct peek),
	.init = init,
	.clear = clear,
	.arrange = arrange,
	.row_text = row_text,
	.draw_row = draw_row,
	.follows = true,
	.moved = take_selection,
};

const struct pane_kind pane_peek = {
	.name = "peek",
	.title = "Peek",
	.about = "One function between two lines, with flat and cum. Above it who calls it, below\n"
		 "it what it calls: each with the cost that went this way and its share of the\n"
		 "function's cum. Enter goes on to the selected row, Backspace comes back.\n",
	.groups = "list peek",
	.hints = "recentre:recentre back:back source-pane:source top-pane:top icicle-pane:icicle "
		 "search:search focus-selected:focus keys:help prompt:command",
	.side = SIDE_LEFT,
	.centres = true,
	.needs = PART_TABLE | PART_GRAPH,
	.list = &list,
	.report = "peek",
	.draw = peek_draw,
	.handle = peek_handle,
	.follow = peek_follow,
};
