#include "view/trim.h"

#include "profile/unit.h"

/* |int64(sum * fraction)|, as Go truncates it. */
static int64_t cutoff_of(int64_t sum, double fraction)
{
	return wrap_absolute(unit_truncate((double)sum * fraction));
}

static bool is_negative(const struct function_row *row)
{
	return row->flat < 0 || (row->flat == 0 && row->cum < 0);
}

/* Nodes with a frame that was inlined somewhere: only these need edges for a label. */
static uint64_t *inlined_nodes(const struct view *view, struct arena *arena)
{
	uint64_t *nodes = arena_zero(arena, bitset_words(view->node_count), sizeof(uint64_t));

	for (uint32_t i = 0; i < view->step_start[view->profile->location_count]; i++)
		if (view->steps[i].inlined)
			bitset_add(nodes, view->steps[i].node);
	return nodes;
}

/* Rows that drop_negative lists. */
static uint32_t keep_listed(struct function_row *rows, uint32_t count, bool no_negative)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < count; i++)
		if (!no_negative || !is_negative(&rows[i]))
			rows[kept++] = rows[i];
	return kept;
}

/* Rows with a cum of at least the cutoff. */
static uint32_t keep_heavy(struct function_row *rows, uint32_t count, int64_t cutoff)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < count; i++)
		if (cutoff <= 0 || wrap_absolute(rows[i].cum) >= cutoff)
			rows[kept++] = rows[i];
	return kept;
}

/*
 * Flat and cum of a node do not depend on which others are kept, so the table
 * says which stay; only then the graph of these is built, once.
 */
void trim_graph(const struct view *view, const struct trim_options *options, struct trimmed_graph *trimmed)
{
	enum function_order order = options->cum ? ORDER_CUM : ORDER_FLAT;
	struct function_table *table = function_table_build(view);
	struct arena scratch = {0};
	uint64_t *kept = arena_zero(&scratch, bitset_words(view->node_count), 8);
	struct edge_choice choice = {0};
	uint32_t listed, count;
	int64_t sum = 0, edge_cutoff;

	listed = keep_listed(table->rows, table->row_count, options->drop_negative);
	for (uint32_t i = 0; i < listed; i++)
		sum = wrap_add(sum, table->rows[i].flat);
	count = keep_heavy(table->rows, listed, cutoff_of(sum, options->node_fraction));
	*trimmed = (struct trimmed_graph){.original_count = count, .dropped_nodes = listed - count};
	function_rows_sort(table->rows, count, view, order, false);
	if (options->node_count > 0 && count > (uint32_t)options->node_count)
		count = (uint32_t)options->node_count;
	for (uint32_t i = 0; i < count; i++)
		bitset_add(kept, table->rows[i].node);
	edge_cutoff = cutoff_of(sum, options->edge_fraction);
	if (!options->edges)
		choice = (struct edge_choice){inlined_nodes(view, &scratch), edge_cutoff};
	trimmed->graph = call_graph_build(view, table->rows, count, count < listed ? kept : NULL, choice);
	trimmed->dropped_edges = call_graph_trim_edges(trimmed->graph, edge_cutoff);
	function_table_free(table);
	arena_clear(&scratch);
}
