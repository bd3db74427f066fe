/* SPDX-License-Identifier: MIT */
#include "ui/widget/icicle_layout.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/wrap.h"

/* One claim to cells of a parent: a child, the bucket of the others or the parent itself. */
struct share {
	uint64_t weight;
	uint64_t remainder; /* of weight * columns / total */
	uint32_t index;     /* of the child; NONE for bucket and self */
	int cells;
};

struct shares {
	struct share *items;
	size_t count, capacity;
	size_t children; /* the first ones; bucket and self follow */
};

/* The exact share is weight * columns / total: its floor, and what is left for the comparison. */
static void take_floor(const struct icicle_layout *layout, struct share *share)
{
	uint64_t total = (uint64_t)call_tree_width(layout->tree, layout->zoom);
	unsigned __int128 exact = (unsigned __int128)share->weight * (unsigned)layout->columns;

	share->cells = (int)(exact / total);
	share->remainder = (uint64_t)(exact % total);
}

/* A child with less than half a cell is never drawn on its own. */
static bool is_dust(const struct icicle_layout *layout, const struct share *share)
{
	uint64_t total = (uint64_t)call_tree_width(layout->tree, layout->zoom);

	return share->cells == 0 && share->remainder < total - share->remainder;
}

static void add_share(const struct icicle_layout *layout, struct shares *shares, uint64_t weight,
		      uint32_t index)
{
	struct share share = {.weight = weight, .index = index};

	take_floor(layout, &share);
	array_push(shares->items, shares->count, shares->capacity, share);
}

/* Children that may get a cell, in order; stops early because they stand by weight. */
static void collect_children(const struct icicle_layout *layout, struct shares *shares,
			     uint32_t parent)
{
	const struct call_tree *tree = layout->tree;

	for (uint32_t i = call_tree_child(tree, parent); i != NONE;
	     i = call_tree_sibling(tree, i)) {
		add_share(layout, shares, (uint64_t)call_tree_width(tree, i), i);
		if (!is_dust(layout, &shares->items[shares->count - 1]))
			continue;
		shares->count--;
		if (!layout->tree->mixed_signs)
			break;
	}
	shares->children = shares->count;
}

static int by_remainder(const void *a, const void *b)
{
	const struct share *x = *(struct share *const *)a, *y = *(struct share *const *)b;

	if (x->remainder != y->remainder)
		return x->remainder < y->remainder ? 1 : -1;
	return x < y ? -1 : x > y;
}

/* Gives the cells that the floors leave to the largest remainders. */
static void give_rest(struct shares *shares, int cells)
{
	struct share **order = alloc_zero(shares->count, sizeof(struct share *));

	for (size_t i = 0; i < shares->count; i++) {
		order[i] = &shares->items[i];
		cells -= shares->items[i].cells;
	}
	qsort(order, shares->count, sizeof(struct share *), by_remainder);
	for (size_t i = 0; i < shares->count && cells > 0; i++, cells--)
		order[i]->cells++;
	free(order);
}

/* Bucket and self behind the children; the bucket has what no child in the list has. */
static void add_others(const struct icicle_layout *layout, struct shares *shares, uint32_t parent)
{
	const struct call_tree *tree = layout->tree;
	uint64_t self = (uint64_t)wrap_absolute(call_tree_self(tree, parent));
	uint64_t rest = (uint64_t)call_tree_width(tree, parent) - self;

	shares->count = shares->children;
	for (size_t i = 0; i < shares->children; i++) {
		take_floor(layout, &shares->items[i]);
		rest -= shares->items[i].weight;
	}
	add_share(layout, shares, rest, NONE);
	add_share(layout, shares, self, NONE);
}

/* Moves children that got nothing to the bucket; false if there was none. */
static bool drop_losers(struct shares *shares)
{
	size_t kept = 0;

	for (size_t i = 0; i < shares->children; i++)
		if (shares->items[i].cells > 0)
			shares->items[kept++] = shares->items[i];
	if (kept == shares->children)
		return false;
	shares->children = kept;
	return true;
}

static uint32_t count_children(const struct call_tree *tree, uint32_t parent)
{
	uint32_t count = 0;

	for (uint32_t i = call_tree_child(tree, parent); i != NONE; i = call_tree_sibling(tree, i))
		count++;
	return count;
}

static void place_children(struct icicle_layout *layout, struct shares *shares,
			   const struct icicle_frame *parent)
{
	struct icicle_frame frame = {.parent = parent->index, .column = parent->column};
	size_t bucket = shares->children;

	for (size_t i = 0; i <= bucket; i++) {
		frame.cells = shares->items[i].cells;
		frame.index = shares->items[i].index;
		if (frame.cells == 0)
			continue;
		if (i == bucket)
			frame.hidden = count_children(layout->tree, parent->index) -
				       (uint32_t)shares->children;
		array_push(layout->frames, layout->frame_count, layout->frame_capacity, frame);
		frame.column += frame.cells;
	}
}

