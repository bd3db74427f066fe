/* SPDX-License-Identifier: MIT */
/*
 * The call graph: nodes and weighted edges of a view, computed as in pprof's
 * internal/graph. An edge counts once per sample and (caller, callee); there are
 * no self-edges. If only some nodes are kept, an edge that bridges dropped ones
 * is residual, and the flat value of a dropped leaf is lost.
 */
#ifndef VIEW_CALL_GRAPH_H
#define VIEW_CALL_GRAPH_H

#include "view/function_table.h"

struct call_edge {
	node_id caller, callee;
	int64_t weight, divisor; /* divisor: 0 without mean */
	bool residual;
	bool inlined; /* every occurrence of the callee was inlined into the caller */
};

struct call_graph {
	struct arena arena;
	const struct view *view;
	struct function_row *rows; /* the nodes */
	uint32_t row_count;
	struct call_edge *edges; /* grouped by caller, each group by |weight| desc, names */
	uint32_t edge_count;
	uint32_t *out_start; /* by node id: edges[out_start[n] .. out_start[n + 1]) leave n */
	uint32_t *in_edges;  /* indices into edges grouped by callee, same order in a group */
	uint32_t *in_start;  /* by node id, into in_edges */
};

/*
 * Builds the graph of these rows of the view's function table, in their order.
 * kept: bitset of the nodes that edges may connect, NULL for all.
 */
struct call_graph *call_graph_build(const struct view *view, const struct function_row *rows,
				    uint32_t row_count, const uint64_t *kept);

/* Builds the nodes alone, without edges. */
struct call_graph *call_graph_new(const struct view *view, const struct function_row *rows,
				  uint32_t row_count);

void call_graph_free(struct call_graph *graph);

/* Sorts edges and in_edges again after edges were changed, added or removed. */
void call_graph_index(struct call_graph *graph);

/* Removes edges into listed nodes with |weight| < cutoff; returns their number. */
uint32_t call_graph_trim_edges(struct call_graph *graph, int64_t cutoff);

/* "(inline)", "(partial-inline)" or "", derived from the edges into the node. */
const char *call_graph_inline_label(const struct call_graph *graph, node_id node);

#endif
