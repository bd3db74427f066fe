#include "view/call_tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/pair_map.h"
#include "base/wrap.h"
#include "profile/stack_tree.h"
#include "view/filter.h"

/* The tree in order of first visit; order() turns it into depth-first order by weight. */
struct draft {
	struct pair_map keys; /* (parent, node) -> draft index - 1; 0 is the root */
	int64_t *self, *total, *width;
	size_t count, self_capacity, total_capacity, width_capacity;
};

static void add_draft_node(struct draft *draft)
{
	array_reserve(draft->self, draft->self_capacity, draft->count + 1);
	array_reserve(draft->total, draft->total_capacity, draft->count + 1);
	array_reserve(draft->width, draft->width_capacity, draft->count + 1);
	draft->self[draft->count] = draft->total[draft->count] = draft->width[draft->count] = 0;
	draft->count++;
}

static uint32_t find_child(struct draft *draft, uint32_t parent, node_id node)
{
	uint32_t child = pair_map_add(&draft->keys, parent, node) + 1;

	if (child == draft->count)
		add_draft_node(draft);
	return child;
}

/* Weight of each stack: the kept samples that end there, and whether any ends there or below. */
struct weights {
	int64_t *self, *width;
	uint64_t *reached; /* bitset */
};

/* Where a sample ends in the tree: prune_from may have cut some locations off its stack. */
static stack_id sample_end(const struct view *view, uint32_t sample)
{
	const struct profile *profile = view->profile;
	stack_id stack = profile->stacks->sample_stack[sample];
	uint64_t end =
		view->sample_end ? view->sample_end[sample] : profile->path_start[sample + 1];

	for (uint64_t i = profile->path_start[sample + 1]; i > end; i--) {
		uint32_t lines = profile->locations[profile->path[i - 1]].line_count;

		for (uint32_t k = 0; k < (lines ? lines : 1); k++)
			stack = profile->stacks->parent[stack];
	}
	return stack;
}

static void weigh_stacks(const struct view *view, struct weights *weights, struct arena *scratch)
{
	const struct profile *profile = view->profile;
	const struct stack_tree *stacks = profile->stacks;

	weights->self = arena_zero(scratch, stacks->count, sizeof(*weights->self));
	weights->width = arena_zero(scratch, stacks->count, sizeof(*weights->width));
	weights->reached = arena_zero(scratch, bitset_words(stacks->count), sizeof(uint64_t));
	for (uint32_t i = 0; i < profile->sample_count; i++) {
		int64_t value = view->values[i];
		struct path path;
		stack_id stack;

		if (!value || !view_path(view, i, &path))
			continue;
		stack = sample_end(view, i);
		weights->self[stack] = wrap_add(weights->self[stack], value);
		weights->width[stack] = wrap_add(weights->width[stack], wrap_absolute(value));
		bitset_add(weights->reached, stack);
	}
	for (stack_id s = stacks->count; s-- > 1;)
		if (bitset_has(weights->reached, s))
			bitset_add(weights->reached, stacks->parent[s]);
}

/*
 * Merges the stacks: every stack goes to the tree node of its visible path.
 * With show_from, a path begins at its first marked location; a stack above
 * that stays at the root.
 */
static void merge_stacks(const struct view *view, const struct weights *weights,
			 struct draft *draft, struct arena *scratch)
{
	const struct profile *profile = view->profile;
	const struct stack_tree *stacks = profile->stacks;
	uint32_t *place = arena_alloc(scratch, stacks->count * sizeof(*place));
	uint64_t *shown = arena_zero(scratch, bitset_words(stacks->count), sizeof(uint64_t));

	add_draft_node(draft);
	for (stack_id s = 0; s < stacks->count;) {
		bool show = s && (!view->spec.filters[FILTER_SHOW_FROM] ||
				  bitset_has(shown, stacks->parent[s]));
		node_id node = s ? view->frame_node[stacks->frame[s]] : NONE;

		if (s > 0 && !bitset_has(weights->reached, s)) {
			s = stacks->end[s];
			continue;
		}
		if (s && !show)
			show = node != NONE &&
			       (view->location_marks[profile->frames[stacks->frame[s]].location] &
				MARK_SHOW_FROM);
		if (show)
			bitset_add(shown, s);
		place[s] = s ? place[stacks->parent[s]] : 0;
		if (show && node != NONE)
			place[s] = find_child(draft, place[s], node);
		draft->self[place[s]] = wrap_add(draft->self[place[s]], weights->self[s]);
		draft->width[place[s]] = wrap_add(draft->width[place[s]], weights->width[s]);
		s++;
	}
}

static uint32_t draft_parent(const struct draft *draft, uint32_t i)
{
	return pair_map_first(&draft->keys, i - 1);
}

static node_id draft_node(const struct draft *draft, uint32_t i)
{
	return pair_map_second(&draft->keys, i - 1);
}

