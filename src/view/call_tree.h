/* SPDX-License-Identifier: MIT */
/*
 * The stacks of a view merged by node, root first: what an icicle draws. Frame
 * 0 is the root (node NONE). Frames are in depth-first order: parent before
 * child, subtree [i, end); siblings are sorted by width, descending, then by
 * name. Frames whose samples all have the value 0 are left out.
 *
 * Most frames have one child and no samples of their own. A chain of these and
 * the frame at its end form a *run*, which stores its numbers only once, so a
 * tree of millions of frames takes a few bytes per frame:
 *
 *     main 9                 run 0  root           9
 *       serve 9       ->     run 1  main serve     9
 *         read 5             run 2  read           5
 *         parse 4            run 3  parse scan     4
 *           scan 4
 */
#ifndef VIEW_CALL_TREE_H
#define VIEW_CALL_TREE_H

#include "view/path_order.h"

struct call_tree {
	struct arena arena;
	uint32_t count;     /* frames */
	node_id *node;      /* of each frame */
	uint32_t height;    /* the greatest depth */
	bool mixed_signs;   /* the total of some frame differs from its width */
	uint32_t run_count; /* the root is run 0 */
	uint32_t *first;    /* by run: its first frame; [run_count] is count */
	uint32_t *above;    /* by run: the run of its parent; [0] = 0 */
	uint32_t *behind;   /* by run: the first run after its subtree */
	uint32_t *top;      /* by run: the depth of its first frame */
	int64_t *weight;    /* by run: the total of its frames */
	int64_t *width;     /* by run: their width */
};

/* Builds the tree of whole paths, from the root. */
#define CALL_TREE_WHOLE ((struct path_part){NONE, false})

/*
 * Builds the tree of a part of each path: below a function, or above it with the
 * order reversed; that function then is the root. NULL with an error if the
 * frames cannot be numbered in 32 bits. Free with call_tree_free; the tree does
 * not refer to the view.
 */
struct call_tree *call_tree_build(const struct view *view, struct path_part part,
				  struct error *error);
void call_tree_free(struct call_tree *tree);

/* The run of a frame. */
uint32_t call_tree_run(const struct call_tree *tree, uint32_t frame);

/* Like call_tree_run, for frames in ascending order: the search starts at `run`. */
uint32_t call_tree_run_from(const struct call_tree *tree, uint32_t frame, uint32_t run);

/* The frame's own value: samples that end there. */
int64_t call_tree_self(const struct call_tree *tree, uint32_t frame);

uint32_t call_tree_parent(const struct call_tree *tree, uint32_t frame); /* of the root: 0 */
uint32_t call_tree_depth(const struct call_tree *tree, uint32_t frame);  /* of the root: 0 */

/* The number of levels below a frame, 0 for a leaf; walks over the runs of the subtree. */
uint32_t call_tree_height(const struct call_tree *tree, uint32_t frame);

/* The first child of a frame, or NONE; the next frame with the same parent, or NONE. */
uint32_t call_tree_child(const struct call_tree *tree, uint32_t frame);
uint32_t call_tree_sibling(const struct call_tree *tree, uint32_t frame);

/* The frame after the last one of the subtree. */
static inline uint32_t call_tree_end(const struct call_tree *tree, uint32_t frame)
{
	return tree->first[tree->behind[call_tree_run(tree, frame)]];
}

static inline int64_t call_tree_total(const struct call_tree *tree, uint32_t frame)
{
	return tree->weight[call_tree_run(tree, frame)];
}

/*
 * The width on the screen: the sum of |self| over the subtree, so that changes in
 * both directions do not cancel each other in a difference. Equal to the total
 * if nothing is negative.
 */
static inline int64_t call_tree_width(const struct call_tree *tree, uint32_t frame)
{
	return tree->width[call_tree_run(tree, frame)];
}

#endif
