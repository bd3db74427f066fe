/* SPDX-License-Identifier: MIT */
/*
 * How interesting a node is in a drawn graph (pprof's entropyScore): its cum,
 * times how much its callers and callees differ in weight. Nodes that only pass
 * calls from one caller to one callee score low.
 */
#ifndef VIEW_ENTROPY_H
#define VIEW_ENTROPY_H

#include "view/call_graph.h"

int64_t entropy_score(const struct call_graph *graph, const struct function_row *row);

/* Sorts the rows of the graph: |score| desc, name, |flat| desc. */
void entropy_sort(struct call_graph *graph);

#endif
