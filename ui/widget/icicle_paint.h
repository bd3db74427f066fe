/* SPDX-License-Identifier: MIT */
/* Rows of an icicle as cells on a canvas: what panes that draw call trees have in common. */
#ifndef UI_WIDGET_ICICLE_PAINT_H
#define UI_WIDGET_ICICLE_PAINT_H

#include "ui/term/canvas.h"
#include "ui/widget/icicle_layout.h"
#include "ui/session/session.h"

struct icicle_paint {
	const struct session *session; /* whose view it is of, and how shares are written */
	const struct call_tree *tree;
	const struct icicle_layout *layout;
	const char *root;        /* the name of what stands at the root of the tree */
	const uint64_t *matches; /* bitset of nodes; NULL: no search */
};

const char *icicle_frame_name(const struct icicle_paint *paint, uint32_t index);

/* True if the search has the frame's node. */
bool icicle_frame_matches(const struct icicle_paint *paint, uint32_t index);

/* Draws a row of the layout that is there; flags: of the selected frame. */
void icicle_paint_row(const struct icicle_paint *paint, struct canvas *line, size_t row,
		      uint32_t selected, uint16_t flags);

/* The nodes of a view whose name matches, as a bitset to be freed; NULL without a pattern. */
struct pattern;
uint64_t *icicle_find_matches(const struct view *view, const struct pattern *search);

#endif
