/* SPDX-License-Identifier: MIT */
#include "view/context_view.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/pair_map.h"

/* The new paths while the samples are walked. */
struct growth {
	struct pair_map keys; /* (parent context, node) -> context */
	bool *inlined;        /* by context: wherever it occurs */
	location_id *path;
	size_t inlined_capacity, path_count, path_capacity;
};

static void add_path(struct growth *growth, const struct view *view, struct path path)
{
	uint32_t parent = NONE;

	for (; path.first < path.end; path.first++) {
		location_id location = view_location(view, path.first);
		const struct step *step = &view->steps[view->step_start[location]];
		const struct step *end = &view->steps[view->step_start[location + 1]];

		for (; step < end; step++) {
			size_t known = growth->keys.count;
			uint32_t context = pair_map_add(&growth->keys, parent, step->node);

			if (context == known) {
				array_reserve(growth->inlined, growth->inlined_capacity, known + 1);
				growth->inlined[context] = true;
			}
			growth->inlined[context] = growth->inlined[context] && step->inlined;
			array_push(growth->path, growth->path_count, growth->path_capacity,
				   context);
			parent = context;
		}
	}
}

static void walk_samples(struct context_view *contexts, struct growth *growth,
			 const struct view *view)
{
	uint32_t count = view->profile->sample_count;

	contexts->profile.path_start =
		arena_alloc(&contexts->arena, ((size_t)count + 1) * sizeof(uint32_t));
	contexts->profile.path_start[0] = 0;
	for (uint32_t i = 0; i < count; i++) {
		struct path path;

		if ((view->values[i] || (view->divisors && view->divisors[i])) &&
		    view_path(view, i, &path))
			add_path(growth, view, path);
		contexts->profile.path_start[i + 1] = (uint32_t)growth->path_count;
	}
	contexts->profile.paths = (struct path_column){.wide = growth->path};
	arena_adopt(&contexts->arena, growth->path);
}

static void fill_nodes(struct context_view *contexts, const struct growth *growth,
		       const struct view *from)
{
	struct arena *arena = &contexts->arena;
	struct view *view = &contexts->view;
	uint32_t count = (uint32_t)growth->keys.count;

	contexts->node = arena_alloc(arena, count * sizeof(*contexts->node));
	contexts->parent = arena_alloc(arena, count * sizeof(*contexts->parent));
	view->nodes = arena_alloc(arena, count * sizeof(*view->nodes));
	view->node_names = arena_alloc(arena, count * sizeof(*view->node_names));
	view->steps = arena_alloc(arena, count * sizeof(*view->steps));
	view->step_start = arena_alloc(arena, ((size_t)count + 1) * sizeof(*view->step_start));
	for (uint32_t i = 0; i < count; i++) {
		node_id node = pair_map_second(&growth->keys, i);

		contexts->node[i] = node;
		contexts->parent[i] = pair_map_first(&growth->keys, i);
		view->nodes[i] = from->nodes[node];
		view->node_names[i] = from->node_names[node];
		view->steps[i] = (struct step){i, growth->inlined[i]};
		view->step_start[i] = i;
	}
	view->step_start[count] = count;
	view->node_count = contexts->profile.location_count = count;
}

struct context_view *context_view_build(const struct view *view)
{
	struct context_view *contexts = alloc_zero(1, sizeof(*contexts));
	struct growth growth = {0};

	contexts->view = *view;
	contexts->profile = *view->profile;
	contexts->view.profile = &contexts->profile;
	contexts->view.arena = contexts->profile.arena = (struct arena){0};
	contexts->view.frame_node = NULL;
	contexts->view.location_marks = NULL;
	contexts->view.sample_first = contexts->view.sample_end =
		NULL; /* the new paths are cut already */
	walk_samples(contexts, &growth, view);
	fill_nodes(contexts, &growth, view);
	pair_map_clear(&growth.keys);
	free(growth.inlined);
	return contexts;
}

void context_view_free(struct context_view *contexts)
{
	if (!contexts)
		return;
	arena_clear(&contexts->arena);
	free(contexts);
}

void context_view_check_inlined(const struct context_view *contexts, struct call_graph *graph,
				const uint64_t *kept)
{
	for (uint32_t i = 0; i < graph->edge_count; i++) {
		struct call_edge *edge = &graph->edges[i];
		node_id node = edge->callee;

		while (edge->inlined && (node = contexts->parent[node]) != NONE &&
		       !bitset_has(kept, node))
			edge->inlined = contexts->view.steps[node].inlined;
	}
}

/* The one edge into a node, or NULL. */
static struct call_edge *edge_into(const struct call_graph *graph, node_id node)
{
	return graph->in_start[node] < graph->in_start[node + 1]
		       ? &graph->edges[graph->in_edges[graph->in_start[node]]]
		       : NULL;
}

void context_view_splice(struct call_graph *graph, const uint64_t *kept)
{
	struct arena scratch = {0};
	uint32_t nodes = graph->view->node_count, rows = 0, edges = 0;
	uint64_t *gone = arena_zero(&scratch, bitset_words(nodes), sizeof(*gone));
	uint64_t *cut = arena_zero(&scratch, bitset_words(graph->edge_count), sizeof(*cut));

	for (uint32_t i = 0; i < graph->row_count; i++) {
		if (bitset_has(kept, graph->rows[i].node))
			graph->rows[rows++] = graph->rows[i];
		else
			bitset_add(gone, graph->rows[i].node);
	}
	graph->row_count = rows;
	/* Callers come first, so an edge that is met here was put right before. */
	for (node_id i = 0; i < nodes; i++) {
		struct call_edge *edge = edge_into(graph, i), *above;

		if (!edge || !bitset_has(gone, edge->caller))
			continue;
		above = edge_into(graph, edge->caller);
		if (!above || bitset_has(cut, (size_t)(above - graph->edges))) {
			bitset_add(cut, (size_t)(edge - graph->edges));
			continue;
		}
		edge->caller = above->caller;
		edge->residual = true;
		edge->inlined = edge->inlined && above->inlined;
	}
	for (uint32_t i = 0; i < graph->edge_count; i++)
		if (!bitset_has(cut, i) && !bitset_has(gone, graph->edges[i].callee))
			graph->edges[edges++] = graph->edges[i];
	graph->edge_count = edges;
	call_graph_index(graph);
	arena_clear(&scratch);
}
