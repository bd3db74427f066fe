/* SPDX-License-Identifier: MIT */
#include "view/entropy.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "profile/unit.h"

/* Binary logarithm by Go's formula, as the last bit can decide which of two nodes comes first. */
static double logarithm(double x)
{
	int exponent;
	double fraction = frexp(x, &exponent);

	if (fraction == 0.5)
		return exponent - 1;
	return exponent + log(fraction) * (1 / M_LN2);
}

struct edge_sum {
	int64_t total; /* of the positive weights */
	double entropy;
};

static void add_weight(struct edge_sum *sum, int64_t weight)
{
	if (weight > 0)
		sum->total = wrap_add(sum->total, weight);
}

static void add_entropy(struct edge_sum *sum, int64_t weight)
{
	double fraction = (double)wrap_absolute(weight) / (double)sum->total;

	sum->entropy += -fraction * logarithm(fraction);
}

static double callers_entropy(const struct call_graph *graph, node_id node)
{
	const uint32_t *first = graph->in_edges + graph->in_start[node],
		       *end = graph->in_edges + graph->in_start[node + 1];
	struct edge_sum sum = {0};

	for (const uint32_t *edge = first; edge < end; edge++)
		add_weight(&sum, graph->edges[*edge].weight);
	for (const uint32_t *edge = first; sum.total && edge < end; edge++)
		add_entropy(&sum, graph->edges[*edge].weight);
	return sum.entropy;
}

static double callees_entropy(const struct call_graph *graph, const struct function_row *row)
{
	const struct call_edge *first = graph->edges + graph->out_start[row->node];
	const struct call_edge *end = graph->edges + graph->out_start[row->node + 1];
	struct edge_sum sum = {.total = row->flat};

	for (const struct call_edge *edge = first; edge < end; edge++)
		add_weight(&sum, edge->weight);
	for (const struct call_edge *edge = first; sum.total && edge < end; edge++)
		add_entropy(&sum, edge->weight);
	if (sum.total && row->flat > 0)
		add_entropy(&sum, row->flat);
	return sum.entropy;
}

int64_t entropy_score(const struct call_graph *graph, const struct function_row *row)
{
	bool root = graph->in_start[row->node] == graph->in_start[row->node + 1];
	bool leaf = graph->out_start[row->node] == graph->out_start[row->node + 1];
	double score = 0;

	/* Where stacks begin and end is worth showing. */
	score += root ? 1 : callers_entropy(graph, row->node);
	score += leaf ? 1 : callees_entropy(graph, row);
	return wrap_add(unit_truncate(score * (double)row->cum), row->flat);
}

/* A row with its score. */
struct scored {
	int64_t score;
	struct function_row row;
};

static int compare_scored(const void *a, const void *b, void *context)
{
	const struct scored *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return function_row_compare(context, &x->row, &y->row, ORDER_SCORE);
}

void entropy_sort(struct call_graph *graph)
{
	struct arena scratch = {0};
	struct scored *scored = arena_alloc(&scratch, graph->row_count * sizeof(*scored));

	for (uint32_t i = 0; i < graph->row_count; i++)
		scored[i] = (struct scored){wrap_absolute(entropy_score(graph, &graph->rows[i])),
					    graph->rows[i]};
	qsort_r(scored, graph->row_count, sizeof(*scored), compare_scored, (void *)graph->view);
	for (uint32_t i = 0; i < graph->row_count; i++)
		graph->rows[i] = scored[i].row;
	arena_clear(&scratch);
}
