/* SPDX-License-Identifier: MIT */
/*
 * The centre of the session between all its callers, as an icicle turned
 * upside down, and all its callees. Each half is laid out and zoomed by itself.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ui/widget/empty_view.h"
#include "ui/widget/number.h"
#include "ui/widget/icicle_paint.h"
#include "ui/pane/list.h"
#include "ui/term/theme.h"

enum half_name { CALLERS, CALLEES };

/* One of the two icicles. */
struct half {
	const struct tree_index *index;
	struct icicle_layout layout;
	uint32_t zoom;  /* 0: the function */
	uint32_t first; /* row of the layout nearest to the function that is drawn */
	int rows;       /* when it was last drawn */
	uint32_t match_count;
};

struct sandwich_pane {
	struct pane pane;
	struct half halves[2];
	enum half_name side; /* of the selection */
	uint32_t selected;   /* frame there; 0: the function in the middle */
	node_id node;        /* of the selection, as the session knew it */
	uint32_t seen;       /* session->sandwiches when it was refreshed */
	int columns;
	int middle, left;  /* where the function stands on the screen */
	uint64_t *matches; /* bitset of nodes; NULL: no search */
};

static struct sandwich_pane *of(struct pane *pane)
{
	return (struct sandwich_pane *)pane;
}

static const struct sandwich *sandwich_of(const struct sandwich_pane *sandwich)
{
	return sandwich->pane.session->shown.sandwich;
}

static node_id frame_node(const struct sandwich_pane *sandwich)
{
	const struct call_tree *tree = sandwich->halves[sandwich->side].index->tree;

	return sandwich->selected ? tree->node[sandwich->selected] : sandwich_of(sandwich)->node;
}

static void lay_out(struct sandwich_pane *sandwich, struct half *half)
{
	if (half->layout.index == half->index && half->layout.zoom == half->zoom &&
	    half->layout.columns == sandwich->columns)
		return;
	icicle_layout_clear(&half->layout);
	icicle_layout_init(&half->layout, half->index, half->zoom, sandwich->columns);
	half->first = 0;
}

/* Without a zoom the function itself has the row in the middle; a zoomed frame is a row of its half. */
static uint32_t top_row(const struct half *half)
{
	return half->zoom ? 0 : 1;
}

/* Rows of a half that there are to draw. */
static int height(const struct half *half)
{
	return (int)(half->layout.height - top_row(half));
}

/* --- Selection ------------------------------------------------------------ */

static void select_frame(struct sandwich_pane *sandwich, enum half_name side, uint32_t frame)
{
	sandwich->side = side;
	sandwich->selected = frame;
	sandwich->node = frame_node(sandwich);
	session_select_node(sandwich->pane.session, sandwich->node);
}

/* The heaviest frame of the session's node, among callees first; the middle where it has none. */
static void find_selection(struct sandwich_pane *sandwich)
{
	node_id node = sandwich->pane.session->spot.node;

	sandwich->node = node;
	sandwich->side = CALLEES;
	sandwich->selected = 0;
	if (node == NONE || node == sandwich_of(sandwich)->node)
		return;
	for (int side = CALLEES; side >= CALLERS; side--) {
		uint32_t frame = tree_index_heaviest(sandwich->halves[side].index, node, 0);

		if (frame == NONE)
			continue;
		sandwich->side = (enum half_name)side;
		sandwich->selected = frame;
		return;
	}
}

/* Zooms its half so far that the selection has a cell. */
static void reveal_selection(struct sandwich_pane *sandwich)
{
	struct half *half = &sandwich->halves[sandwich->side];
	const struct call_tree *tree = half->index->tree;

	if (!sandwich->selected || sandwich->columns <= 0)
		return;
	while (sandwich->selected < half->zoom ||
	       sandwich->selected >= call_tree_end(tree, half->zoom))
		half->zoom = call_tree_parent(tree, half->zoom);
	lay_out(sandwich, half);
	half->zoom = icicle_layout_reveal(&half->layout, sandwich->selected);
	lay_out(sandwich, half);
}

static void scroll_to_selection(struct sandwich_pane *sandwich)
{
	struct half *half = &sandwich->halves[sandwich->side];
	const struct call_tree *tree = half->index->tree;
	uint32_t rows = half->rows > 0 ? (uint32_t)half->rows : 1, row;

	if (!sandwich->selected)
		return;
	row = call_tree_depth(tree, sandwich->selected) - call_tree_depth(tree, half->zoom) -
	      top_row(half);
	if (row < half->first)
		half->first = row;
	if (row >= half->first + rows)
		half->first = row - rows + 1;
}

