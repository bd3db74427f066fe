/* SPDX-License-Identifier: MIT */
#include "view/call_graph.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/bitset.h"
#include "base/parallel.h"
#include "view/edge_sums.h"
#include "view/inline_label.h"

/* All samples are walked in slices, each with sums of its own. */
struct walk {
	const struct view *view;
	uint8_t *kept; /* by node: may edges join it? */
	unsigned slices;
	struct edge_sums sums[PARALLEL_LIMIT];
};

static void add_path(const struct walk *walk, struct edge_sums *sums,
		     const struct edge_sample *sample, struct path path)
{
	const struct view *view = walk->view;
	node_id caller = NONE;
	bool residual = false; /* dropped nodes lie between the caller and here */

	for (; path.first < path.end; path.first++) {
		location_id location = view_location(view, path.first);
		const struct step *step = &view->steps[view->step_start[location]];
		const struct step *end = &view->steps[view->step_start[location + 1]];

		for (; step < end; step++) {
			if (!walk->kept[step->node]) {
				residual = true;
				continue;
			}
			if (caller != NONE && caller != step->node)
				edge_sums_add(sums, edge_name(caller, step->node), sample,
					      !step->inlined, residual);
			caller = step->node;
			residual = false;
		}
	}
}

static void walk_slice(void *context, unsigned slice)
{
	struct walk *walk = context;
	const struct view *view = walk->view;
	uint32_t count = view->profile->sample_count,
		 end = parallel_start(count, walk->slices, slice + 1);

	for (uint32_t i = parallel_start(count, walk->slices, slice); i < end; i++) {
		struct edge_sample sample = {i + 1, view->values[i],
					     view->divisors ? view->divisors[i] : 0};
		struct path path;

		if (view_cancelled(view, i))
			break;
		if ((sample.value || sample.divisor) && view_path(view, i, &path))
			add_path(walk, &walk->sums[slice], &sample, path);
	}
}

/* The sums of all slices in sums[0]. */
static void walk_samples(struct walk *walk)
{
	const struct profile *profile = walk->view->profile;

	walk->slices = parallel_slices(profile->path_start[profile->sample_count]);
	for (unsigned i = 0; i < walk->slices; i++)
		edge_sums_init(&walk->sums[i], walk->view->divisors != NULL);
	parallel_run(walk->slices, walk_slice, walk);
	for (unsigned i = 1; i < walk->slices; i++) {
		edge_sums_merge(&walk->sums[0], &walk->sums[i]);
		edge_sums_clear(&walk->sums[i]);
	}
}

static int compare_edges(const void *a, const void *b, void *context)
{
	const struct view *view = context;
	const struct call_edge *x = a, *y = b;
	int64_t first = wrap_absolute(x->weight), second = wrap_absolute(y->weight);
	int order;

	if (x->caller != y->caller)
		return x->caller < y->caller ? -1 : 1;
	if (first != second)
		return first > second ? -1 : 1;
	order = strcmp(view->node_names[x->callee], view->node_names[y->callee]);
	return order ? order : (x->callee > y->callee) - (x->callee < y->callee);
}

struct graph_edges {
	const struct view *view;
	const struct call_edge *edges;
};

static int compare_in_edges(const void *a, const void *b, void *context)
{
	const struct graph_edges *graph = context;
	const struct call_edge *x = &graph->edges[*(const uint32_t *)a],
			       *y = &graph->edges[*(const uint32_t *)b];
	int64_t first = wrap_absolute(x->weight), second = wrap_absolute(y->weight);
	int order;

	if (x->callee != y->callee)
		return x->callee < y->callee ? -1 : 1;
	if (first != second)
		return first > second ? -1 : 1;
	order = strcmp(graph->view->node_names[x->caller], graph->view->node_names[y->caller]);
	return order ? order : (x->caller > y->caller) - (x->caller < y->caller);
}

/* start[n] .. start[n + 1]: where the group of node n stands, from counts in start[n + 1]. */
static void sum_starts(uint32_t *start, uint32_t node_count)
{
	for (node_id i = 0; i < node_count; i++)
		start[i + 1] += start[i];
}

