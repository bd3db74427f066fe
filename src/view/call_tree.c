/* SPDX-License-Identifier: MIT */
#include "view/call_tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/parallel.h"
#include "base/wrap.h"
#include "view/path_order.h"

/* --- Runs, found in the sorted paths -------------------------------------- */

/* A run while the tree grows; it covers the steps from the end of its parent to its own. */
struct draft_run {
	struct path_cursor start; /* its first step on the path of some sample */
	uint32_t parent;
	uint32_t end; /* steps from the root to behind its last one */
	int64_t total, width;
};

struct draft {
	const struct path_order *order;
	struct draft_run *runs; /* the root is run 0 */
	size_t count, capacity;
	uint32_t *open; /* the runs of the path added last, root first */
	size_t open_count, open_capacity;
	uint64_t frames;
};

static uint32_t open_run(struct draft *draft, const struct path_cursor *start, uint32_t end)
{
	struct draft_run run = {.start = *start, .end = end};

	array_push(draft->runs, draft->count, draft->capacity, run);
	array_push(draft->open, draft->open_count, draft->open_capacity,
		   (uint32_t)draft->count - 1);
	return (uint32_t)draft->count - 1;
}

static struct draft_run *innermost(struct draft *draft)
{
	return &draft->runs[draft->open[draft->open_count - 1]];
}

/* Nothing more comes below the innermost run: its sums go to the one that it hangs under. */
static void close_run(struct draft *draft)
{
	struct draft_run *run = innermost(draft), *parent;

	draft->open_count--;
	run->parent = draft->open[draft->open_count - 1];
	parent = &draft->runs[run->parent];
	parent->total = wrap_add(parent->total, run->total);
	parent->width = wrap_add(parent->width, run->width);
	draft->frames += run->end - parent->end;
}

/*
 * The innermost run is cut in two, as the next path leaves in its middle; the
 * lower part is closed.
 *
 *     serve read parse        serve read     cut at 2
 *                                  parse     closed
 */
static void cut_run(struct draft *draft, uint32_t at)
{
	uint32_t lower = draft->open[--draft->open_count];
	uint32_t above = draft->runs[draft->open[draft->open_count - 1]].end;
	struct path_cursor *start = &draft->runs[lower].start;

	open_run(draft, start, at);
	start = &draft->runs[lower].start;
	for (; above < at; above++)
		path_cursor_advance(draft->order, start);
	array_push(draft->open, draft->open_count, draft->open_capacity, lower);
	close_run(draft);
}

/* Closes the runs that a path does not go through; `shared`: steps that it shares with the last. */
static void leave_runs(struct draft *draft, uint32_t shared)
{
	while (innermost(draft)->end > shared) {
		if (draft->runs[draft->open[draft->open_count - 2]].end < shared)
			cut_run(draft, shared);
		else
			close_run(draft);
	}
}

static void draft_runs(struct draft *draft)
{
	const struct path_order *order = draft->order;
	const struct path_cursor root = {0};
	const int64_t *values = order->view->values;

	open_run(draft, &root, 0);
	for (uint32_t i = 0; i < order->count; i++) {
		const struct ordered_path *path = &order->paths[i];
		int64_t value = values[path->cursor.sample];
		struct draft_run *run;

		if (i + VIEW_FETCH_AHEAD < order->count)
			__builtin_prefetch(&values[path[VIEW_FETCH_AHEAD].cursor.sample]);
		leave_runs(draft, path->shared);
		if (path->length > path->shared)
			open_run(draft, &path->cursor, path->length);
		run = innermost(draft);
		run->total = wrap_add(run->total, value);
		run->width = wrap_add(run->width, wrap_absolute(value));
	}
	while (draft->open_count > 1)
		close_run(draft);
	draft->frames++; /* the root */
}

/* --- Their order ---------------------------------------------------------- */

struct ordering {
	const struct draft *draft;
	const uint32_t *rank; /* by node: its place among all names */
};

static int compare_nodes(const void *a, const void *b, void *context)
{
	const struct view *view = context;
	node_id x = *(const node_id *)a, y = *(const node_id *)b;
	int order = strcmp(view->node_names[x], view->node_names[y]);

	return order ? order : (x > y) - (x < y);
}

static uint32_t *rank_nodes(const struct view *view, struct arena *scratch)
{
	node_id *nodes = arena_alloc(scratch, view->node_count * sizeof(*nodes));
	uint32_t *rank = arena_alloc(scratch, view->node_count * sizeof(*rank));

	for (node_id i = 0; i < view->node_count; i++)
		nodes[i] = i;
	qsort_r(nodes, view->node_count, sizeof(*nodes), compare_nodes, (void *)view);
	for (node_id i = 0; i < view->node_count; i++)
		rank[nodes[i]] = i;
	return rank;
}