/* --- Drawing -------------------------------------------------------------- */

static void draw_half(struct sandwich_pane *sandwich, enum half_name side, struct canvas *area,
		      uint16_t flags)
{
	struct half *half = &sandwich->halves[side];
	struct icicle_paint paint = {
		.session = sandwich->pane.session,
		.tree = half->index->tree,
		.layout = &half->layout,
		.matches = sandwich->matches,
	};
	uint32_t selected =
		sandwich->side == side && sandwich->selected ? sandwich->selected : NONE;
	int left = height(half) - (int)half->first;
	bool more = left > area->rows && area->rows > 1;
	int rows = left < area->rows ? left : area->rows - more;

	half->rows = rows;
	icicle_layout_extend(&half->layout, half->first + (size_t)rows + 1);
	for (int i = 0; i < rows; i++) {
		size_t row = half->first + (size_t)i + top_row(half);
		int at = side == CALLERS ? area->rows - 1 - i : i;
		struct canvas line = canvas_part(area, at, 0, 1, area->columns);

		if (row < half->layout.row_count)
			icicle_paint_row(&paint, &line, row, selected, flags);
	}
	if (more) {
		int at = side == CALLERS ? 0 : area->rows - 1;

		canvas_glyph(area, at, 0, 1, STYLE_MUTED, side == CALLERS ? GLYPH_UP : GLYPH_DOWN);
		canvas_printf(area, at, 2, STYLE_MUTED, "%d row%s %s", left - rows,
			      left - rows > 1 ? "s" : "", side == CALLERS ? "above" : "below");
	}
	if (!rows && area->rows)
		canvas_string(area, side == CALLERS ? area->rows - 1 : 0, 0, STYLE_MUTED,
			      side == CALLERS ? "no callers: stacks start here"
					      : "no callees: all of its cost is its own");
}

/* The function, its cost, and where the halves are zoomed to. */
static void draw_middle(struct sandwich_pane *sandwich, struct canvas *line, uint16_t flags)
{
	const struct session *session = sandwich->pane.session;
	const struct view *view = session->shown.view;
	const char *name = view->node_names[sandwich_of(sandwich)->node];
	int64_t total = call_tree_total(sandwich->halves[CALLEES].index->tree, 0);
	char value[UNIT_LABEL_SIZE], share[PERCENTAGE_SIZE], numbers[UNIT_LABEL_SIZE + 100];
	int end, room;

	figure_value(session, &session->format, total, value);
	figure_share(session, total, view->sum, share);
	snprintf(numbers, sizeof(numbers), "%s%s%s %s",
		 sandwich->halves[CALLERS].zoom ? "callers zoomed  " : "",
		 sandwich->halves[CALLEES].zoom ? "callees zoomed  " : "", value,
		 share + strspn(share, " "));
	canvas_fill(line, 0, 0, line->columns, STYLE_FRAME_ROOT);
	room = line->columns - (int)strlen(numbers) - 2;
	end = canvas_fit(line, 0, 0, room > 0 ? room : line->columns,
			 STYLE_FRAME_ROOT | (sandwich->selected ? 0 : flags), name, strlen(name));
	if (end < line->columns - (int)strlen(numbers))
		canvas_string(line, 0, line->columns - (int)strlen(numbers), STYLE_FRAME_ROOT,
			      numbers);
}

/* Rows for the callers: half of them, and what the callees do not need. */
static int share_rows(const struct sandwich_pane *sandwich, int rows)
{
	int above = height(&sandwich->halves[CALLERS]), below = height(&sandwich->halves[CALLEES]);
	int half = rows / 2;

	above = above > 0 ? above : 1;
	below = below > 0 ? below : 1;
	if (above <= half)
		return above;
	return below <= rows - half ? rows - below : half;
}

static void sandwich_follow(struct pane *pane);

