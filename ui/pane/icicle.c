/* SPDX-License-Identifier: MIT */
/*
 * The call tree as an icicle: the zoomed frame on top, what it calls below,
 * widths by cost. Which frame has which cells is icicle_layout's business.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ui/widget/empty_view.h"
#include "classify/package.h"
#include "ui/widget/number.h"
#include "ui/widget/icicle_layout.h"
#include "ui/widget/icicle_paint.h"
#include "ui/term/symbol_name.h"
#include "ui/term/theme.h"
#include "ui/pane/list.h"
#include "ui/widget/tree_search.h"

struct icicle {
	struct pane pane;
	struct icicle_layout layout;
	uint32_t generation; /* of the session, when the layout was made */
	uint32_t first;      /* row of the layout that is drawn first */
	int rows;            /* of frames when it was last drawn, and where */
	int top, left;
	struct tree_search search;
};

static struct icicle *of(struct pane *pane)
{
	return (struct icicle *)pane;
}

static const struct call_tree *tree_of(const struct icicle *icicle)
{
	return icicle->pane.session->shown.tree;
}

/* The layout of the present tree, zoom and width. */
static void lay_out(struct icicle *icicle, int columns)
{
	struct session *session = icicle->pane.session;

	if (icicle->layout.index && icicle->generation == session->generation &&
	    icicle->layout.zoom == session->spot.zoom && icicle->layout.columns == columns)
		return;
	icicle_layout_clear(&icicle->layout);
	icicle_layout_init(&icicle->layout, &session->shown.tree_index, session->spot.zoom,
			   columns);
	icicle->generation = session->generation;
	icicle->first = 0;
}

/* --- Drawing -------------------------------------------------------------- */

static struct icicle_paint paint_of(const struct icicle *icicle)
{
	return (struct icicle_paint){
		.session = icicle->pane.session,
		.tree = tree_of(icicle),
		.layout = &icicle->layout,
		.root = "root",
		.matches = icicle->search.matches,
	};
}

static const char *short_name(const struct icicle_paint *paint, uint32_t frame)
{
	const char *name = icicle_frame_name(paint, frame);

	return paint->session->shown.view->spec.granularity == GRANULARITY_FILES
		       ? name_fit_path(name, CHARSET_UTF8, 1)
		       : package_member(name);
}

/* The frames above the zoom, those near it first to stay: "root > main > (*T).run". */
static void draw_breadcrumb(const struct icicle *icicle, struct canvas *canvas)
{
	const struct session *session = icicle->pane.session;
	const struct call_tree *tree = tree_of(icicle);
	struct icicle_paint paint = paint_of(icicle);
	uint32_t zoom = session->spot.zoom, at = zoom;
	char value[UNIT_LABEL_SIZE], share[PERCENTAGE_SIZE],
		numbers[UNIT_LABEL_SIZE + PERCENTAGE_SIZE];
	int room = canvas->columns, column = 0;
	uint32_t path[32];
	int count = 0;

	figure_value(session, &session->format, call_tree_total(tree, zoom), value);
	figure_share(session, call_tree_total(tree, zoom), session->shown.view->sum, share);
	snprintf(numbers, sizeof(numbers), "%s %s", value, share + strspn(share, " "));
	room -= (int)strlen(numbers) + 1;
	for (;;) {
		const char *name = short_name(&paint, at);
		int width = canvas_width(canvas->charset, name, strlen(name), room) + 3;

		if (count == 32 || (column + width > room && count))
			break;
		path[count++] = at;
		column += width;
		if (at == 0)
			break;
		at = call_tree_parent(tree, at);
	}
	column = path[count - 1] ? canvas_string(canvas, 0, 0, STYLE_MUTED, "> ") : 0;
	while (count-- > 0) {
		const char *name = short_name(&paint, path[count]);

		column = canvas_fit(canvas, 0, column, room - column,
				    count ? STYLE_MUTED : STYLE_STRONG, name, strlen(name));
		if (count)
			column = canvas_string(canvas, 0, column, STYLE_MUTED, " > ");
	}
	canvas_string(canvas, 0, canvas->columns - (int)strlen(numbers), STYLE_STRONG, numbers);
}