static void lay_out_children(struct icicle_layout *layout, struct shares *shares, size_t parent)
{
	struct icicle_frame frame = layout->frames[parent];

	if (frame.index == NONE || call_tree_child(layout->tree, frame.index) == NONE)
		return;
	shares->count = 0;
	collect_children(layout, shares, frame.index);
	do {
		add_others(layout, shares, frame.index);
		give_rest(shares, frame.cells);
	} while (drop_losers(shares));
	place_children(layout, shares, &frame);
}

static void end_row(struct icicle_layout *layout)
{
	array_reserve(layout->row_start, layout->row_capacity, layout->row_count + 2);
	layout->row_start[++layout->row_count] = layout->frame_count;
}

void icicle_layout_init(struct icicle_layout *layout, const struct tree_index *index, uint32_t zoom,
			int columns)
{
	const struct call_tree *tree = index->tree;
	struct icicle_frame frame = {
		.index = zoom, .parent = call_tree_parent(tree, zoom), .cells = columns};

	*layout = (struct icicle_layout){
		.index = index,
		.tree = tree,
		.zoom = zoom,
		.height = call_tree_height(tree, zoom) + 1,
		.columns = columns,
	};
	array_reserve(layout->row_start, layout->row_capacity, 2);
	layout->row_start[0] = 0;
	layout->complete = columns <= 0 || call_tree_width(tree, zoom) <= 0;
	if (layout->complete)
		return;
	array_push(layout->frames, layout->frame_count, layout->frame_capacity, frame);
	end_row(layout);
}

void icicle_layout_clear(struct icicle_layout *layout)
{
	free(layout->frames);
	free(layout->row_start);
	*layout = (struct icicle_layout){0};
}

void icicle_layout_extend(struct icicle_layout *layout, size_t rows)
{
	struct shares shares = {0};

	while (!layout->complete && layout->row_count < rows) {
		size_t start = layout->row_start[layout->row_count - 1];
		size_t end = layout->row_start[layout->row_count];

		for (size_t i = start; i < end; i++)
			lay_out_children(layout, &shares, i);
		if (layout->frame_count == end)
			layout->complete = true;
		else
			end_row(layout);
	}
	free(shares.items);
}

const struct icicle_frame *icicle_layout_find(struct icicle_layout *layout, uint32_t index)
{
	const struct call_tree *tree = layout->tree;
	size_t row;

	if (index < layout->zoom || index >= call_tree_end(tree, layout->zoom))
		return NULL;
	row = call_tree_depth(tree, index) - call_tree_depth(tree, layout->zoom);
	icicle_layout_extend(layout, row + 1);
	if (row >= layout->row_count)
		return NULL;
	for (size_t i = layout->row_start[row]; i < layout->row_start[row + 1]; i++)
		if (layout->frames[i].index == index)
			return &layout->frames[i];
	return NULL;
}

const struct icicle_frame *icicle_layout_at(const struct icicle_layout *layout, size_t row,
					    int column)
{
	if (row >= layout->row_count)
		return NULL;
	for (size_t i = layout->row_start[row]; i < layout->row_start[row + 1]; i++) {
		const struct icicle_frame *frame = &layout->frames[i];

		if (column >= frame->column && column < frame->column + frame->cells)
			return frame;
	}
	return NULL;
}

uint32_t icicle_layout_neighbour(struct icicle_layout *layout, uint32_t index, int direction)
{
	const struct icicle_frame *at = icicle_layout_find(layout, index), *first, *end;
	size_t row;

	if (!at)
		return index;
	row = call_tree_depth(layout->tree, index) - call_tree_depth(layout->tree, layout->zoom);
	first = &layout->frames[layout->row_start[row]];
	end = &layout->frames[layout->row_start[row + 1]];
	for (at += direction; at >= first && at < end; at += direction)
		if (at->index != NONE)
			return at->index;
	return index;
}

uint32_t icicle_layout_last_sibling(struct icicle_layout *layout, uint32_t index)
{
	const struct icicle_frame *at = icicle_layout_find(layout, index);
	const struct icicle_frame *end = layout->frames + layout->frame_count;
	uint32_t last = index, parent = call_tree_parent(layout->tree, index);

	for (; at && last != layout->zoom && at < end && at->parent == parent; at++)
		if (at->index != NONE)
			last = at->index;
	return last;
}

uint32_t icicle_layout_reveal(struct icicle_layout *layout, uint32_t index)
{
	const struct call_tree *tree = layout->tree;
	uint32_t zoom;

	if (icicle_layout_find(layout, index))
		return layout->zoom;
	for (zoom = index; zoom != layout->zoom; zoom = call_tree_parent(tree, zoom))
		if ((unsigned __int128)call_tree_width(tree, index) * (unsigned)layout->columns <
		    (unsigned __int128)call_tree_width(tree, call_tree_parent(tree, zoom)))
			break;
	return zoom;
}
