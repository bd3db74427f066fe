/* SPDX-License-Identifier: MIT */
/* Nodelets: the little boxes with labels that hang on the nodes of a drawn graph. */
#ifndef REPORT_GRAPH_DOT_NODELET_H
#define REPORT_GRAPH_DOT_NODELET_H

#include "report/report.h"
#include "view/visual_graph.h"

/*
 * Writes the nodelets of a node that is drawn as N`number`: the heaviest sets
 * of labels and the numbers within them. exact: see dot_quote. False if it
 * has none.
 */
bool dot_write_nodelets(const struct visual_graph *graph, node_id node, uint32_t number,
			const struct value_format *format, bool exact, FILE *out);

#endif
