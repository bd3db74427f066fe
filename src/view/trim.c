/* SPDX-License-Identifier: MIT */
#include "view/trim.h"

#include "profile/unit.h"

/* |int64(sum * fraction)|, as Go truncates it. */
static int64_t cutoff_of(int64_t sum, double fraction)
{
	return wrap_absolute(unit_truncate((double)sum * fraction));
}

/* Rows that drop_negative lists. */
static uint32_t keep_listed(struct function_row *rows, uint32_t count, bool no_negative)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < count; i++)
		if (!no_negative || !function_row_is_negative(&rows[i]))
			rows[kept++] = rows[i];
	return kept;
}

/* Moves the rows with a cum of at least the cutoff to the front. */
static uint32_t keep_heavy(struct function_row *rows, uint32_t count, int64_t cutoff)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < count; i++) {
		struct function_row row = rows[i];

		if (cutoff > 0 && wrap_absolute(row.cum) < cutoff)
			continue;
		rows[i] = rows[kept];
		rows[kept++] = row;
	}
	return kept;
}

void trim_select(const struct view *view, const struct trim_options *options,
		 struct trim_selection *selection)
{
	struct function_table *table = function_table_sum(view);
	uint32_t listed = keep_listed(table->rows, table->row_count, options->drop_negative);
	int64_t sum = 0;

	for (uint32_t i = 0; i < listed; i++)
		sum = wrap_add(sum, table->rows[i].flat);
	*selection = (struct trim_selection){
		.table = table,
		.node_cutoff = cutoff_of(sum, options->node_fraction),
		.edge_cutoff = cutoff_of(sum, options->edge_fraction),
	};
	selection->count = keep_heavy(table->rows, listed, selection->node_cutoff);
	selection->dropped = listed - selection->count;
}

/*
 * Flat and cum of a node do not depend on which others are kept, so the table
 * says which stay; only then the graph of these is built, once.
 */
void trim_graph(const struct view *view, const struct trim_options *options,
		struct trimmed_graph *trimmed)
{
	enum function_order order = options->cum ? ORDER_CUM : ORDER_FLAT;
	struct trim_selection selection;
	struct arena scratch = {0};
	uint64_t *kept = arena_zero(&scratch, bitset_words(view->node_count), 8);
	const struct function_row *rows;
	const uint64_t *joined;
	uint32_t count;

	trim_select(view, options, &selection);
	rows = selection.table->rows;
	count = selection.count;
	*trimmed =
		(struct trimmed_graph){.original_count = count, .dropped_nodes = selection.dropped};
	function_rows_sort(selection.table->rows, count, view, order, false);
	if (options->node_count > 0 && count > (uint32_t)options->node_count)
		count = (uint32_t)options->node_count;
	for (uint32_t i = 0; i < count; i++)
		bitset_add(kept, rows[i].node);
	joined = count < selection.count + selection.dropped ? kept : NULL;
	if (options->edges) {
		trimmed->graph = call_graph_build(view, rows, count, joined);
		trimmed->dropped_edges =
			call_graph_trim_edges(trimmed->graph, selection.edge_cutoff);
	} else {
		trimmed->graph = call_graph_new(view, rows, count);
		trimmed->labels =
			arena_alloc(&trimmed->graph->arena, count * sizeof(*trimmed->labels));
		inline_label_build(view, selection.table, count, joined, selection.edge_cutoff,
				   trimmed->labels);
	}
	function_table_free(selection.table);
	arena_clear(&scratch);
}

const char *trim_inline_label(const struct trimmed_graph *trimmed, uint32_t row)
{
	return trimmed->labels
		       ? trimmed->labels[row]
		       : call_graph_inline_label(trimmed->graph, trimmed->graph->rows[row].node);
}
