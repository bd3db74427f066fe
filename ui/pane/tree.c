/* SPDX-License-Identifier: MIT */
/*
 * The call tree as rows that open and close. The rows are the frames whose
 * ancestors are all open, in the order of the tree: finding them costs a step
 * for each row and none for what is closed.
 */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/bitset.h"
#include "ui/term/bar.h"
#include "ui/term/symbol_name.h"
#include "ui/widget/empty_view.h"
#include "ui/pane/list.h"
#include "ui/widget/list_pane.h"
#include "ui/widget/text_table.h"
#include "ui/term/theme.h"
#include "ui/widget/tree_search.h"

#define BAR_FROM 100
#define BAR_COLUMNS 10
#define NAME_LEAST 12 /* cells that columns behind the share leave to names */
#define INDENT 2

struct tree_pane {
	struct list_pane
		list; /* items are frames; kept: calls that match, and what leads to them */
	const struct call_tree *tree; /* that the rows are of */
	uint32_t generation;          /* of the session when they were made */
	uint64_t *open;               /* bitset of frames */
	uint64_t *keeping;            /* bitset of those frames, with `kept` */
	struct tree_search search;
	int value_columns, share_columns;
};

static struct tree_pane *of(struct pane *pane)
{
	return (struct tree_pane *)pane;
}

static const char *frame_name(const struct tree_pane *tree, uint32_t frame)
{
	node_id node = tree->tree->node[frame];

	return node == NONE ? "root" : tree->list.pane.session->shown.view->node_names[node];
}

static const char *row_text(const struct list_pane *list, uint32_t frame)
{
	return frame_name((const struct tree_pane *)list, frame);
}

static bool is_leaf(const struct tree_pane *tree, uint32_t frame)
{
	return call_tree_child(tree->tree, frame) == NONE;
}

/* --- Drawing -------------------------------------------------------------- */

static int self_end(const struct tree_pane *tree)
{
	return 2 * tree->value_columns + tree->share_columns + 3;
}

static bool has_self(const struct tree_pane *tree, const struct canvas *line)
{
	return self_end(tree) + NAME_LEAST <= line->columns;
}

static bool has_bar(const struct tree_pane *tree, const struct canvas *line)
{
	return line->columns >= BAR_FROM &&
	       self_end(tree) + 1 + BAR_COLUMNS + NAME_LEAST <= line->columns;
}

/* Where names start, and what stands in front of them in an order that a wide pane has more of. */
static int draw_numbers(const struct tree_pane *tree, struct canvas *line, uint32_t frame)
{
	const struct session *session = tree->list.pane.session;
	int64_t total = session->shown.view->sum, cum = call_tree_total(tree->tree, frame),
		self = call_tree_self(tree->tree, frame);
	int at = tree->value_columns + 1;

	table_amount(session, &session->format, line, at, STYLE_PLAIN, cum);
	at += tree->share_columns + 1;
	table_percent(session, line, at, STYLE_PLAIN, cum, total);
	if (!has_self(tree, line))
		return at + 1;
	at = self_end(tree);
	table_amount(session, &session->format, line, at, self ? STYLE_PLAIN : STYLE_MUTED, self);
	if (!has_bar(tree, line))
		return at + 1;
	bar_draw(line, 0, at + 1, BAR_COLUMNS, table_share(self, total), table_share(cum, total));
	return at + 2 + BAR_COLUMNS;
}

