/* SPDX-License-Identifier: MIT */
#include "ui/widget/icicle_paint.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/bitset.h"
#include "base/pattern.h"
#include "profile/unit.h"
#include "ui/widget/text_table.h"
#include "ui/widget/number.h"
#include "ui/term/symbol_name.h"
#include "ui/term/theme.h"

const char *icicle_frame_name(const struct icicle_paint *paint, uint32_t index)
{
	node_id node = paint->tree->node[index];

	return node == NONE ? paint->root : paint->session->shown.view->node_names[node];
}

bool icicle_frame_matches(const struct icicle_paint *paint, uint32_t index)
{
	node_id node = paint->tree->node[index];

	return paint->matches && node != NONE && bitset_has(paint->matches, node);
}

/* In front of the names of a difference, for those who see no colours; "=": it nets out to nothing. */
static const char *sign_of(const struct icicle_paint *paint, uint32_t index)
{
	int64_t change = call_tree_total(paint->tree, index);

	if (!session_is_difference(paint->session))
		return "";
	return change > 0 ? "+" : change < 0 ? "-" : "=";
}

/* The ground of a frame: its package's, in a difference that of growth or shrinkage. */
static uint16_t frame_style(const struct icicle_paint *paint, uint32_t index)
{
	int64_t total = call_tree_total(paint->tree, index);

	if (!index || (session_is_difference(paint->session) && !total))
		return STYLE_FRAME_ROOT;
	if (session_is_difference(paint->session))
		return total < 0 ? STYLE_FRAME_SHRUNK : STYLE_FRAME_GROWN;
	return theme_frame(icicle_frame_name(paint, index));
}

/*
 * As much of the name as fits, and the share behind it where there is room.
 */
static void draw_label(const struct icicle_paint *paint, struct canvas *box, uint32_t index,
		       uint16_t style, uint16_t selection)
{
	const struct session *session = paint->session;
	int64_t total = call_tree_total(paint->tree, index);
	struct text scratch = {0};
	const char *name = table_fit_name(session, icicle_frame_name(paint, index), box->charset,
					  box->columns, true, &scratch);
	int width = canvas_width(box->charset, name, strlen(name), box->columns);
	char share[PERCENTAGE_SIZE];
	const char *text;

	canvas_string(box, 0, 0, style | selection, name);
	text = figure_share(session, total, session->shown.view->sum, share);
	text += strspn(text, " ");
	if (width + 1 + (int)strlen(text) <= box->columns)
		canvas_string(box, 0, width + 1, box->color ? style | selection : style, text);
	text_clear(&scratch);
}

static void draw_frame(const struct icicle_paint *paint, struct canvas *line,
		       const struct icicle_frame *frame, bool shaded, uint16_t selection)
{
	struct canvas box = canvas_part(line, 0, frame->column, 1, frame->cells);
	uint16_t match = icicle_frame_matches(paint, frame->index) ? STYLE_MATCH : 0;
	uint16_t style = frame_style(paint, frame->index) | match;
	const char *sign = sign_of(paint, frame->index);

	if (frame->cells == 1 && *sign) {
		canvas_string(&box, 0, 0, style | selection, sign);
		return;
	}
	if (frame->cells == 1) {
		canvas_glyph(&box, 0, 0, 1, STYLE_TINY | match | selection,
			     !box.color && shaded ? GLYPH_COLON : GLYPH_DOT);
		return;
	}
	if (shaded)
		style |= STYLE_SHADED;
	/* Without colours only the name is: what is reversed has no brackets to be seen. */
	canvas_fill(&box, 0, 0, frame->cells, box.color ? style | selection : style);
	if (box.color) {
		/* A gap, so that names which are cut do not run into each other. */
		box.columns -= frame->cells > 3;
		canvas_string(&box, 0, 0, style | selection, sign);
		box = canvas_part(&box, 0, *sign != 0, 1, box.columns - (*sign != 0));
	} else {
		/* Without shades brackets, or a sign, keep neighbours apart. */
		canvas_string(&box, 0, 0, style | selection, *sign ? sign : "[");
		canvas_string(&box, 0, frame->cells - 1, style | selection, "]");
		box = canvas_part(&box, 0, 1, 1, frame->cells - 2);
	}
	draw_label(paint, &box, frame->index, style, selection);
}

static void draw_bucket(const struct icicle_paint *paint, struct canvas *line,
			const struct icicle_frame *frame)
{
	struct canvas box = canvas_part(line, 0, frame->column, 1, frame->cells);
	char text[16];

	/* No child is left out: what is here is the change of the frame above itself. */
	if (!frame->hidden) {
		if (frame->cells >= (int)strlen("self"))
			canvas_string(&box, 0, 0, STYLE_MORE, "self");
		return;
	}
	/* A plus would be the sign of a change there. */
	snprintf(text, sizeof(text), session_is_difference(paint->session) ? "%u" : "+%u",
		 frame->hidden);
	if ((int)strlen(text) > frame->cells)
		/* Without colours a dot would be a frame. */
		canvas_glyph(&box, 0, 0, frame->cells, STYLE_MORE,
			     box.color ? GLYPH_DOT : GLYPH_ELLIPSIS);
	else
		canvas_string(&box, 0, 0, STYLE_MORE, text);
}

void icicle_paint_row(const struct icicle_paint *paint, struct canvas *line, size_t row,
		      uint32_t selected, uint16_t flags)
{
	const struct icicle_layout *layout = paint->layout;
	bool shaded = false;

	for (size_t i = layout->row_start[row]; i < layout->row_start[row + 1]; i++) {
		const struct icicle_frame *frame = &layout->frames[i];

		if (frame->index == NONE) {
			draw_bucket(paint, line, frame);
			continue;
		}
		draw_frame(paint, line, frame, shaded, frame->index == selected ? flags : 0);
		shaded = !shaded;
	}
}

uint64_t *icicle_find_matches(const struct view *view, const struct pattern *search)
{
	uint64_t *matches;

	if (!search)
		return NULL;
	matches = alloc_zero(bitset_words(view->node_count), sizeof(*matches));
	for (node_id i = 0; i < view->node_count; i++)
		if (pattern_matches(search, view->node_names[i], strlen(view->node_names[i])))
			bitset_add(matches, i);
	return matches;
}
