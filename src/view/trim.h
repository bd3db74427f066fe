/* SPDX-License-Identifier: MIT */
/*
 * pprof's cutoffs: drops nodes with a small cum, keeps the first N of the rest and
 * drops edges with a small weight (internal/report newTrimmedGraph).
 */
#ifndef VIEW_TRIM_H
#define VIEW_TRIM_H

#include "view/call_graph.h"
#include "view/inline_label.h"

struct trim_options {
	bool cum;             /* order by cum instead of flat */
	int32_t node_count;   /* <= 0: no limit */
	double node_fraction; /* of the sum of flat: nodes below it are dropped */
	double edge_fraction;
	bool drop_negative;
	bool edges; /* false: no edges, but inline labels */
};

struct trimmed_graph {
	struct call_graph *graph;
	const char **labels;     /* of trim_inline_label alone; NULL if the graph has edges */
	uint32_t original_count; /* nodes after the cutoff, before node_count */
	uint32_t dropped_nodes, dropped_edges;
};

/* The first step: the rows of the view's table that the cutoff keeps, unsorted. */
struct trim_selection {
	struct function_table *table; /* rows [0, count) stay; free it with function_table_free */
	uint32_t count;
	uint32_t dropped; /* rows after them, dropped by the cutoff */
	int64_t node_cutoff, edge_cutoff;
};
void trim_select(const struct view *view, const struct trim_options *options,
		 struct trim_selection *selection);

void trim_graph(const struct view *view, const struct trim_options *options,
		struct trimmed_graph *trimmed);

/* "(inline)", "(partial-inline)" or "" for row `row` of the graph; lives as long as the graph. */
const char *trim_inline_label(const struct trimmed_graph *trimmed, uint32_t row);

#endif
