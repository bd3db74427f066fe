/* SPDX-License-Identifier: MIT */
#include "view/visual_graph.h"

#include <string.h>

#include "view/entropy.h"

/* Labels of the node that weigh something there; a good guess at how many will be drawn. */
static uint32_t label_count(const struct node_labels *labels, node_id node)
{
	uint32_t count = 0;

	for (uint32_t i = labels->start[node]; i < labels->start[node + 1]; i++)
		count += labels->labels[i].flat != 0;
	return count < VISUAL_LABELS ? count : VISUAL_LABELS;
}

/* How many of the first rows make `limit` nodes, if each label is a node too. */
static uint32_t rows_within(const struct call_graph *graph, const struct node_labels *labels,
			    int32_t limit)
{
	int64_t count = 0;

	for (uint32_t i = 0; i < graph->row_count; i++) {
		count += 1 + label_count(labels, graph->rows[i].node);
		if (count >= limit)
			return i + 1;
	}
	return graph->row_count < (uint32_t)limit ? graph->row_count : (uint32_t)limit;
}

/* The nodes of the first rows, as a set of the arena. */
static uint64_t *set_of_rows(const struct view *view, const struct function_row *rows,
			     uint32_t count, struct arena *arena)
{
	uint64_t *set = arena_zero(arena, bitset_words(view->node_count), sizeof(*set));

	for (uint32_t i = 0; i < count; i++)
		bitset_add(set, rows[i].node);
	return set;
}

/* A search for another way from the caller of an edge to its callee. */
struct search {
	const struct call_graph *graph;
	const uint64_t *removed; /* bitset of edges */
	uint32_t *seen;          /* by node: the number of the search that met it */
	node_id *queue;
	uint32_t number;
};

static bool is_redundant(struct search *search, uint32_t wanted)
{
	const struct call_graph *graph = search->graph;
	uint32_t first = 0, end = 0;

	search->number++;
	search->queue[end++] = graph->edges[wanted].callee;
	search->seen[graph->edges[wanted].callee] = search->number;
	while (first < end) {
		node_id node = search->queue[first++];

		for (uint32_t i = graph->in_start[node]; i < graph->in_start[node + 1]; i++) {
			uint32_t edge = graph->in_edges[i];
			node_id caller = graph->edges[edge].caller;

			if (edge == wanted || bitset_has(search->removed, edge) ||
			    search->seen[caller] == search->number)
				continue;
			if (caller == graph->edges[wanted].caller)
				return true;
			search->seen[caller] = search->number;
			search->queue[end++] = caller;
		}
	}
	return false;
}

/*
 * Takes out residual edges that say nothing which other edges do not; the
 * lightest go first, and none that is heavier than an edge that is no residue.
 */
static void remove_redundant_edges(struct call_graph *graph)
{
	struct arena scratch = {0};
	uint32_t nodes = graph->view->node_count, kept = 0;
	uint64_t *removed = arena_zero(&scratch, bitset_words(graph->edge_count), sizeof(*removed));
	struct search search = {
		.graph = graph,
		.removed = removed,
		.seen = arena_zero(&scratch, nodes, sizeof(*search.seen)),
		.queue = arena_alloc(&scratch, nodes * sizeof(*search.queue)),
	};

	for (uint32_t row = graph->row_count; row-- > 0;) {
		node_id node = graph->rows[row].node;

		for (uint32_t i = graph->in_start[node + 1]; i-- > graph->in_start[node];) {
			uint32_t edge = graph->in_edges[i];

			if (!graph->edges[edge].residual)
				break;
			if (is_redundant(&search, edge))
				bitset_add(removed, edge);
		}
	}
	for (uint32_t i = 0; i < graph->edge_count; i++)
		if (!bitset_has(removed, i))
			graph->edges[kept++] = graph->edges[i];
	if (kept < graph->edge_count) {
		graph->edge_count = kept;
		call_graph_index(graph);
	}
	arena_clear(&scratch);
}

/*
 * The graph of all rows that the cutoff left, the most interesting first. A
 * forest keeps the nodes that are no rows (they weigh nothing, or less), as
 * only what the cutoff took is taken out of it.
 */
static struct call_graph *build_all(const struct view *view, const struct context_view *contexts,
				    const struct trim_selection *selection, uint64_t *kept)
{
	const struct function_row *rows = selection->table->rows;
	struct arena scratch = {0};
	uint64_t *joined = selection->dropped ? kept : NULL;
	struct call_graph *graph;

	if (contexts && joined) {
		joined = arena_alloc(&scratch, bitset_words(view->node_count) * sizeof(*joined));
		memset(joined, 0xff, bitset_words(view->node_count) * sizeof(*joined));
		for (uint32_t i = 0; i < selection->dropped; i++)
			bitset_remove(joined, rows[selection->count + i].node);
	}
	graph = call_graph_build(view, rows, selection->count, joined);
	if (contexts && joined)
		context_view_check_inlined(contexts, graph, joined);
	entropy_sort(graph);
	arena_clear(&scratch);
	return graph;
}

/* The first rows alone. */
static struct call_graph *cut(struct call_graph *graph, const struct context_view *contexts,
			      uint32_t count)
{
	const struct view *view = graph->view;
	struct arena scratch = {0};
	uint64_t *kept = set_of_rows(view, graph->rows, count, &scratch);
	struct call_graph *smaller = graph;

	if (contexts) {
		context_view_splice(graph, kept);
	} else {
		smaller = call_graph_build(view, graph->rows, count, kept);
		call_graph_free(graph);
	}
	entropy_sort(smaller);
	arena_clear(&scratch);
	return smaller;
}

void visual_graph_build(const struct view *view, const struct context_view *contexts,
			const struct trim_options *trim, const char *unit,
			struct visual_graph *visual)
{
	struct trimmed_graph *trimmed = &visual->trimmed;
	struct trim_selection selection;
	struct arena scratch = {0};
	uint64_t *kept;
	uint32_t count;

	if (contexts)
		view = &contexts->view;
	trim_select(view, trim, &selection);
	kept = set_of_rows(view, selection.table->rows, selection.count, &scratch);
	*trimmed = (struct trimmed_graph){.original_count = selection.count,
					  .dropped_nodes = selection.dropped};
	trimmed->graph = build_all(view, contexts, &selection, kept);
	visual->labels = node_labels_build(view, kept, unit, selection.node_cutoff);
	if (trim->node_count > 0) {
		call_graph_trim_edges(trimmed->graph, selection.edge_cutoff);
		count = rows_within(trimmed->graph, visual->labels, trim->node_count);
		if (count < trimmed->graph->row_count)
			trimmed->graph = cut(trimmed->graph, contexts, count);
	}
	trimmed->dropped_edges = call_graph_trim_edges(trimmed->graph, selection.edge_cutoff);
	remove_redundant_edges(trimmed->graph);
	function_table_free(selection.table);
	arena_clear(&scratch);
}

void visual_graph_clear(struct visual_graph *visual)
{
	node_labels_free(visual->labels);
	call_graph_free(visual->trimmed.graph);
}
