#include "ui/tree_index.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/bitset.h"

/* A counting sort of the frames by their node. */
void tree_index_build(struct tree_index *index, const struct call_tree *tree, uint32_t node_count)
{
	uint32_t *next;

	*index = (struct tree_index){.tree = tree, .node_count = node_count};
	index->start = alloc_zero((size_t)node_count + 2, sizeof(*index->start));
	index->frames = alloc_zero(tree->count, sizeof(*index->frames));
	/* One place ahead: while frames are put down, start[n + 1] runs from n's start to its end. */
	next = index->start + 1;
	for (uint32_t i = 1; i < tree->count; i++) {
		next[tree->node[i] + 1]++;
		if (index->height < tree->depth[i])
			index->height = tree->depth[i];
		if (tree->total[i] != tree->width[i])
			index->mixed_signs = true;
	}
	for (node_id node = 1; node <= node_count; node++)
		next[node] += next[node - 1];
	for (uint32_t i = 1; i < tree->count; i++)
		index->frames[next[tree->node[i]]++] = i;
}

void tree_index_clear(struct tree_index *index)
{
	free(index->start);
	free(index->frames);
	*index = (struct tree_index){0};
}

/* The first place in a node's list whose frame is not before `frame`. */
static uint32_t lower_bound(const struct tree_index *index, node_id node, uint32_t frame)
{
	uint32_t low = index->start[node], high = index->start[node + 1];

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (index->frames[middle] < frame)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

uint32_t tree_index_heaviest(const struct tree_index *index, node_id node, uint32_t zoom)
{
	const struct call_tree *tree = index->tree;
	uint32_t best = NONE;

	if (node == NONE)
		return NONE;
	for (uint32_t i = lower_bound(index, node, zoom); i < index->start[node + 1]; i++) {
		uint32_t frame = index->frames[i];

		if (frame >= tree->end[zoom])
			break;
		if (best == NONE || tree->width[frame] > tree->width[best])
			best = frame;
	}
	return best;
}

uint32_t tree_index_height(const struct tree_index *index, uint32_t frame)
{
	const struct call_tree *tree = index->tree;
	uint32_t deepest = tree->depth[frame];

	if (frame == 0)
		return index->height;
	for (uint32_t i = frame; i < tree->end[frame]; i++)
		if (deepest < tree->depth[i])
			deepest = tree->depth[i];
	return deepest - tree->depth[frame];
}

uint32_t tree_index_count(const struct tree_index *index, const uint64_t *nodes, uint32_t end)
{
	uint32_t count = 0;

	for (node_id node = 0; node < index->node_count; node++)
		if (bitset_has(nodes, node))
			count += lower_bound(index, node, end) - index->start[node];
	return count;
}

/* The nearest match on one side of `frame`, or at it; NONE. */
static uint32_t nearest(const struct tree_index *index, const uint64_t *nodes, uint32_t frame,
			int direction)
{
	uint32_t best = NONE;

	for (node_id node = 0; node < index->node_count; node++) {
		uint32_t at, found;

		if (!bitset_has(nodes, node))
			continue;
		at = lower_bound(index, node, direction > 0 ? frame : frame + 1);
		if (direction > 0 ? at == index->start[node + 1] : at == index->start[node])
			continue;
		found = index->frames[direction > 0 ? at : at - 1];
		if (best == NONE || (direction > 0 ? found < best : found > best))
			best = found;
	}
	return best;
}

uint32_t tree_index_next(const struct tree_index *index, const uint64_t *nodes, uint32_t frame,
			 int direction)
{
	uint32_t last = index->tree->count - 1, found = NONE;

	if (direction > 0 ? frame < last : frame > 0)
		found = nearest(index, nodes, direction > 0 ? frame + 1 : frame - 1, direction);
	return found != NONE ? found : nearest(index, nodes, direction > 0 ? 0 : last, direction);
}
