/* SPDX-License-Identifier: MIT */
#include "view/function_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/parallel.h"

#define NODE_LIMIT (UINT32_MAX >> 1)

/* How many locations of a path are looked at in one go. */
#define GATHERED 512

/* Sums by node while the samples are walked; what is touched at every step stands together. */
struct cum {
	int64_t sum;
	uint32_t seen; /* the last sample (from 1) that had the node on its path */
};

/* The same for locations with inlined steps. */
struct through {
	double sum; /* |values| */
	uint32_t seen;
};

/* What one slice of the samples adds up to. */
struct sums {
	struct cum *cum; /* by node, and one more for locations without steps */
	int64_t *cum_divisor;
	int64_t *flat, *flat_divisor; /* by node */
	struct through *through;      /* by location */
};

struct walk {
	const struct view *view;
	struct head *heads; /* by location */
	unsigned slices;
	struct sums sums[PARALLEL_LIMIT];
};

/* The outermost step of a location, in four bytes: all that most locations have. */
struct head {
	uint32_t node : 31; /* node_count: no step */
	uint32_t more : 1;  /* inlined steps */
};

static struct head *make_heads(const struct view *view, struct arena *arena)
{
	uint32_t count = view->profile->location_count;
	struct head *heads = arena_alloc(arena, count * sizeof(*heads));

	for (location_id i = 0; i < count; i++) {
		uint32_t first = view->step_start[i], steps = view->step_start[i + 1] - first;

		heads[i].node = steps ? view->steps[first].node : view->node_count & NODE_LIMIT;
		heads[i].more = steps > 1 || (steps && view->steps[first].inlined);
	}
	return heads;
}

/* A sample on its way through the sums of a slice. */
struct passer {
	uint32_t number; /* from 1 */
	int64_t value, divisor;
};

/* The walk is compiled twice, with and without divisors. */
#define TWICE static inline __attribute__((always_inline))

/* Recursion counts once; no branch, as the processor could not foresee it. */
TWICE void pass_node(const struct sums *sums, const struct passer *passer, node_id node, bool mean)
{
	struct cum *cum = &sums->cum[node];
	int64_t fresh = -(int64_t)(cum->seen != passer->number);

	cum->seen = passer->number;
	cum->sum = wrap_add(cum->sum, passer->value & fresh);
	if (mean)
		sums->cum_divisor[node] =
			wrap_add(sums->cum_divisor[node], passer->divisor & fresh);
}

/* A location with inlined steps: all but its first one, which has been passed. */
TWICE void pass_inlined(const struct walk *walk, const struct sums *sums,
			const struct passer *passer, location_id location, bool mean)
{
	const struct view *view = walk->view;
	const struct step *step = &view->steps[view->step_start[location] + 1];
	const struct step *stop = &view->steps[view->step_start[location + 1]];
	struct through *through = &sums->through[location];

	through->sum += through->seen != passer->number ? fabs((double)passer->value) : 0;
	through->seen = passer->number;
	for (; step < stop; step++)
		pass_node(sums, passer, step->node, mean);
}

/*
 * Adds a stretch of a path to cum. The locations with inlined frames are
 * gathered on the way and looked at afterwards.
 */
TWICE void pass_locations(const struct walk *walk, const struct sums *sums,
			  const struct passer *passer, struct path path, bool mean)
{
	struct path_column paths = walk->view->profile->paths;
	const struct head *heads = walk->heads;
	location_id gathered[GATHERED];
	uint32_t count = 0;

	for (; path.first < path.end; path.first++) {
		location_id location = path_column_at(&paths, path.first);
		struct head head = heads[location];

		pass_node(sums, passer, head.node, mean);
		gathered[count] = location;
		count += head.more;
	}
	for (uint32_t i = 0; i < count; i++)
		pass_inlined(walk, sums, passer, gathered[i], mean);
}

/* The node of the last step of a path, NONE if there is none. */
static node_id path_leaf(const struct view *view, struct path path)
{
	while (path.end > path.first) {
		location_id location = view_location(view, --path.end);

		if (view->step_start[location] < view->step_start[location + 1])
			return view->steps[view->step_start[location + 1] - 1].node;
	}
	return NONE;
}

TWICE void add_path(const struct walk *walk, const struct sums *sums, const struct passer *passer,
		    struct path path, bool mean)
{
	node_id leaf = path_leaf(walk->view, path);

	if (leaf == NONE)
		return;
	sums->flat[leaf] = wrap_add(sums->flat[leaf], passer->value);
	if (mean)
		sums->flat_divisor[leaf] = wrap_add(sums->flat_divisor[leaf], passer->divisor);
	for (; path.end - path.first > GATHERED; path.first += GATHERED)
		pass_locations(walk, sums, passer, (struct path){path.first, path.first + GATHERED},
			       mean);
	pass_locations(walk, sums, passer, path, mean);
}

static void add_slice(void *context, unsigned slice)
{
	const struct walk *walk = context;
	const struct view *view = walk->view;
	const struct sums *sums = &walk->sums[slice];
	uint32_t count = view->profile->sample_count,
		 end = parallel_start(count, walk->slices, slice + 1);

	for (uint32_t i = parallel_start(count, walk->slices, slice); i < end; i++) {
		struct passer passer = {.number = i + 1, .value = view->values[i]};
		struct path path;

		if (view_cancelled(view, i))
			break;
		if (!view_path(view, i, &path))
			continue;
		if (view->divisors) {
			passer.divisor = view->divisors[i];
			add_path(walk, sums, &passer, path, true);
		} else {
			add_path(walk, sums, &passer, path, false);
		}
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
	struct arena scratch = {0};
	struct walk walk = {.view = view, .heads = make_heads(view, &scratch)};

	walk.slices = parallel_slices(view->profile->path_start[view->profile->sample_count]);
	for (unsigned i = 0; i < walk.slices; i++)
		walk.sums[i] = (struct sums){
			.cum = arena_zero(&scratch, view->node_count + 1,
					  sizeof(*walk.sums[i].cum)),
			.cum_divisor = arena_zero(&scratch, view->node_count + 1,
						  sizeof(*walk.sums[i].cum_divisor)),
			.through = arena_zero(&scratch, view->profile->location_count,
					      sizeof(*walk.sums[i].through)),
			.flat = arena_zero(&scratch, view->node_count, sizeof(*walk.sums[i].flat)),
			.flat_divisor = arena_zero(&scratch, view->node_count,
						   sizeof(*walk.sums[i].flat_divisor)),
		};
	parallel_run(walk.slices, add_slice, &walk);
	table->location_weight = arena_zero(&table->arena, view->profile->location_count,
					    sizeof(*table->location_weight));
	for (unsigned i = 0; i < walk.slices; i++)
		for (location_id k = 0; k < view->profile->location_count; k++)
			table->location_weight[k] += walk.sums[i].through[k].sum;
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
