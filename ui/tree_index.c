#include "ui/tree_index.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/bitset.h"

static void find_heaviest(struct tree_index *index)
{
	const struct call_tree *tree = index->tree;
	int64_t *width = alloc_zero(index->node_count, sizeof(*width));

	index->heaviest = alloc_resize(NULL, index->node_count, sizeof(*index->heaviest));
	for (node_id node = 0; node < index->node_count; node++)
		index->heaviest[node] = NONE;
	for (uint32_t run = 1; run < tree->run_count; run++) {
		for (uint32_t i = tree->first[run]; i < tree->first[run + 1]; i++) {
			node_id node = tree->node[i];

			if (index->heaviest[node] != NONE && width[node] >= tree->width[run])
				continue;
			index->heaviest[node] = i;
			width[node] = tree->width[run];
		}
	}
	free(width);
}

/* A counting sort of the frames by their node. */
void tree_index_build(struct tree_index *index, const struct call_tree *tree, uint32_t node_count)
{
	uint32_t *next;

	*index = (struct tree_index){.tree = tree, .node_count = node_count};
	index->start = alloc_zero((size_t)node_count + 2, sizeof(*index->start));
	index->frames = alloc_resize(NULL, tree->count, sizeof(*index->frames));
	/* One place ahead: while frames are put down, start[n + 1] runs from n's start to its end. */
	next = index->start + 1;
	for (uint32_t i = 1; i < tree->count; i++)
		next[tree->node[i] + 1]++;
	for (node_id node = 1; node <= node_count; node++)
		next[node] += next[node - 1];
	for (uint32_t i = 1; i < tree->count; i++)
		index->frames[next[tree->node[i]]++] = i;
	find_heaviest(index);
}

void tree_index_clear(struct tree_index *index)
{
	free(index->start);
	free(index->frames);
	free(index->heaviest);
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
	uint32_t best = NONE, run = 0, end = call_tree_end(tree, zoom);
	int64_t width = 0;

	if (node == NONE || zoom == 0)
		return node == NONE ? NONE : index->heaviest[node];
	for (uint32_t i = lower_bound(index, node, zoom); i < index->start[node + 1]; i++) {
		uint32_t frame = index->frames[i];

		if (frame >= end)
			break;
		run = call_tree_run_from(tree, frame, run);
		if (best != NONE && width >= tree->width[run])
			continue;
		best = frame;
		width = tree->width[run];
	}
	return best;
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
