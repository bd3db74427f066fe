/*
 * The stacks of a view merged by node, root first: what an icicle draws. Index
 * 0 is the root (node NONE). Depth-first order: parent before child, subtree
 * [i, end[i]); children of one parent stand by width descending, then name.
 * Nodes whose samples all have value 0 are left out.
 */
#ifndef VIEW_CALL_TREE_H
#define VIEW_CALL_TREE_H

#include "view/view.h"

struct call_tree {
	struct arena arena;
	uint32_t count;
	uint32_t *parent; /* parent[0] = 0 */
	node_id *node;
	uint32_t *end;
	uint32_t *depth; /* root: 0 */
	int64_t *self, *total;
	/*
	 * Width on the screen: the sum of |self| of the subtree, so that a diff
	 * with changes in both directions does not net out to nothing. Equal to
	 * total when nothing is negative.
	 */
	int64_t *width;
};

/* The view's profile must have its stacks (profile_build_stacks). */
struct call_tree *call_tree_build(const struct view *view);
void call_tree_free(struct call_tree *tree);

/* First child of i or NONE; next sibling of i under the same parent or NONE. */
static inline uint32_t call_tree_child(const struct call_tree *tree, uint32_t i)
{
	return i + 1 < tree->end[i] ? i + 1 : NONE;
}

static inline uint32_t call_tree_sibling(const struct call_tree *tree, uint32_t i)
{
	return i && tree->end[i] < tree->end[tree->parent[i]] ? tree->end[i] : NONE;
}

#endif