static void scroll_to(struct icicle *icicle, uint32_t selected)
{
	const struct call_tree *tree = tree_of(icicle);
	uint32_t zoom = icicle->layout.zoom, height = icicle->layout.height;
	uint32_t row, rows = (uint32_t)(icicle->rows > 0 ? icicle->rows : 1);
	uint32_t last = height > rows ? height - rows : 0;

	if (selected != NONE) {
		row = call_tree_depth(tree, selected) - call_tree_depth(tree, zoom);
		if (row < icicle->first)
			icicle->first = row;
		if (row >= icicle->first + rows)
			icicle->first = row - rows + 1;
	}
	if (icicle->first > last)
		icicle->first = last;
}

/* Scrolls to the selection if it has a cell, else only to where there are rows. */
static void scroll_to_visible(struct icicle *icicle)
{
	uint32_t selected = session_frame(icicle->pane.session);

	scroll_to(icicle, icicle_layout_find(&icicle->layout, selected) ? selected : NONE);
}

static void icicle_draw(struct pane *pane, struct canvas *canvas, bool focused)
{
	struct icicle *icicle = of(pane);
	struct session *session = pane->session;
	struct icicle_paint paint = paint_of(icicle);
	uint32_t height, selected = session_frame(session);
	bool hidden;

	if (call_tree_width(session->shown.tree, 0) <= 0) {
		empty_view_draw(pane->session, canvas);
		return;
	}
	lay_out(icicle, canvas->columns);
	icicle->top = canvas->top + 1;
	icicle->left = canvas->left;
	height = icicle->layout.height;
	icicle->rows = canvas->rows - 1;
	hidden = (int64_t)height > icicle->rows;
	if (hidden)
		icicle->rows--; /* the line that counts them */
	scroll_to_visible(icicle);
	icicle_layout_extend(&icicle->layout, (size_t)icicle->first + (size_t)icicle->rows);
	draw_breadcrumb(icicle, canvas);
	for (int i = 0; i < icicle->rows; i++) {
		struct canvas line = canvas_part(canvas, i + 1, 0, 1, canvas->columns);
		size_t row = icicle->first + (size_t)i;

		if (row < icicle->layout.row_count)
			icicle_paint_row(&paint, &line, row, selected,
					 focused ? STYLE_SELECTED : STYLE_FOLLOWED);
	}
	height -= icicle->first + (uint32_t)icicle->rows;
	if (hidden && height) {
		canvas_glyph(canvas, canvas->rows - 1, 0, 1, STYLE_MUTED, GLYPH_DOWN);
		canvas_printf(canvas, canvas->rows - 1, 2, STYLE_MUTED, "%u row%s below", height,
			      height > 1 ? "s" : "");
	}
}

/* --- Moving --------------------------------------------------------------- */

static uint32_t selected_frame(struct icicle *icicle)
{
	uint32_t frame = session_frame(icicle->pane.session);

	return frame == NONE ? icicle->pane.session->spot.zoom : frame;
}

static bool visible(struct icicle *icicle, uint32_t frame)
{
	return frame != NONE && icicle_layout_find(&icicle->layout, frame) != NULL;
}

/* The heaviest child; false where there is none or it has no cell. */
static bool move_down(struct icicle *icicle, bool quiet)
{
	struct session *session = icicle->pane.session;
	uint32_t child = call_tree_child(tree_of(icicle), selected_frame(icicle));

	if (visible(icicle, child)) {
		session_select_frame(session, child);
		return true;
	}
	if (!quiet)
		session_message(session, "%s",
				child == NONE
					? "a leaf: nothing is called from here"
					: "what is called from here is too small; Enter zooms in");
	return false;
}

static bool move_up(struct icicle *icicle)
{
	struct session *session = icicle->pane.session;
	uint32_t frame = selected_frame(icicle);

	if (frame == session->spot.zoom)
		return false;
	session_select_frame(session, call_tree_parent(tree_of(icicle), frame));
	return true;
}

static void move_rows(struct icicle *icicle, int distance)
{
	for (; distance > 0 && move_down(icicle, true); distance--)
		;
	for (; distance < 0 && move_up(icicle); distance++)
		;
}