static int compare_siblings(const void *a, const void *b, void *context)
{
	const struct ordering *ordering = context;
	const struct path_order *order = ordering->draft->order;
	const struct draft_run *x = &ordering->draft->runs[*(const uint32_t *)a];
	const struct draft_run *y = &ordering->draft->runs[*(const uint32_t *)b];
	uint32_t first, second;

	if (x->width != y->width)
		return x->width > y->width ? -1 : 1;
	first = ordering->rank[path_cursor_symbol(order, &x->start) - 1];
	second = ordering->rank[path_cursor_symbol(order, &y->start) - 1];
	return (first > second) - (first < second);
}

/* Runs grouped by parent, each group the widest first; start[p] .. start[p + 1] are the children of p. */
static uint32_t *group_children(const struct draft *draft, uint32_t *start, struct arena *scratch)
{
	struct ordering ordering = {draft, rank_nodes(draft->order->view, scratch)};
	uint32_t *children = arena_alloc(scratch, draft->count * sizeof(*children));

	/* One place ahead: while children are put down, start[p + 1] runs from p's start to its end. */
	memset(start, 0, (draft->count + 2) * sizeof(*start));
	for (size_t i = 1; i < draft->count; i++)
		start[draft->runs[i].parent + 2]++;
	for (size_t i = 0; i < draft->count; i++)
		start[i + 2] += start[i + 1];
	for (uint32_t i = 1; i < draft->count; i++)
		children[start[draft->runs[i].parent + 1]++] = i;
	for (size_t i = 0; i < draft->count; i++)
		if (start[i + 1] - start[i] > 1)
			qsort_r(children + start[i], start[i + 1] - start[i], sizeof(*children),
				compare_siblings, &ordering);
	return children;
}

/* --- The tree ------------------------------------------------------------- */

static void alloc_columns(struct call_tree *tree, const struct draft *draft)
{
	size_t runs = draft->count;

	tree->count = (uint32_t)draft->frames;
	tree->run_count = (uint32_t)runs;
	tree->first = arena_alloc(&tree->arena, (runs + 1) * sizeof(*tree->first));
	tree->above = arena_alloc(&tree->arena, runs * sizeof(*tree->above));
	tree->behind = arena_alloc(&tree->arena, runs * sizeof(*tree->behind));
	tree->top = arena_alloc(&tree->arena, runs * sizeof(*tree->top));
	tree->weight = arena_alloc(&tree->arena, runs * sizeof(*tree->weight));
	tree->width = arena_alloc(&tree->arena, runs * sizeof(*tree->width));
}

static void put_run(struct call_tree *tree, uint32_t at, const struct draft_run *run,
		    uint32_t frames)
{
	uint32_t above = tree->above[at];

	/* Of the root, which has one frame, at depth 0. */
	tree->top[at] = at ? tree->top[above] + (tree->first[above + 1] - tree->first[above]) : 0;
	tree->first[at + 1] = tree->first[at] + frames;
	tree->weight[at] = run->total;
	tree->width[at] = run->width;
	if (tree->height < tree->top[at] + frames - 1)
		tree->height = tree->top[at] + frames - 1;
	if (run->total != run->width)
		tree->mixed_signs = true;
}

/*
 * Numbers the runs in depth-first order, with an explicit stack as depth is
 * the profile's to choose. drafts[i]: the draft run that became run i; a draft
 * run that has its place keeps it in `parent`.
 */
static void order_runs(struct call_tree *tree, struct draft *draft, uint32_t *drafts)
{
	struct arena scratch = {0};
	uint32_t *start = arena_alloc(&scratch, (draft->count + 2) * sizeof(*start));
	const uint32_t *children = group_children(draft, start, &scratch);
	uint32_t *waiting = arena_alloc(&scratch, draft->count * sizeof(*waiting));
	uint32_t waiting_count = 0, next = 0;

	tree->first[0] = 0;
	waiting[waiting_count++] = 0;
	while (waiting_count) {
		uint32_t i = waiting[--waiting_count], at = next++;
		struct draft_run *run = &draft->runs[i];
		const struct draft_run *parent = &draft->runs[run->parent];

		drafts[at] = i;
		tree->above[at] = i ? parent->parent : 0;
		put_run(tree, at, run, i ? run->end - parent->end : 1);
		run->parent = at;
		for (uint32_t k = start[i + 1]; k-- > start[i];)
			waiting[waiting_count++] = children[k];
	}
	arena_clear(&scratch);
	for (uint32_t i = 0; i < tree->run_count; i++)
		tree->behind[i] = i + 1;
	for (uint32_t i = tree->run_count; i-- > 1;)
		if (tree->behind[tree->above[i]] < tree->behind[i])
			tree->behind[tree->above[i]] = tree->behind[i];
}

struct naming {
	struct call_tree *tree;
	const struct draft *draft;
	const uint32_t *drafts;
	unsigned slices;
};

