/*
 * pprof's cutoffs: nodes with a small cum are dropped, the first N of what is
 * left are kept, edges with a small weight go (internal/report newTrimmedGraph).
 */
#ifndef VIEW_TRIM_H
#define VIEW_TRIM_H

#include "view/call_graph.h"

struct trim_options {
	bool cum;             /* order by cum instead of flat */
	int32_t node_count;   /* <= 0: no limit */
	double node_fraction; /* of the sum of flat: nodes below it go */
	double edge_fraction;
	bool drop_negative;
	bool edges;           /* false: only the edges that inline labels need */
};

struct trimmed_graph {
	struct call_graph *graph;
	uint32_t original_count; /* nodes before node_count, after the cutoff */
	uint32_t dropped_nodes, dropped_edges;
};

void trim_graph(const struct view *view, const struct trim_options *options, struct trimmed_graph *trimmed);

#endif
