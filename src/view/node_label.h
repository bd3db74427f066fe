/* SPDX-License-Identifier: MIT */
/*
 * The weight of sample labels in each node: the small boxes attached to the nodes
 * of a drawn graph. The string labels of a sample together form a set of sorted
 * "key:value" lines; of the numbers only those with the key "bytes" count, each
 * within the set of its sample, as in pprof.
 */
#ifndef VIEW_NODE_LABEL_H
#define VIEW_NODE_LABEL_H

#include "view/view.h"

struct node_label {
	node_id node;
	string_id set;                     /* text of the set; 0: no string labels */
	string_id number;                  /* text of the number; NONE: the set itself */
	int64_t value;                     /* the first number with this text */
	int64_t flat, cum;                 /* raw sums */
	int64_t flat_divisor, cum_divisor; /* 0 without mean */
};

struct node_labels {
	struct arena arena;
	struct strings strings;    /* the texts */
	const char *unit;          /* of the numbers */
	struct node_label *labels; /* grouped by node */
	uint32_t *start;           /* by node id: labels[start[n] .. start[n + 1]) */
};

/*
 * Builds the labels of the nodes in `kept` (a bitset) with a flat or cum of at
 * least the cutoff. Numbers are formatted in `unit`, which may be "minimum". Free
 * with node_labels_free; `view` must outlive it.
 */
struct node_labels *node_labels_build(const struct view *view, const uint64_t *kept,
				      const char *unit, int64_t cutoff);
void node_labels_free(struct node_labels *labels);

#endif
