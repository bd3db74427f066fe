/* SPDX-License-Identifier: MIT */
/*
 * The note behind a row: was the function inlined into its callers? The
 * answer of call_graph_inline_label, for reports that need nothing else of
 * the graph: only the edges that can matter are summed.
 *
 * What it is for: -top of a profile of a million samples takes 0.50 s of CPU
 * with it and 0.76 s with the labels of a whole graph; 0.87 and 1.33 s where
 * nearly every function is inlined somewhere.
 */
#ifndef VIEW_INLINE_LABEL_H
#define VIEW_INLINE_LABEL_H

#include "view/function_table.h"

/* The label of a function: has it callers that it is inlined into, and others? */
static inline const char *inline_label(bool inlined, bool called)
{
	return !inlined ? "" : called ? "(partial-inline)" : "(inline)";
}

/*
 * Sets label[i] of the first row_count rows of a table of the view. kept: bitset of the nodes that edges may join,
 * NULL for all; edges below the cutoff do not count.
 */
void inline_label_build(const struct view *view, const struct function_table *table,
			uint32_t row_count, const uint64_t *kept, int64_t cutoff,
			const char **label);

#endif
