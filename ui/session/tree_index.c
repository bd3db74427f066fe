/* SPDX-License-Identifier: MIT */
#include "ui/session/tree_index.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/bitset.h"
#include "base/parallel.h"

/* What a slice of the runs knows of each node. */
struct node_frames {
	uint32_t count;    /* then: where its next frame is put */
	uint32_t heaviest; /* its heaviest frame, the first of them */
	int64_t width;     /* of that one */
};

struct indexing {
	struct tree_index *index;
	unsigned slices;
	struct node_frames *nodes[PARALLEL_LIMIT]; /* by slice and node */
};

/* The runs of a slice; the root is left out, as it has no node. */
static uint32_t slice_start(const struct indexing *indexing, unsigned slice)
{
	return 1 + parallel_start(indexing->index->tree->run_count - 1, indexing->slices, slice);
}

static void count_slice(void *context, unsigned slice)
{
	const struct indexing *indexing = context;
	const struct call_tree *tree = indexing->index->tree;
	struct node_frames *nodes = indexing->nodes[slice];
	uint32_t end = slice_start(indexing, slice + 1);

	for (uint32_t run = slice_start(indexing, slice); run < end; run++) {
		for (uint32_t i = tree->first[run]; i < tree->first[run + 1]; i++) {
			struct node_frames *node = &nodes[tree->node[i]];

			if (node->count++ && node->width >= tree->width[run])
				continue;
			node->heaviest = i;
			node->width = tree->width[run];
		}
	}
}

static void put_slice(void *context, unsigned slice)
{
	const struct indexing *indexing = context;
	const struct call_tree *tree = indexing->index->tree;
	struct node_frames *nodes = indexing->nodes[slice];
	uint32_t *frames = indexing->index->frames;
	uint32_t end = tree->first[slice_start(indexing, slice + 1)];

	for (uint32_t i = tree->first[slice_start(indexing, slice)]; i < end; i++)
		frames[nodes[tree->node[i]].count++] = i;
}

/* Adds up what the slices have found, and gives each its places of a node's frames. */
static void join_slices(struct indexing *indexing)
{
	struct tree_index *index = indexing->index;
	uint32_t next = 0;

	for (node_id node = 0; node < index->node_count; node++) {
		int64_t width = 0;

		index->start[node] = next;
		index->heaviest[node] = NONE;
		for (unsigned i = 0; i < indexing->slices; i++) {
			struct node_frames *part = &indexing->nodes[i][node];
			uint32_t count = part->count;

			if (count && (index->heaviest[node] == NONE || part->width > width)) {
				index->heaviest[node] = part->heaviest;
				width = part->width;
			}
			part->count = next;
			next += count;
		}
	}
	index->start[index->node_count] = next;
}

/* A counting sort of the frames by their node. */
void tree_index_build(struct tree_index *index, const struct call_tree *tree, uint32_t node_count)
{
	struct indexing indexing = {index, parallel_slices(tree->count), {NULL}};

	*index = (struct tree_index){.tree = tree, .node_count = node_count};
	index->start = alloc_zero((size_t)node_count + 1, sizeof(*index->start));
	index->heaviest = alloc_resize(NULL, node_count, sizeof(*index->heaviest));
	index->frames = alloc_resize(NULL, tree->count, sizeof(*index->frames));
	for (unsigned i = 0; i < indexing.slices; i++)
		indexing.nodes[i] = alloc_zero(node_count, sizeof(**indexing.nodes));
	parallel_run(indexing.slices, count_slice, &indexing);
	join_slices(&indexing);
	parallel_run(indexing.slices, put_slice, &indexing);
	for (unsigned i = 0; i < indexing.slices; i++)
		free(indexing.nodes[i]);
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
	return (uint32_t)array_partition(index->start[node], index->start[node + 1], i,
					 index->frames[i] < frame);
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