static void draw_row(const struct list_pane *list, struct canvas *line, uint32_t frame, int left,
		     uint16_t flags)
{
	const struct tree_pane *tree = (const struct tree_pane *)list;
	uint32_t depth = call_tree_depth(tree->tree, frame);
	const char *name = frame_name(tree, frame), *form = name;
	struct text scratch = {0};
	struct canvas rest;
	int at, most;

	canvas_fill(line, 0, 0, line->columns, STYLE_PLAIN);
	at = draw_numbers(tree, line, frame) + 1;
	rest = canvas_part(line, 0, at, 1, line->columns - at);
	/* A deep stack must not push its names off the screen: from there on depth is a number. */
	most = rest.columns / 2 / INDENT;
	at = INDENT * ((int64_t)depth < most ? (int)depth : most);
	canvas_string(&rest, 0, at, STYLE_KEY,
		      is_leaf(tree, frame)            ? " "
		      : bitset_has(tree->open, frame) ? "-"
						      : "+");
	at += 2;
	if ((int64_t)depth > most)
		at = canvas_printf(&rest, 0, at, STYLE_MUTED, "%u ", depth);
	rest = canvas_part(&rest, 0, at, 1, rest.columns - at);
	if (left == 0)
		form = table_fit_name(list->pane.session, name, rest.charset, rest.columns, true,
				      &scratch);
	list_pane_draw_text(list, &rest, 0, left, STYLE_PLAIN | flags, form);
	text_clear(&scratch);
}

static void draw_header(const struct list_pane *list, struct canvas *canvas)
{
	const struct tree_pane *tree = (const struct tree_pane *)list;
	int at = tree->value_columns + 1;

	canvas_fill(canvas, 0, 0, canvas->columns, STYLE_HEADER);
	table_number(canvas, at, STYLE_HEADER, "total");
	table_number(canvas, at += tree->share_columns + 1, STYLE_HEADER, "total%");
	if (has_self(tree, canvas))
		table_number(canvas, at = self_end(tree), STYLE_HEADER, "self");
	if (has_bar(tree, canvas))
		at += 1 + BAR_COLUMNS;
	canvas_string(canvas, 0, at + 2, STYLE_HEADER, "call");
}

/* --- Rows ----------------------------------------------------------------- */

/* Makes the list of rows anew: a closed frame is stepped over with all below it. */
static void list_rows(struct tree_pane *tree)
{
	struct list_pane *list = &tree->list;
	uint32_t first = list->rows.first;

	list->shown_count = 0;
	for (uint32_t i = 0; i < tree->tree->count;) {
		bool kept = !tree->list.kept || bitset_has(tree->keeping, i);

		if (kept)
			array_push(list->shown, list->shown_count, list->shown_capacity, i);
		i = kept && bitset_has(tree->open, i) ? i + 1 : call_tree_end(tree->tree, i);
	}
	rows_set_count(&list->rows, list->shown_count);
	list->rows.first = first < list->shown_count ? first : 0;
}

/* The row of a frame that has one, else of the nearest one before it. */
static uint32_t find_row(const struct tree_pane *tree, uint32_t frame)
{
	return (uint32_t)array_partition(1, tree->list.shown_count, i,
					 tree->list.shown[i] <= frame) -
	       1;
}

/* Here the whole tree has rows, also what is beside the zoom of the icicle. */
static uint32_t selected_frame(const struct tree_pane *tree)
{
	struct session *session = tree->list.pane.session;
	uint32_t frame = session_frame(session);

	if (frame == NONE)
		frame = tree_index_heaviest(&session->shown.tree_index, session->spot.node, 0);
	return frame == NONE ? session->spot.zoom : frame;
}

/* Opens what is above a frame; true if anything was closed. */
static bool open_path(struct tree_pane *tree, uint32_t frame)
{
	bool changed = false;

	while (frame) {
		frame = call_tree_parent(tree->tree, frame);
		changed = changed || !bitset_has(tree->open, frame);
		bitset_add(tree->open, frame);
	}
	return changed;
}

/* Selects a frame and makes sure that it has a row. */
static void go_to(struct tree_pane *tree, uint32_t frame)
{
	session_go_to_frame(tree->list.pane.session, frame);
	if (open_path(tree, frame))
		list_rows(tree);
	rows_move_to(&tree->list.rows, find_row(tree, frame));
}

static void take_selection(struct list_pane *list)
{
	if (list->rows.selected != NONE)
		session_go_to_frame(list->pane.session, list_pane_selected(list));
}