/* The node of every frame of a slice of the runs. */
static void name_slice(void *context, unsigned slice)
{
	const struct naming *naming = context;
	const struct path_order *order = naming->draft->order;
	const struct draft_run *runs = naming->draft->runs;
	const uint32_t *drafts = naming->drafts;
	struct call_tree *tree = naming->tree;
	uint32_t end = parallel_start(tree->run_count, naming->slices, slice + 1);

	for (uint32_t i = parallel_start(tree->run_count, naming->slices, slice); i < end; i++) {
		struct path_cursor cursor = runs[drafts[i]].start;

		if (i + 2 * VIEW_FETCH_AHEAD < end) {
			__builtin_prefetch(&runs[drafts[i + 2 * VIEW_FETCH_AHEAD]]);
			view_fetch_path(order->view, runs[drafts[i + VIEW_FETCH_AHEAD]].start.at);
		}
		/* The root has no step. */
		for (uint32_t frame = tree->first[i]; frame < tree->first[i + 1]; frame++) {
			tree->node[frame] = path_cursor_symbol(order, &cursor) - 1;
			if (i)
				path_cursor_advance(order, &cursor);
		}
	}
}

static void name_frames(struct call_tree *tree, const struct draft *draft, const uint32_t *drafts)
{
	struct naming naming = {tree, draft, drafts, parallel_slices(tree->count)};

	tree->node = arena_alloc(&tree->arena, tree->count * sizeof(*tree->node));
	parallel_run(naming.slices, name_slice, &naming);
}

struct call_tree *call_tree_build(const struct view *view, struct path_part part,
				  struct error *error)
{
	struct call_tree *tree = NULL;
	struct path_order order;
	struct draft draft = {.order = &order};
	uint32_t *drafts;

	path_order_build(&order, view, part);
	draft_runs(&draft);
	/* Runs know where their steps are. */
	path_order_clear_paths(&order);
	if (draft.frames < NONE) {
		tree = alloc_zero(1, sizeof(*tree));
		alloc_columns(tree, &draft);
		drafts = alloc_resize(NULL, draft.count, sizeof(*drafts));
		order_runs(tree, &draft, drafts);
		name_frames(tree, &draft, drafts);
		free(drafts);
	} else {
		error_set(error, "more than 4 thousand million different frames; "
				 "capture a shorter profile");
	}
	path_order_clear(&order);
	free(draft.runs);
	free(draft.open);
	return tree;
}

void call_tree_free(struct call_tree *tree)
{
	if (!tree)
		return;
	arena_clear(&tree->arena);
	free(tree);
}

/* --- Reading it ----------------------------------------------------------- */

/* The run among those from `low` to before `high`. */
static uint32_t search_run(const struct call_tree *tree, uint32_t frame, uint32_t low,
			   uint32_t high)
{
	/* first[low] <= frame */
	return (uint32_t)array_partition(low + 1, high, i, tree->first[i] <= frame) - 1;
}

uint32_t call_tree_run(const struct call_tree *tree, uint32_t frame)
{
	return search_run(tree, frame, 0, tree->run_count);
}

uint32_t call_tree_run_from(const struct call_tree *tree, uint32_t frame, uint32_t run)
{
	uint32_t step = 1;

	while (step < tree->run_count - run && tree->first[run + step] <= frame) {
		run += step;
		step *= 2;
	}
	return search_run(tree, frame, run,
			  step < tree->run_count - run ? run + step : tree->run_count);
}

int64_t call_tree_self(const struct call_tree *tree, uint32_t frame)
{
	uint32_t run = call_tree_run(tree, frame);
	int64_t self = tree->weight[run];

	if (frame + 1 < tree->first[run + 1])
		return 0;
	for (uint32_t i = run + 1; i < tree->behind[run]; i = tree->behind[i])
		self = wrap_add(self, wrap_negate(tree->weight[i]));
	return self;
}

uint32_t call_tree_parent(const struct call_tree *tree, uint32_t frame)
{
	uint32_t run = call_tree_run(tree, frame);

	if (frame > tree->first[run])
		return frame - 1;
	return run ? tree->first[tree->above[run] + 1] - 1 : 0;
}

uint32_t call_tree_depth(const struct call_tree *tree, uint32_t frame)
{
	uint32_t run = call_tree_run(tree, frame);

	return tree->top[run] + (frame - tree->first[run]);
}

uint32_t call_tree_height(const struct call_tree *tree, uint32_t frame)
{
	uint32_t run = call_tree_run(tree, frame), deepest = 0;

	if (!run)
		return tree->height;
	for (uint32_t i = run; i < tree->behind[run]; i++) {
		uint32_t last = tree->top[i] + (tree->first[i + 1] - tree->first[i]) - 1;

		if (deepest < last)
			deepest = last;
	}
	return deepest - (tree->top[run] + (frame - tree->first[run]));
}

uint32_t call_tree_child(const struct call_tree *tree, uint32_t frame)
{
	return frame + 1 < call_tree_end(tree, frame) ? frame + 1 : NONE;
}

uint32_t call_tree_sibling(const struct call_tree *tree, uint32_t frame)
{
	uint32_t run = call_tree_run(tree, frame);

	if (!run || frame > tree->first[run] || tree->behind[run] == tree->behind[tree->above[run]])
		return NONE;
	return tree->first[tree->behind[run]];
}