/* A parent is always older than its children, so one backward pass adds everything up. */
static void sum_draft(struct draft *draft)
{
	memcpy(draft->total, draft->self, draft->count * sizeof(*draft->total));
	for (size_t i = draft->count; i-- > 1;) {
		uint32_t parent = draft_parent(draft, (uint32_t)i);

		draft->total[parent] = wrap_add(draft->total[parent], draft->total[i]);
		draft->width[parent] = wrap_add(draft->width[parent], draft->width[i]);
	}
}

struct ordering {
	const struct view *view;
	const struct draft *draft;
};

static int compare_children(const void *a, const void *b, void *context)
{
	const struct ordering *ordering = context;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	node_id first = draft_node(ordering->draft, x), second = draft_node(ordering->draft, y);
	int64_t wide = ordering->draft->width[x], other = ordering->draft->width[y];
	int order;

	if (wide != other)
		return wide > other ? -1 : 1;
	order = strcmp(ordering->view->node_names[first], ordering->view->node_names[second]);
	return order ? order : (first > second) - (first < second);
}

/* Draft nodes grouped by parent, each group the widest first; start[p] .. start[p + 1] are the children of p. */
static uint32_t *group_children(const struct view *view, const struct draft *draft, uint32_t *start,
				struct arena *scratch)
{
	struct ordering ordering = {view, draft};
	uint32_t *children = arena_alloc(scratch, draft->count * sizeof(*children));
	uint32_t *next = arena_alloc(scratch, draft->count * sizeof(*next));

	memset(start, 0, (draft->count + 1) * sizeof(*start));
	for (uint32_t i = 1; i < draft->count; i++)
		start[draft_parent(draft, i) + 1]++;
	for (uint32_t i = 0; i < draft->count; i++)
		start[i + 1] += start[i];
	memcpy(next, start, draft->count * sizeof(*next));
	for (uint32_t i = 1; i < draft->count; i++)
		children[next[draft_parent(draft, i)]++] = i;
	for (uint32_t i = 0; i < draft->count; i++)
		if (start[i + 1] - start[i] > 1)
			qsort_r(children + start[i], start[i + 1] - start[i], sizeof(*children),
				compare_children, &ordering);
	return children;
}

static void alloc_columns(struct call_tree *tree, size_t count)
{
	tree->count = (uint32_t)count;
	tree->parent = arena_alloc(&tree->arena, count * sizeof(*tree->parent));
	tree->node = arena_alloc(&tree->arena, count * sizeof(*tree->node));
	tree->end = arena_alloc(&tree->arena, count * sizeof(*tree->end));
	tree->depth = arena_alloc(&tree->arena, count * sizeof(*tree->depth));
	tree->self = arena_alloc(&tree->arena, count * sizeof(*tree->self));
	tree->total = arena_alloc(&tree->arena, count * sizeof(*tree->total));
	tree->width = arena_alloc(&tree->arena, count * sizeof(*tree->width));
}

/* Numbers the nodes in depth-first order, with an explicit stack as depth is the profile's to choose. */
static void order_nodes(struct call_tree *tree, const struct draft *draft, const uint32_t *children,
			const uint32_t *start, struct arena *scratch)
{
	uint32_t *waiting = arena_alloc(scratch, draft->count * sizeof(*waiting));
	uint32_t *place = arena_alloc(scratch, draft->count * sizeof(*place));
	uint32_t depth = 0, next = 0;

	waiting[depth++] = 0;
	while (depth) {
		uint32_t i = waiting[--depth], at = next++;

		place[i] = at;
		tree->parent[at] = i ? place[draft_parent(draft, i)] : 0;
		tree->node[at] = i ? draft_node(draft, i) : NONE;
		tree->depth[at] = i ? tree->depth[tree->parent[at]] + 1 : 0;
		tree->self[at] = draft->self[i];
		tree->total[at] = draft->total[i];
		tree->width[at] = draft->width[i];
		for (uint32_t k = start[i + 1]; k-- > start[i];)
			waiting[depth++] = children[k];
	}
	for (uint32_t i = 0; i < tree->count; i++)
		tree->end[i] = i + 1;
	for (uint32_t i = tree->count; i-- > 1;)
		if (tree->end[tree->parent[i]] < tree->end[i])
			tree->end[tree->parent[i]] = tree->end[i];
}

struct call_tree *call_tree_build(const struct view *view)
{
	struct call_tree *tree = alloc_zero(1, sizeof(*tree));
	struct arena scratch = {0};
	struct draft draft = {0};
	struct weights weights;
	uint32_t *start, *children;

	weigh_stacks(view, &weights, &scratch);
	merge_stacks(view, &weights, &draft, &scratch);
	sum_draft(&draft);
	start = arena_alloc(&scratch, (draft.count + 1) * sizeof(*start));
	children = group_children(view, &draft, start, &scratch);
	alloc_columns(tree, draft.count);
	order_nodes(tree, &draft, children, start, &scratch);
	pair_map_clear(&draft.keys);
	free(draft.self);
	free(draft.total);
	free(draft.width);
	arena_clear(&scratch);
	return tree;
}

void call_tree_free(struct call_tree *tree)
{
	if (!tree)
		return;
	arena_clear(&tree->arena);
	free(tree);
}