static void tree_follow(struct pane *pane)
{
	struct tree_pane *tree = of(pane);
	uint32_t frame = selected_frame(tree);

	if (list_pane_selected(&tree->list) == frame)
		return;
	if (open_path(tree, frame))
		list_rows(tree);
	rows_centre(&tree->list.rows, find_row(tree, frame));
}

static void tree_reveal(struct pane *pane)
{
	session_reveal_frame(pane->session);
	tree_follow(pane);
}

/* Marks and opens what leads to a frame that is kept. */
static void keep_path(struct tree_pane *tree, uint32_t frame)
{
	bitset_add(tree->keeping, frame);
	while (frame) {
		frame = call_tree_parent(tree->tree, frame);
		bitset_add(tree->open, frame);
		if (bitset_has(tree->keeping, frame))
			return;
		bitset_add(tree->keeping, frame);
	}
}

static void find_kept(struct tree_pane *tree)
{
	const struct view *view = tree->list.pane.session->shown.view;
	uint64_t *nodes;

	free(tree->keeping);
	tree->keeping = NULL;
	if (!tree->list.kept)
		return;
	nodes = alloc_zero(bitset_words(view->node_count), sizeof(*nodes));
	for (node_id i = 0; i < view->node_count; i++)
		if (pattern_matches(tree->list.kept, view->node_names[i],
				    strlen(view->node_names[i])))
			bitset_add(nodes, i);
	tree->keeping = alloc_zero(bitset_words(tree->tree->count), sizeof(*tree->keeping));
	for (uint32_t i = 1; i < tree->tree->count; i++)
		if (bitset_has(nodes, tree->tree->node[i]))
			keep_path(tree, i);
	free(nodes);
}

/* Other calls are kept. */
static void arrange(struct list_pane *list)
{
	struct tree_pane *tree = (struct tree_pane *)list;

	find_kept(tree);
	list_rows(tree);
	if (list->shown_count)
		rows_move_to(&list->rows, find_row(tree, selected_frame(tree)));
	take_selection(list);
}

/* --- Opening and closing -------------------------------------------------- */

static void set_open(struct tree_pane *tree, uint32_t frame, bool open)
{
	if (open)
		bitset_add(tree->open, frame);
	else
		bitset_remove(tree->open, frame);
	list_rows(tree);
	rows_move_to(&tree->list.rows, find_row(tree, frame));
}

/* A closed frame or a leaf has its parent closed, as what is left of it. */
static void collapse(struct tree_pane *tree, uint32_t frame)
{
	if (!bitset_has(tree->open, frame) || is_leaf(tree, frame))
		frame = call_tree_parent(tree->tree, frame);
	session_go_to_frame(tree->list.pane.session, frame);
	set_open(tree, frame, false);
}

static void set_all(struct tree_pane *tree, bool open)
{
	uint32_t frame = selected_frame(tree);

	memset(tree->open, open ? 0xff : 0, bitset_words(tree->tree->count) * sizeof(*tree->open));
	bitset_add(tree->open, 0);
	/* Closed, what is selected is the call from the root that leads to it. */
	while (!open && frame && call_tree_parent(tree->tree, frame))
		frame = call_tree_parent(tree->tree, frame);
	list_rows(tree);
	go_to(tree, frame);
}

/* The first one that is kept; NONE: there is none. */
static uint32_t heaviest_child(const struct tree_pane *tree, uint32_t frame)
{
	uint32_t child = call_tree_child(tree->tree, frame);

	while (child != NONE && tree->list.kept && !bitset_has(tree->keeping, child))
		child = call_tree_sibling(tree->tree, child);
	return child;
}

static void walk_to_leaf(struct tree_pane *tree)
{
	uint32_t frame = selected_frame(tree), child;

	while ((child = heaviest_child(tree, frame)) != NONE)
		frame = child;
	go_to(tree, frame);
}

static struct pane_result tree_handle(struct pane *pane, const struct pane_input *input)
{
	struct tree_pane *tree = of(pane);
	uint32_t frame = selected_frame(tree);

