/* SPDX-License-Identifier: MIT */
/*
 * Where the frames of each function stand in a call tree, so that finding and
 * counting them takes no walk over millions of frames. Built once per tree.
 */
#ifndef UI_SESSION_TREE_INDEX_H
#define UI_SESSION_TREE_INDEX_H

#include "view/call_tree.h"

struct tree_index {
	const struct call_tree *tree;
	uint32_t node_count;
	uint32_t *
		start; /* by node: frames[start[n] .. start[n + 1]) are n's, in the order of the tree */
	uint32_t *frames;
	uint32_t *heaviest; /* by node: its heaviest frame, NONE if there is none */
};

/* The tree must outlive the index. */
void tree_index_build(struct tree_index *index, const struct call_tree *tree, uint32_t node_count);
void tree_index_clear(struct tree_index *index);

/* The heaviest frame of a node below and with `zoom`; NONE if there is none. */
uint32_t tree_index_heaviest(const struct tree_index *index, node_id node, uint32_t zoom);

/* --- Sets of nodes: matches of a search ----------------------------------- */

/* Frames of these nodes (a bitset) in the whole tree, or before the frame `end`. */
uint32_t tree_index_count(const struct tree_index *index, const uint64_t *nodes, uint32_t end);

/* The next frame of these nodes after `frame` (before it with direction -1), round the end; NONE. */
uint32_t tree_index_next(const struct tree_index *index, const uint64_t *nodes, uint32_t frame,
			 int direction);

#endif
