/* SPDX-License-Identifier: MIT */
/*
 * The cells of an icicle: which frame of a call tree gets which cells of which
 * row. A pure function of (tree, zoom, columns), computed row by row as far as
 * somebody looks.
 *
 *     [main                        ]   row 0: the zoom, all columns
 *     [serve           ][gc  ]+3       children by weight, bucket, own cells
 *
 * In every row frames + bucket + own cells are the cells of the parent, and
 * each has the floor or the ceiling of its exact share of the whole width: the
 * error is below one cell at any depth (largest remainder).
 */
#ifndef UI_WIDGET_ICICLE_LAYOUT_H
#define UI_WIDGET_ICICLE_LAYOUT_H

#include "ui/session/tree_index.h"

struct icicle_frame {
	uint32_t index;  /* into the tree; NONE: the bucket of its parent's other children */
	uint32_t parent; /* into the tree */
	uint32_t hidden; /* children in the bucket */
	int column, cells;
};

struct icicle_layout {
	const struct tree_index *index;
	const struct call_tree *tree;
	uint32_t zoom;
	uint32_t height; /* rows of the zoom, with or without a cell */
	int columns;
	struct icicle_frame *frames; /* by row, then column */
	size_t frame_count, frame_capacity;
	size_t *row_start; /* row_count + 1 entries */
	size_t row_count, row_capacity;
	bool complete; /* there are no rows below */
};

/* The first row of a zoom; the tree must outlive the layout. */
void icicle_layout_init(struct icicle_layout *layout, const struct tree_index *index, uint32_t zoom,
			int columns);
void icicle_layout_clear(struct icicle_layout *layout);

/* Makes sure that `rows` rows are there or all that have a frame. */
void icicle_layout_extend(struct icicle_layout *layout, size_t rows);

/* The frame of a tree index in its row, computed if needed; NULL: it has no cell. */
const struct icicle_frame *icicle_layout_find(struct icicle_layout *layout, uint32_t index);

/* The frame, or bucket, with that cell of a row; NULL: there is none. */
const struct icicle_frame *icicle_layout_at(const struct icicle_layout *layout, size_t row,
					    int column);

/*
 * The frame beside one in its row, whoever its parent is; buckets are stepped
 * over. The frame itself if there is none.
 */
uint32_t icicle_layout_neighbour(struct icicle_layout *layout, uint32_t index, int direction);

/* The last frame with a cell that has the same parent. */
uint32_t icicle_layout_last_sibling(struct icicle_layout *layout, uint32_t index);

/* The zoom, below or at that of the layout, nearest to it in which the frame has a cell. */
uint32_t icicle_layout_reveal(struct icicle_layout *layout, uint32_t index);

#endif