/* One line of scrolling; the selection stays in the window by moving along its path. */
static void scroll(struct icicle *icicle, int distance)
{
	const struct session *session = icicle->pane.session;
	const struct call_tree *tree = tree_of(icicle);
	uint32_t row = call_tree_depth(tree, selected_frame(icicle)) -
		       call_tree_depth(tree, session->spot.zoom);
	int64_t first = (int64_t)icicle->first + distance;

	if (first < 0 || first + icicle->rows > icicle->layout.height)
		return;
	if (row < first && !move_down(icicle, true))
		return;
	if (row >= first + icicle->rows)
		move_up(icicle);
	icicle->first = (uint32_t)first;
}

/* The frame under the mouse; a bucket stands for the frame that has it. */
static bool point(struct icicle *icicle, const struct pane_input *input)
{
	int line = input->row - icicle->top;
	const struct icicle_frame *frame = NULL;

	if (line >= 0 && line < icicle->rows)
		frame = icicle_layout_at(&icicle->layout, icicle->first + (size_t)line,
					 input->column - icicle->left);
	if (frame)
		session_select_frame(icicle->pane.session,
				     frame->index == NONE ? frame->parent : frame->index);
	return frame;
}

/* Zoomed out, what was selected may have no cell: then its nearest caller that has one is. */
static void zoom_to(struct icicle *icicle, uint32_t zoom)
{
	struct session *session = icicle->pane.session;
	uint32_t frame = selected_frame(icicle);

	session->spot.zoom = zoom;
	if (frame < zoom || frame >= call_tree_end(tree_of(icicle), zoom))
		frame = zoom;
	lay_out(icicle, icicle->layout.columns);
	while (frame != zoom && !visible(icicle, frame))
		frame = call_tree_parent(tree_of(icicle), frame);
	session_select_frame(session, frame);
}

/* The frame on the path to the selection that stands below the zoom. */
static uint32_t below_zoom(struct icicle *icicle)
{
	const struct call_tree *tree = tree_of(icicle);
	uint32_t zoom = icicle->pane.session->spot.zoom, frame = selected_frame(icicle);

	if (frame == zoom)
		return call_tree_child(tree, zoom) == NONE ? zoom : call_tree_child(tree, zoom);
	while (call_tree_parent(tree, frame) != zoom)
		frame = call_tree_parent(tree, frame);
	return frame;
}

static void move_to_leaf(struct icicle *icicle)
{
	const struct call_tree *tree = tree_of(icicle);
	uint32_t frame = selected_frame(icicle), child;

	while ((child = call_tree_child(tree, frame)) != NONE && visible(icicle, child))
		frame = child;
	session_select_frame(icicle->pane.session, frame);
}

static bool zoom_by(struct icicle *icicle, enum command_id command)
{
	struct session *session = icicle->pane.session;

	switch (command) {
	case COMMAND_ENTER:
		zoom_to(icicle, selected_frame(icicle));
		break;
	case COMMAND_ZOOM_IN:
		zoom_to(icicle, below_zoom(icicle));
		break;
	case COMMAND_ZOOM_OUT:
		zoom_to(icicle, call_tree_parent(session->shown.tree, session->spot.zoom));
		break;
	case COMMAND_ZOOM_RESET:
		zoom_to(icicle, 0);
		break;
	default:
		return false;
	}
	return true;
}

