/* SPDX-License-Identifier: MIT */
/*
 * The graph to draw: what trim_graph does for tables, but nodes stand by
 * entropy, their labels count against node_count, and residual edges between
 * nodes that are connected anyway are left out.
 */
#ifndef VIEW_VISUAL_GRAPH_H
#define VIEW_VISUAL_GRAPH_H

#include "view/context_view.h"
#include "view/node_label.h"
#include "view/trim.h"

#define VISUAL_LABELS 4 /* at most this many labels of a kind hang on a node */

struct visual_graph {
	struct trimmed_graph trimmed;
	struct node_labels *labels;
};

/*
 * The graph of view, or of contexts->view when contexts is not NULL. unit: what
 * numbers of labels are written in. trim->cum and trim->edges are not read.
 */
void visual_graph_build(const struct view *view, const struct context_view *contexts,
			const struct trim_options *trim, const char *unit,
			struct visual_graph *graph);
void visual_graph_clear(struct visual_graph *graph);

#endif
