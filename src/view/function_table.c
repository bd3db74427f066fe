#include "view/function_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/parallel.h"

/* Sums by node while the samples are walked; what is touched at every step stands together. */
struct cum {
	int64_t sum;
	uint32_t seen; /* the last sample (from 1) that had the node on its path */
};

/* What one slice of the samples adds up to, by node. */
struct sums {
	struct cum *cum;
	int64_t *cum_divisor;
	int64_t *flat, *flat_divisor;
};

struct walk {
	const struct view *view;
	unsigned slices;
	struct sums sums[PARALLEL_LIMIT];
};

static void add_path(const struct view *view, uint32_t sample, struct path path,
		     const struct sums *sums)
{
	int64_t value = view->values[sample], divisor = view->divisors ? view->divisors[sample] : 0;
	node_id leaf = NONE;

	for (; path.first < path.end; path.first++) {
		const struct step *step = &view->steps[view->step_start[*path.first]];
		const struct step *end = &view->steps[view->step_start[*path.first + 1]];

		for (; step < end; step++) {
			struct cum *cum = &sums->cum[step->node];

			leaf = step->node;
			if (cum->seen == sample + 1)
				continue; /* recursion counts once */
			cum->seen = sample + 1;
			cum->sum = wrap_add(cum->sum, value);
			if (divisor)
				sums->cum_divisor[leaf] =
					wrap_add(sums->cum_divisor[leaf], divisor);
		}
	}
	if (leaf != NONE) {
		sums->flat[leaf] = wrap_add(sums->flat[leaf], value);
		sums->flat_divisor[leaf] = wrap_add(sums->flat_divisor[leaf], divisor);
	}
}

static void add_slice(void *context, unsigned slice)
{
	const struct walk *walk = context;
	uint32_t count = walk->view->profile->sample_count,
		 end = parallel_start(count, walk->slices, slice + 1);

	for (uint32_t i = parallel_start(count, walk->slices, slice); i < end; i++) {
		struct path path;

		if (view_path(walk->view, i, &path))
			add_path(walk->view, i, path, &walk->sums[slice]);
	}
}

/* The sums of all slices. */
static struct function_row sum_slices(const struct walk *walk, node_id node)
{
	struct function_row row = {.node = node};

	for (unsigned i = 0; i < walk->slices; i++) {
		const struct sums *sums = &walk->sums[i];

		row.flat = wrap_add(row.flat, sums->flat[node]);
		row.cum = wrap_add(row.cum, sums->cum[node].sum);
		row.flat_divisor = wrap_add(row.flat_divisor, sums->flat_divisor[node]);
		row.cum_divisor = wrap_add(row.cum_divisor, sums->cum_divisor[node]);
	}
	return row;
}

struct function_table *function_table_sum(const struct view *view)
{
	struct function_table *table = alloc_zero(1, sizeof(*table));
	struct walk walk = {.view = view};
	struct arena scratch = {0};

	walk.slices = parallel_slices(view->profile->path_start[view->profile->sample_count]);
	for (unsigned i = 0; i < walk.slices; i++)
		walk.sums[i] = (struct sums){
			.cum = arena_zero(&scratch, view->node_count, sizeof(*walk.sums[i].cum)),
			.cum_divisor = arena_zero(&scratch, view->node_count,
						  sizeof(*walk.sums[i].cum_divisor)),
			.flat = arena_zero(&scratch, view->node_count, sizeof(*walk.sums[i].flat)),
			.flat_divisor = arena_zero(&scratch, view->node_count,
						   sizeof(*walk.sums[i].flat_divisor)),
		};
	parallel_run(walk.slices, add_slice, &walk);
	table->rows = arena_alloc(&table->arena, view->node_count * sizeof(*table->rows));
	for (node_id i = 0; i < view->node_count; i++) {
		struct function_row row = sum_slices(&walk, i);

		if (row.flat || row.cum)
			table->rows[table->row_count++] = row;
	}
	arena_clear(&scratch);
	return table;
}

struct function_table *function_table_build(const struct view *view)
{
	struct function_table *table = function_table_sum(view);

	table->row_of_node =
		arena_alloc(&table->arena, view->node_count * sizeof(*table->row_of_node));
	function_table_sort(table, view, ORDER_FLAT, false);
	return table;
}

void function_table_free(struct function_table *table)
{
	if (!table)
		return;
	arena_clear(&table->arena);
	free(table);
}

static int compare_numbers(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* The last tie-break of pprof is the struct printed with %v; here: its fields in order. */
static int compare_nodes(const struct view *view, const struct node *a, const struct node *b)
{
	int order = strcmp(view_text(view, a->file), view_text(view, b->file));

	if (!order)
		order = compare_numbers(a->start_line, b->start_line);
	if (!order)
		order = compare_numbers(a->line, b->line);
	if (!order)
		order = strcmp(view_text(view, a->object), view_text(view, b->object));
	return order;
}

/* Two different addresses decide before anything else of the name does. */
static int compare_names(const struct view *view, node_id a, node_id b)
{
	const struct node *first = &view->nodes[a], *second = &view->nodes[b];

	if (first->address && second->address && first->address != second->address)
		return first->address < second->address ? -1 : 1;
	return strcmp(view->node_names[a], view->node_names[b]);
}

int function_row_compare(const struct view *view, const struct function_row *a,
			 const struct function_row *b, enum function_order order)
{
	bool by_cum = order == ORDER_CUM || order == ORDER_SCORE;
	int64_t first_a = by_cum ? a->cum : a->flat, first_b = by_cum ? b->cum : b->flat;
	int64_t second_a = by_cum ? a->flat : a->cum, second_b = by_cum ? b->flat : b->cum;
	int compared = 0;

	if (order == ORDER_CUM || order == ORDER_FLAT)
		compared = compare_numbers(wrap_absolute(first_b), wrap_absolute(first_a));
	if (!compared)
		compared = compare_names(view, a->node, b->node);
	if (!compared)
		compared = compare_numbers(wrap_absolute(second_b), wrap_absolute(second_a));
	if (!compared)
		compared = compare_nodes(view, &view->nodes[a->node], &view->nodes[b->node]);
	/* Nodes of a context view may be alike in all of this. */
	if (!compared)
		compared = compare_numbers(a->node, b->node);
	return compared;
}

struct sorting {
	const struct view *view;
	enum function_order order;
	bool reverse;
};

static int compare_rows(const void *a, const void *b, void *context)
{
	const struct sorting *sorting = context;
	int compared = function_row_compare(sorting->view, a, b, sorting->order);

	return sorting->reverse ? -compared : compared;
}

void function_rows_sort(struct function_row *rows, uint32_t count, const struct view *view,
			enum function_order order, bool reverse)
{
	struct sorting sorting = {view, order, reverse};

	qsort_r(rows, count, sizeof(*rows), compare_rows, &sorting);
}

void function_table_sort(struct function_table *table, const struct view *view,
			 enum function_order order, bool reverse)
{
	function_rows_sort(table->rows, table->row_count, view, order, reverse);
	memset(table->row_of_node, 0xff, view->node_count * sizeof(*table->row_of_node));
	for (uint32_t i = 0; i < table->row_count; i++)
		table->row_of_node[table->rows[i].node] = i;
}