static bool handle_input(struct pane *pane, const struct pane_input *input)
{
	enum command_id command = input->command;
	struct icicle *icicle = of(pane);
	struct session *session = pane->session;
	int page = icicle->rows > 1 ? icicle->rows - 1 : 1;

	if (call_tree_width(session->shown.tree, 0) <= 0 || !icicle->layout.index)
		return false;
	lay_out(icicle, icicle->layout.columns);
	switch (command) {
	case COMMAND_POINT:
		return point(icicle, input);
	case COMMAND_DOWN:
		move_down(icicle, false);
		break;
	case COMMAND_UP:
		move_up(icicle);
		break;
	case COMMAND_LEFT:
	case COMMAND_RIGHT:
		session_select_frame(
			session, icicle_layout_neighbour(&icicle->layout, selected_frame(icicle),
							 command == COMMAND_LEFT ? -1 : 1));
		break;
	case COMMAND_PAGE_DOWN:
	case COMMAND_PAGE_UP:
		move_rows(icicle, command == COMMAND_PAGE_DOWN ? page : -page);
		break;
	case COMMAND_HALF_DOWN:
	case COMMAND_HALF_UP:
		move_rows(icicle, command == COMMAND_HALF_DOWN ? (page + 1) / 2 : -(page + 1) / 2);
		break;
	case COMMAND_SCROLL_DOWN:
	case COMMAND_SCROLL_UP:
		scroll(icicle, command == COMMAND_SCROLL_DOWN ? 1 : -1);
		break;
	case COMMAND_FIRST:
		session_select_frame(session, session->spot.zoom);
		break;
	case COMMAND_LAST:
	case COMMAND_HOTTEST:
		move_to_leaf(icicle);
		break;
	case COMMAND_LINE_END:
		session_select_frame(session, icicle_layout_last_sibling(&icicle->layout,
									 selected_frame(icicle)));
		break;
	default:
		return zoom_by(icicle, command);
	}
	return true;
}

static struct pane_result icicle_handle(struct pane *pane, const struct pane_input *input)
{
	struct icicle *icicle = of(pane);

	if (!handle_input(pane, input))
		return pane_ignored;
	/* Now and not when it is drawn: a burst of keys scrolls like single ones. */
	lay_out(icicle, icicle->layout.columns);
	scroll_to_visible(icicle);
	return pane_done;
}

/* --- Search --------------------------------------------------------------- */

/* Zooms in just as far as the selection needs to get a cell. */
static void icicle_reveal(struct pane *pane)
{
	struct icicle *icicle = of(pane);
	struct session *session = pane->session;
	uint32_t frame = session_reveal_frame(session);
	int columns = icicle->layout.columns > 0 ? icicle->layout.columns : 80;

	if (frame == NONE)
		return;
	lay_out(icicle, columns);
	session->spot.zoom = icicle_layout_reveal(&icicle->layout, frame);
}

static void icicle_search(struct pane *pane)
{
	tree_search_update(&of(pane)->search, pane->session);
}

static bool icicle_seek(struct pane *pane, int direction, bool here)
{
	if (!tree_search_seek(&of(pane)->search, pane->session, direction, here))
		return false;
	icicle_reveal(pane);
	return true;
}

static void icicle_matches(struct pane *pane, uint32_t *number, uint32_t *count)
{
	tree_search_number(&of(pane)->search, pane->session, number, count);
}

/* --- The kind ------------------------------------------------------------- */

static struct pane *icicle_open(struct session *session)
{
	struct icicle *icicle = alloc_zero(1, sizeof(*icicle));

	icicle->pane = (struct pane){.kind = &pane_icicle, .session = session};
	return &icicle->pane;
}

static void icicle_close(struct pane *pane)
{
	struct icicle *icicle = of(pane);

	icicle_layout_clear(&icicle->layout);
	tree_search_clear(&icicle->search);
	free(icicle);
}

static void icicle_refresh(struct pane *pane)
{
	icicle_search(pane);
}

const struct pane_kind pane_icicle = {
	.name = "icicle",
	.title = "Icicle",
	.about = "The whole call tree: the root on top, what a frame calls below it, as wide as\n"
		 "it costs; cells with nothing below are a function's own cost. A dot or +N are\n"
		 "frames too small for a name: zoom in (Enter) or search (/) to reach them.\n",
	.groups = "icicle",
	.hints =
		"zoom:zoom zoom-out:out hottest:hottest peek-pane:callers source-pane:source top-pane:top "
		"search:search focus-selected:focus keys:help prompt:command",
	.side = SIDE_RIGHT,
	.needs = PART_TABLE | PART_TREE,
	.report = "folded",
	.open = icicle_open,
	.close = icicle_close,
	.refresh = icicle_refresh,
	.draw = icicle_draw,
	.handle = icicle_handle,
	.reveal = icicle_reveal,
	.search = icicle_search,
	.seek = icicle_seek,
	.matches = icicle_matches,
};
