/* SPDX-License-Identifier: MIT */
/*
 * A view in which a node is a function in one context: a function reached through
 * different callers is several nodes (pprof's call_tree). All tables can be built
 * from it as from any view; its call graph is a forest.
 *
 *     a -> b, c -> b        a   c          a   c
 *                            \ /    ->     |   |
 *                             b            b   b
 */
#ifndef VIEW_CONTEXT_VIEW_H
#define VIEW_CONTEXT_VIEW_H

#include "view/call_graph.h"

struct context_view {
	struct view view;       /* nodes are contexts; callers have lower ids than callees */
	struct profile profile; /* what the view reads: locations are contexts too */
	node_id *node;          /* of each context, in the view it was made from */
	node_id *parent;        /* of each context; NONE: a root */
	struct arena arena;
};

/* `view` must outlive it. */
struct context_view *context_view_build(const struct view *view);
void context_view_free(struct context_view *contexts);

/*
 * For a graph that was built from the nodes in `kept` (a bitset): unlike in other
 * graphs, an edge that bridges dropped nodes is inlined only if all the edges it
 * replaces were.
 */
void context_view_check_inlined(const struct context_view *contexts, struct call_graph *graph,
				const uint64_t *kept);

/* Removes the rows that are not in `kept` from a graph, and adjusts its edges likewise. */
void context_view_splice(struct call_graph *graph, const uint64_t *kept);

#endif
