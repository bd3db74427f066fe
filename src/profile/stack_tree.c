#include "profile/stack_tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"

/* One sample's path while it is sorted. */
struct entry {
	const location_id *at;
	uint32_t length;
	uint32_t sample;
};

/* A run of entries that agree on the first `depth` locations. */
struct run {
	struct entry *entries;
	size_t count;
	uint32_t depth;
};

/* What an entry sorts by at a depth: its end comes before every location. */
static inline uint64_t symbol(const struct entry *entry, uint32_t depth)
{
	return depth < entry->length ? (uint64_t)entry->at[depth] + 1 : 0;
}

/* Paths lie in file order all over the memory: the ones needed soon are fetched ahead. */
static inline void fetch(const struct entry *entry, uint32_t depth)
{
	__builtin_prefetch(entry->at + depth);
}

#define FETCH_AHEAD 16

static inline void swap(struct entry *a, struct entry *b)
{
	struct entry t = *a;

	*a = *b;
	*b = t;
}

static int compare_paths(const struct entry *a, const struct entry *b, uint32_t depth)
{
	uint32_t shared = a->length < b->length ? a->length : b->length;

	for (uint32_t i = depth; i < shared; i++)
		if (a->at[i] != b->at[i])
			return a->at[i] < b->at[i] ? -1 : 1;
	return (a->length > b->length) - (a->length < b->length);
}

static void insertion_sort(struct run run)
{
	for (size_t i = 1; i < run.count; i++)
		for (size_t k = i;
		     k > 0 && compare_paths(&run.entries[k - 1], &run.entries[k], run.depth) > 0;
		     k--)
			swap(&run.entries[k - 1], &run.entries[k]);
}

static uint64_t median(uint64_t a, uint64_t b, uint64_t c)
{
	if (a > b) {
		uint64_t t = a;

		a = b;
		b = t;
	}
	return c < a ? a : c > b ? b : c;
}

/*
 * Multikey quicksort (Bentley, Sedgewick): split three ways by the location at
 * one depth; only the middle part goes one deeper. The stack is explicit, as a
 * hostile path may be any number of locations deep.
 */
static void sort_entries(struct entry *entries, size_t count)
{
	struct run *stack = NULL;
	size_t depth = 0, capacity = 0;

	array_push(stack, depth, capacity, ((struct run){entries, count, 0}));
	while (depth) {
		struct run run = stack[--depth];
		size_t less = 0, i = 0, more = run.count;
		uint64_t pivot;

		if (run.count < 12) {
			insertion_sort(run);
			continue;
		}
		pivot = median(symbol(&run.entries[0], run.depth),
			       symbol(&run.entries[run.count / 2], run.depth),
			       symbol(&run.entries[run.count - 1], run.depth));
		while (i < more) {
			uint64_t s = symbol(&run.entries[i], run.depth);

			if (i + FETCH_AHEAD < more)
				fetch(&run.entries[i + FETCH_AHEAD], run.depth);
			if (s < pivot)
				swap(&run.entries[less++], &run.entries[i++]);
			else if (s > pivot)
				swap(&run.entries[i], &run.entries[--more]);
			else
				i++;
		}
		if (less > 1)
			array_push(stack, depth, capacity,
				   ((struct run){run.entries, less, run.depth}));
		if (run.count - more > 1)
			array_push(stack, depth, capacity,
				   ((struct run){run.entries + more, run.count - more, run.depth}));
		if (pivot && more - less > 1)
			array_push(stack, depth, capacity,
				   ((struct run){run.entries + less, more - less, run.depth + 1}));
	}
	free(stack);
}

/* The columns while they grow, and the chain of stacks of the path emitted last. */
struct emitter {
	const struct profile *profile;
	struct stack_tree *tree;
	size_t count, parent_capacity, frame_capacity;
	stack_id *chain; /* innermost stack of each depth of the path */
	size_t chain_capacity;
};