void call_graph_index(struct call_graph *graph)
{
	const struct view *view = graph->view;
	struct graph_edges context = {view, graph->edges};

	memset(graph->out_start, 0, (view->node_count + 1) * sizeof(*graph->out_start));
	memset(graph->in_start, 0, (view->node_count + 1) * sizeof(*graph->in_start));
	qsort_r(graph->edges, graph->edge_count, sizeof(*graph->edges), compare_edges,
		(void *)view);
	for (uint32_t i = 0; i < graph->edge_count; i++) {
		graph->out_start[graph->edges[i].caller + 1]++;
		graph->in_start[graph->edges[i].callee + 1]++;
		graph->in_edges[i] = i;
	}
	qsort_r(graph->in_edges, graph->edge_count, sizeof(*graph->in_edges), compare_in_edges,
		&context);
	sum_starts(graph->out_start, view->node_count);
	sum_starts(graph->in_start, view->node_count);
}

static void collect(struct call_graph *graph, const struct edge_sums *sums)
{
	graph->edges = arena_alloc(&graph->arena, sums->used * sizeof(*graph->edges));
	graph->in_edges = arena_alloc(&graph->arena, sums->used * sizeof(*graph->in_edges));
	for (size_t i = 0; i < sums->cell_count; i++) {
		const struct edge_cell *cell = &sums->cells[i];

		if (!cell->edge)
			continue;
		graph->edges[graph->edge_count++] = (struct call_edge){
			.caller = edge_caller(cell->edge),
			.callee = edge_callee(cell->edge),
			.weight = cell->weight,
			.divisor = sums->divisors ? sums->divisors[i] : 0,
			.residual = cell->residual,
			.inlined = !cell->called,
		};
	}
	call_graph_index(graph);
}

struct call_graph *call_graph_new(const struct view *view, const struct function_row *rows,
				  uint32_t row_count)
{
	struct call_graph *graph = alloc_zero(1, sizeof(*graph));

	graph->view = view;
	graph->rows = arena_alloc(&graph->arena, row_count * sizeof(*rows));
	if (row_count)
		memcpy(graph->rows, rows, row_count * sizeof(*rows));
	graph->row_count = row_count;
	graph->out_start =
		arena_zero(&graph->arena, (size_t)view->node_count + 1, sizeof(*graph->out_start));
	graph->in_start =
		arena_zero(&graph->arena, (size_t)view->node_count + 1, sizeof(*graph->in_start));
	return graph;
}

struct call_graph *call_graph_build(const struct view *view, const struct function_row *rows,
				    uint32_t row_count, const uint64_t *kept)
{
	struct call_graph *graph = call_graph_new(view, rows, row_count);
	struct arena scratch = {0};
	struct walk walk = {.view = view};

	walk.kept = arena_alloc(&scratch, view->node_count * sizeof(*walk.kept));
	for (node_id i = 0; i < view->node_count; i++)
		walk.kept[i] = !kept || bitset_has(kept, i);
	walk_samples(&walk);
	collect(graph, &walk.sums[0]);
	edge_sums_clear(&walk.sums[0]);
	arena_clear(&scratch);
	return graph;
}

void call_graph_free(struct call_graph *graph)
{
	if (!graph)
		return;
	arena_clear(&graph->arena);
	free(graph);
}

uint32_t call_graph_trim_edges(struct call_graph *graph, int64_t cutoff)
{
	struct arena scratch = {0};
	uint64_t *listed = arena_zero(&scratch, bitset_words(graph->view->node_count), 8);
	uint32_t kept = 0, dropped;

	for (uint32_t i = 0; i < graph->row_count; i++)
		bitset_add(listed, graph->rows[i].node);
	for (uint32_t i = 0; i < graph->edge_count; i++) {
		const struct call_edge *edge = &graph->edges[i];

		if (wrap_absolute(edge->weight) >= cutoff || !bitset_has(listed, edge->callee))
			graph->edges[kept++] = *edge;
	}
	dropped = graph->edge_count - kept;
	graph->edge_count = kept;
	if (dropped)
		call_graph_index(graph);
	arena_clear(&scratch);
	return dropped;
}

const char *call_graph_inline_label(const struct call_graph *graph, node_id node)
{
	bool inlined = false, called = false;

	for (uint32_t i = graph->in_start[node]; i < graph->in_start[node + 1]; i++) {
		if (graph->edges[graph->in_edges[i]].inlined)
			inlined = true;
		else
			called = true;
	}
	return inline_label(inlined, called);
}