static void sandwich_draw(struct pane *pane, struct canvas *canvas, bool focused)
{
	struct sandwich_pane *sandwich = of(pane);
	uint16_t flags = focused ? STYLE_SELECTED : STYLE_FOLLOWED;
	struct canvas area;
	int above;

	if (!pane->session->shown.table->row_count) {
		empty_view_draw(pane->session, canvas);
		return;
	}
	if (sandwich_of(sandwich)->node == NONE) {
		canvas_string(canvas, 1, 2, STYLE_STRONG, "no function is selected");
		return;
	}
	sandwich->columns = canvas->columns;
	sandwich_follow(pane);
	for (int side = CALLERS; side <= CALLEES; side++)
		lay_out(sandwich, &sandwich->halves[side]);
	above = share_rows(sandwich, canvas->rows - 1);
	sandwich->halves[CALLERS].rows = above;
	sandwich->halves[CALLEES].rows = canvas->rows - 1 - above;
	for (int side = CALLERS; side <= CALLEES; side++)
		if (height(&sandwich->halves[side]) > sandwich->halves[side].rows)
			sandwich->halves[side].rows--; /* the line that counts the others */
	scroll_to_selection(sandwich);
	area = canvas_part(canvas, 0, 0, above, canvas->columns);
	draw_half(sandwich, CALLERS, &area, flags);
	area = canvas_part(canvas, above, 0, 1, canvas->columns);
	sandwich->middle = area.top;
	sandwich->left = area.left;
	draw_middle(sandwich, &area, flags);
	area = canvas_part(canvas, above + 1, 0, canvas->rows - above - 1, canvas->columns);
	draw_half(sandwich, CALLEES, &area, flags);
}

/* --- Moving --------------------------------------------------------------- */

/* Away from the function: the heaviest child; false where there is none or it has no cell. */
static bool move_away(struct sandwich_pane *sandwich, enum half_name side, bool quiet)
{
	struct half *half = &sandwich->halves[side];
	uint32_t from = sandwich->selected ? sandwich->selected : 0, child;

	/* From the middle the first row that is drawn of a zoomed half is the zoom itself. */
	child = !from && half->zoom ? half->zoom : call_tree_child(half->index->tree, from);
	if (child != NONE && icicle_layout_find(&half->layout, child)) {
		select_frame(sandwich, side, child);
		return true;
	}
	if (!quiet)
		session_message(sandwich->pane.session, "%s",
				child != NONE     ? "too small for a cell; + zooms in"
				: side == CALLERS ? "stacks start here"
						  : "a leaf: nothing is called from here");
	return false;
}

static bool move_back(struct sandwich_pane *sandwich)
{
	const struct half *half = &sandwich->halves[sandwich->side];

	if (!sandwich->selected)
		return false;
	select_frame(sandwich, sandwich->side,
		     sandwich->selected == half->zoom
			     ? 0
			     : call_tree_parent(half->index->tree, sandwich->selected));
	return true;
}

/* One row up or down; true if that was possible. */
static bool move(struct sandwich_pane *sandwich, int direction, bool quiet)
{
	enum half_name side = direction < 0 ? CALLERS : CALLEES;

	if (sandwich->selected && sandwich->side != side)
		return move_back(sandwich);
	return move_away(sandwich, side, quiet);
}

static void move_rows(struct sandwich_pane *sandwich, int64_t distance)
{
	int direction = distance < 0 ? -1 : 1;

	for (; distance && move(sandwich, direction, true); distance -= direction)
		;
}

static void move_aside(struct sandwich_pane *sandwich, int direction)
{
	struct half *half = &sandwich->halves[sandwich->side];

	if (sandwich->selected)
		select_frame(sandwich, sandwich->side,
			     icicle_layout_neighbour(&half->layout, sandwich->selected, direction));
}

static void move_to_leaf(struct sandwich_pane *sandwich)
{
	enum half_name side = sandwich->selected ? sandwich->side : CALLEES;

	while (move_away(sandwich, side, true))
		;
}

static void zoom_by(struct sandwich_pane *sandwich, enum command_id command)
{
	struct half *half = &sandwich->halves[sandwich->side];

	if (command == COMMAND_ZOOM_RESET)
		sandwich->halves[CALLERS].zoom = sandwich->halves[CALLEES].zoom = 0;
	else if (command == COMMAND_ZOOM_IN)
		half->zoom = sandwich->selected;
	else
		half->zoom = call_tree_parent(half->index->tree, half->zoom);
	reveal_selection(sandwich);
}

/* What was clicked at: a frame, the parent of a bucket, or the function. */
static bool point(struct sandwich_pane *sandwich, const struct pane_input *input)
{
	int away = input->row - sandwich->middle;
	enum half_name side = away < 0 ? CALLERS : CALLEES;
	struct half *half = &sandwich->halves[side];
	const struct icicle_frame *frame = NULL;

	if (away && abs(away) <= half->rows)
		frame = icicle_layout_at(&half->layout,
					 half->first + (size_t)abs(away) - 1 + top_row(half),
					 input->column - sandwich->left);
	if (frame)
		select_frame(sandwich, side, frame->index == NONE ? frame->parent : frame->index);
	else if (!away)
		select_frame(sandwich, sandwich->side, 0);
	return frame || !away;
}