static stack_id emit_stack(struct emitter *emitter, stack_id parent, frame_id frame)
{
	struct stack_tree *tree = emitter->tree;

	array_reserve(tree->parent, emitter->parent_capacity, emitter->count + 1);
	array_reserve(tree->frame, emitter->frame_capacity, emitter->count + 1);
	tree->parent[emitter->count] = parent;
	tree->frame[emitter->count] = frame;
	return (stack_id)emitter->count++;
}

/* The frames of one location, outermost first. */
static stack_id emit_location(struct emitter *emitter, stack_id parent, location_id id)
{
	const struct location *location = &emitter->profile->locations[id];
	uint32_t frames = location->line_count ? location->line_count : 1;

	for (uint32_t i = frames; i-- > 0;)
		parent = emit_stack(emitter, parent, location->first_frame + i);
	return parent;
}

/* How many locations two neighbours share from the root on. */
static uint32_t shared_depth(const struct entry *a, const struct entry *b)
{
	uint32_t depth = 0, most = a->length < b->length ? a->length : b->length;

	while (depth < most && a->at[depth] == b->at[depth])
		depth++;
	return depth;
}

static bool emit_paths(struct emitter *emitter, const struct entry *entries, struct error *error)
{
	uint32_t count = emitter->profile->sample_count;

	for (uint32_t i = 0; i < count; i++) {
		const struct entry *entry = &entries[i];
		uint32_t shared = i ? shared_depth(entry, entry - 1) : 0;
		stack_id stack;

		if (i + FETCH_AHEAD < count) {
			fetch(&entries[i + FETCH_AHEAD], 0);
			fetch(&entries[i + FETCH_AHEAD], 16); /* the next cache line */
		}
		array_reserve(emitter->chain, emitter->chain_capacity, entry->length);
		stack = shared ? emitter->chain[shared - 1] : 0;
		for (uint32_t depth = shared; depth < entry->length; depth++) {
			stack = emit_location(emitter, stack, entry->at[depth]);
			emitter->chain[depth] = stack;
			if (emitter->count >= NONE - UINT16_MAX)
				return error_set(error,
						 "more than 4 thousand million different frames; "
						 "capture a shorter profile");
		}
		emitter->tree->sample_stack[entry->sample] = stack;
	}
	return true;
}

/* end[s]: behind the last descendant, by one backward pass. */
static void find_ends(struct stack_tree *tree)
{
	tree->end = alloc_resize(NULL, tree->count, sizeof(*tree->end));
	for (stack_id s = 0; s < tree->count; s++)
		tree->end[s] = s + 1;
	for (stack_id s = tree->count; s-- > 1;) {
		stack_id parent = tree->parent[s];

		if (tree->end[parent] < tree->end[s])
			tree->end[parent] = tree->end[s];
	}
}

struct stack_tree *stack_tree_build(const struct profile *profile, struct error *error)
{
	struct stack_tree *tree = alloc_zero(1, sizeof(*tree));
	struct entry *entries = alloc_resize(NULL, profile->sample_count, sizeof(*entries));
	struct emitter emitter = {.profile = profile, .tree = tree};
	bool good;

	for (uint32_t i = 0; i < profile->sample_count; i++)
		entries[i] = (struct entry){
			profile->path + profile->path_start[i],
			(uint32_t)(profile->path_start[i + 1] - profile->path_start[i]), i};
	tree->sample_stack = alloc_resize(NULL, profile->sample_count, sizeof(*tree->sample_stack));
	sort_entries(entries, profile->sample_count);
	emit_stack(&emitter, 0, NONE);
	good = emit_paths(&emitter, entries, error);
	tree->count = (uint32_t)emitter.count;
	free(entries);
	free(emitter.chain);
	if (good) {
		find_ends(tree);
		return tree;
	}
	stack_tree_free(tree);
	return NULL;
}

void stack_tree_free(struct stack_tree *tree)
{
	if (!tree)
		return;
	free(tree->parent);
	free(tree->frame);
	free(tree->end);
	free(tree->sample_stack);
	free(tree);
}