	switch (input->command) {
	case COMMAND_EXPAND:
		set_open(tree, frame, true);
		return pane_done;
	case COMMAND_COLLAPSE:
		collapse(tree, frame);
		return pane_done;
	case COMMAND_ENTER:
		set_open(tree, frame, !bitset_has(tree->open, frame));
		return pane_done;
	case COMMAND_EXPAND_ALL:
	case COMMAND_COLLAPSE_ALL:
		set_all(tree, input->command == COMMAND_EXPAND_ALL);
		return pane_done;
	case COMMAND_HOTTEST:
		walk_to_leaf(tree);
		return pane_done;
	default:
		return pane_ignored;
	}
}

/* --- The kind ------------------------------------------------------------- */

static void clear(struct list_pane *list)
{
	struct tree_pane *tree = (struct tree_pane *)list;

	free(tree->keeping);
	tree_search_clear(&tree->search);
	free(tree->open);
}

static void tree_refresh(struct pane *pane)
{
	struct tree_pane *tree = of(pane);
	const struct session *session = pane->session;
	struct table_span span;

	table_span_init(&span, session);
	tree->value_columns = table_value_columns(session, &span);
	tree->share_columns = table_share_columns(session, &span);
	tree_search_update(&tree->search, session);
	if (tree->generation == session->trees)
		return;
	tree->generation = session->trees;
	tree->tree = session->shown.tree;
	free(tree->open);
	tree->open = alloc_zero(bitset_words(tree->tree->count), sizeof(*tree->open));
	bitset_add(tree->open, 0);
	find_kept(tree);
	list_rows(tree);
	tree_follow(pane);
}

static void tree_draw(struct pane *pane, struct canvas *canvas, bool focused)
{
	struct tree_pane *tree = of(pane);

	if (call_tree_width(tree->tree, 0) <= 0) {
		empty_view_draw(pane->session, canvas);
		return;
	}
	tree_follow(pane);
	/* What is selected elsewhere may not be kept here. */
	if (focused && tree->list.kept && !bitset_has(tree->keeping, selected_frame(tree)))
		take_selection(&tree->list);
	list_pane_draw(pane, canvas, focused);
}

static void tree_search(struct pane *pane)
{
	tree_search_update(&of(pane)->search, pane->session);
}

static bool tree_seek(struct pane *pane, int direction, bool here)
{
	struct tree_pane *tree = of(pane);

	for (uint32_t i = 0; i <= tree->search.count; i++) {
		if (!tree_search_seek(&tree->search, pane->session, direction, here && !i))
			return false;
		if (tree->list.kept && !bitset_has(tree->keeping, selected_frame(tree)))
			continue;
		go_to(tree, selected_frame(tree));
		return true;
	}
	return false;
}

static void tree_matches(struct pane *pane, uint32_t *number, uint32_t *count)
{
	tree_search_number(&of(pane)->search, pane->session, number, count);
}

static const struct list_kind list = {
	.size = sizeof(struct tree_pane),
	.clear = clear,
	.arrange = arrange,
	.row_text = row_text,
	.draw_row = draw_row,
	.draw_header = draw_header,
	.moved = take_selection,
};

const struct pane_kind pane_tree = {
	.name = "tree",
	.title = "Tree",
	.about = "The call tree as rows: below a function what it calls. total is what the call\n"
		 "costs with all below, self the function alone there. + stands before what can\n"
		 "open.\n",
	.groups = "list tree",
	.hints = "expand:open collapse:close hottest:hottest traces-of:stacks top-pane:top "
		 "icicle-pane:icicle search:search keys:help prompt:command",
	.side = SIDE_RIGHT,
	.needs = PART_TABLE | PART_TREE,
	.list = &list,
	.report = "tree",
	.refresh = tree_refresh,
	.draw = tree_draw,
	.handle = tree_handle,
	.follow = tree_follow,
	.reveal = tree_reveal,
	.search = tree_search,
	.seek = tree_seek,
	.matches = tree_matches,
};