static bool move_by(struct sandwich_pane *sandwich, const struct pane_input *input)
{
	enum command_id command = input->command;
	int page = sandwich->halves[CALLERS].rows + sandwich->halves[CALLEES].rows;
	struct half *half = &sandwich->halves[sandwich->side];

	switch (command) {
	case COMMAND_POINT:
		return point(sandwich, input);
	case COMMAND_DOWN:
	case COMMAND_UP:
		move(sandwich, command == COMMAND_DOWN ? 1 : -1, false);
		break;
	case COMMAND_LEFT:
	case COMMAND_RIGHT:
		move_aside(sandwich, command == COMMAND_LEFT ? -1 : 1);
		break;
	case COMMAND_PAGE_DOWN:
	case COMMAND_PAGE_UP:
		move_rows(sandwich, command == COMMAND_PAGE_DOWN ? page : -page);
		break;
	case COMMAND_HALF_DOWN:
	case COMMAND_HALF_UP:
		move_rows(sandwich, command == COMMAND_HALF_DOWN ? page / 2 : -page / 2);
		break;
	case COMMAND_SCROLL_DOWN:
	case COMMAND_SCROLL_UP:
		move_rows(sandwich, command == COMMAND_SCROLL_DOWN ? 1 : -1);
		break;
	case COMMAND_FIRST:
	case COMMAND_LAST:
		move_rows(sandwich, command == COMMAND_LAST ? INT64_MAX : -INT64_MAX);
		break;
	case COMMAND_HOTTEST:
		move_to_leaf(sandwich);
		break;
	case COMMAND_LINE_END:
		if (sandwich->selected)
			select_frame(sandwich, sandwich->side,
				     icicle_layout_last_sibling(&half->layout, sandwich->selected));
		break;
	default:
		return false;
	}
	return true;
}

static struct pane_result sandwich_handle(struct pane *pane, const struct pane_input *input)
{
	struct sandwich_pane *sandwich = of(pane);

	if (sandwich_of(sandwich)->node == NONE || sandwich->columns <= 0)
		return pane_ignored;
	for (int side = CALLERS; side <= CALLEES; side++)
		lay_out(sandwich, &sandwich->halves[side]);
	switch (input->command) {
	case COMMAND_ENTER:
		pane->session->spot.centre = frame_node(sandwich);
		return pane_done;
	case COMMAND_ZOOM_IN:
	case COMMAND_ZOOM_OUT:
	case COMMAND_ZOOM_RESET:
		zoom_by(sandwich, input->command);
		break;
	default:
		if (!move_by(sandwich, input))
			return pane_ignored;
	}
	scroll_to_selection(sandwich);
	return pane_done;
}

/* --- Search --------------------------------------------------------------- */

static void sandwich_search(struct pane *pane)
{
	struct sandwich_pane *sandwich = of(pane);

	free(sandwich->matches);
	sandwich->matches = icicle_find_matches(pane->session->shown.view, pane->session->search);
	for (int side = CALLERS; side <= CALLEES; side++) {
		struct half *half = &sandwich->halves[side];

		half->match_count = sandwich->matches
					    ? tree_index_count(half->index, sandwich->matches,
							       half->index->tree->count)
					    : 0;
	}
}

/* The next match of one half behind a frame (before it, with -1); NONE at its end. */
static uint32_t next_in_half(const struct sandwich_pane *sandwich, const struct half *half,
			     uint32_t from, int direction)
{
	uint32_t found = half->match_count
				 ? tree_index_next(half->index, sandwich->matches, from, direction)
				 : NONE;

	if (found == NONE || (direction > 0 ? found <= from : found >= from && from))
		return NONE;
	return found;
}

static bool is_match(const struct sandwich_pane *sandwich)
{
	const struct icicle_paint paint = {
		.tree = sandwich->halves[sandwich->side].index->tree,
		.matches = sandwich->matches,
	};

	return sandwich->selected && icicle_frame_matches(&paint, sandwich->selected);
}

/* Callers, then callees, each in the order of its tree, round the end. */
static bool sandwich_seek(struct pane *pane, int direction, bool here)
{
	struct sandwich_pane *sandwich = of(pane);
	enum half_name side = sandwich->side;
	uint32_t found, other;

	if (!sandwich->halves[CALLERS].match_count && !sandwich->halves[CALLEES].match_count)
		return false;
	if (here && is_match(sandwich))
		return true;
	found = next_in_half(sandwich, &sandwich->halves[side], sandwich->selected, direction);
	if (found == NONE || (direction < 0 && !sandwich->selected)) {
		other = side == CALLERS ? CALLEES : CALLERS;
		if (sandwich->halves[other].match_count)
			side = (enum half_name)other;
		/* The first one of a half, or its last: from its root round the end. */
		found = tree_index_next(sandwich->halves[side].index, sandwich->matches, 0,
					direction);
	}
	select_frame(sandwich, side, found);
	reveal_selection(sandwich);
	scroll_to_selection(sandwich);
	return true;
}

static void sandwich_matches(struct pane *pane, uint32_t *number, uint32_t *count)
{
	struct sandwich_pane *sandwich = of(pane);
	const struct half *half = &sandwich->halves[sandwich->side];

	*number = 0;
	*count = sandwich->halves[CALLERS].match_count + sandwich->halves[CALLEES].match_count;
	if (!*count || !is_match(sandwich))
		return;
	*number = 1 + tree_index_count(half->index, sandwich->matches, sandwich->selected);
	if (sandwich->side == CALLEES)
		*number += sandwich->halves[CALLERS].match_count;
}

/* --- The kind ------------------------------------------------------------- */

static struct pane *sandwich_open(struct session *session)
{
	struct sandwich_pane *sandwich = alloc_zero(1, sizeof(*sandwich));

	sandwich->pane = (struct pane){.kind = &pane_sandwich, .session = session};
	sandwich->node = NONE;
	return &sandwich->pane;
}

static void sandwich_close(struct pane *pane)
{
	struct sandwich_pane *sandwich = of(pane);

	for (int side = CALLERS; side <= CALLEES; side++)
		icicle_layout_clear(&sandwich->halves[side].layout);
	free(sandwich->matches);
	free(sandwich);
}

static void sandwich_refresh(struct pane *pane)
{
	struct sandwich_pane *sandwich = of(pane);
	const struct derived *shown = &pane->session->shown;

	if (sandwich->seen == pane->session->sandwiches)
		return;
	sandwich->seen = pane->session->sandwiches;
	sandwich->halves[CALLERS].index = &shown->callers_index;
	sandwich->halves[CALLEES].index = &shown->callees_index;
	for (int side = CALLERS; side <= CALLEES; side++) {
		icicle_layout_clear(&sandwich->halves[side].layout);
		sandwich->halves[side].zoom = sandwich->halves[side].first = 0;
	}
	find_selection(sandwich);
	reveal_selection(sandwich);
	sandwich_search(pane);
}

/* The selection may have been moved elsewhere. */
static void sandwich_follow(struct pane *pane)
{
	struct sandwich_pane *sandwich = of(pane);

	if (sandwich->node == pane->session->spot.node)
		return;
	find_selection(sandwich);
	reveal_selection(sandwich);
}

static const char *sandwich_here(struct pane *pane, int64_t *value)
{
	const struct sandwich_pane *sandwich = of(pane);

	if (!sandwich->selected)
		return NULL; /* cum says the same */
	*value = call_tree_total(sandwich->halves[sandwich->side].index->tree, sandwich->selected);
	return sandwich->side == CALLERS ? "calls it for" : "called for";
}

const struct pane_kind pane_sandwich = {
	.name = "sandwich",
	.title = "Sandwich",
	.about = "The selected function on the reversed line, all places where it is called\n"
		 "merged. Above it its callers, the nearest next to it; below it what it calls.\n"
		 "Widths are shares of its cum. Enter makes the selected frame the middle.\n",
	.groups = "sandwich",
	.hints = "recentre:recentre zoom-in:zoom hottest:hottest top-pane:top icicle-pane:icicle "
		 "source-pane:source search:search keys:help prompt:command",
	.side = SIDE_RIGHT,
	.centres = true,
	.needs = PART_TABLE | PART_SANDWICH,
	.report = "folded",
	.open = sandwich_open,
	.close = sandwich_close,
	.refresh = sandwich_refresh,
	.draw = sandwich_draw,
	.handle = sandwich_handle,
	.follow = sandwich_follow,
	.here = sandwich_here,
	.search = sandwich_search,
	.seek = sandwich_seek,
	.matches = sandwich_matches,
};
