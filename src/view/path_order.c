/* SPDX-License-Identifier: MIT */
#include "view/path_order.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/parallel.h"

/*
 * While paths are sorted, a key has the next symbols of a path, the first one
 * in the highest bits, zeros behind its end, and the cursor stands behind
 * them: the paths lie all over the memory, and one visit brings several.
 */
struct key_form {
	unsigned bits;  /* of a symbol */
	unsigned count; /* symbols of a key */
};

static struct key_form choose_form(const struct view *view)
{
	return view->node_count < UINT16_MAX ? (struct key_form){16, 4} : (struct key_form){32, 2};
}

/* A run of paths that agree on all before their cursors. */
struct run {
	struct ordered_path *paths;
	size_t count;
	uint32_t depth; /* steps before the cursors */
};

struct runs {
	struct run *items;
	size_t count, capacity;
};

/* What the threads share: runs that wait for whoever has nothing to do. */
struct sorting {
	const struct path_order *order;
	struct key_form form;
	unsigned slices;
	uint32_t *shared; /* by place: what the path shares with the one before */
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	struct runs waiting;
	unsigned busy; /* threads with a run; no more runs can come when there is none */
	atomic_uint idle;
};

/* Runs below this are compared path by path. */
#define FEW 12

/* Runs above this are worth waking another thread. */
#define WORTH_GIVING 1000

/* Keys of so many paths are worth new threads. */
#define WORTH_SHARING 20000

/* Has a path its end within the key? */
static bool key_ends(struct key_form form, uint64_t key)
{
	return !(key & (((uint64_t)1 << form.bits) - 1));
}

static uint32_t key_length(struct key_form form, uint64_t key)
{
	return key ? form.count - (unsigned)__builtin_ctzll(key) / form.bits : 0;
}

/* How many symbols two different keys share. */
static uint32_t key_shared(struct key_form form, uint64_t a, uint64_t b)
{
	return (unsigned)__builtin_clzll(a ^ b) / form.bits;
}

static void read_key(const struct path_order *order, struct key_form form,
		     struct ordered_path *path)
{
	uint64_t key = 0;

	for (unsigned i = 0; i < form.count; i++) {
		uint32_t symbol = path_cursor_symbol(order, &path->cursor);

		key = key << form.bits | symbol;
		if (symbol)
			path_cursor_advance(order, &path->cursor);
	}
	path->key = key;
}

static inline void swap(struct ordered_path *a, struct ordered_path *b)
{
	struct ordered_path t = *a;

	*a = *b;
	*b = t;
}

static inline uint32_t steps_of(const struct path_order *order, location_id location)
{
	const uint32_t *start = order->view->step_start;

	return start[location + 1] - start[location];
}

/* Moves both on to where they differ, and returns the number of steps that takes. */
static uint32_t pass_shared(const struct path_order *order, struct path_cursor *a,
			    struct path_cursor *b)
{
	uint32_t steps = 0;

	for (;;) {
		/* Equal locations have equal steps. */
		while (a->step == 0 && b->step == 0 && a->at != a->end && b->at != b->end) {
			location_id location = path_cursor_location(order, a);

			if (location != path_cursor_location(order, b))
				break;
			steps += steps_of(order, location);
			path_cursor_leave(order, a);
			path_cursor_leave(order, b);
		}
		path_cursor_settle(order, a);
		path_cursor_settle(order, b);
		if (a->at == a->end || path_cursor_symbol(order, a) != path_cursor_symbol(order, b))
			return steps;
		path_cursor_advance(order, a);
		path_cursor_advance(order, b);
		steps++;
	}
}

static bool comes_after(const struct path_order *order, const struct ordered_path *a,
			const struct ordered_path *b)
{
	struct path_cursor first = a->cursor, second = b->cursor;

	if (a->key != b->key)
		return a->key > b->key;
	pass_shared(order, &first, &second);
	return path_cursor_symbol(order, &first) > path_cursor_symbol(order, &second);
}

/* What two paths of a run share that stand one behind the other. */
static uint32_t count_shared(const struct sorting *sorting, uint32_t depth,
			     const struct ordered_path *a, const struct ordered_path *b)
{
	struct path_cursor first = a->cursor, second = b->cursor;

	if (a->key != b->key)
		return depth + key_shared(sorting->form, a->key, b->key);
	if (key_ends(sorting->form, a->key))
		return depth + key_length(sorting->form, a->key);
	return depth + sorting->form.count + pass_shared(sorting->order, &first, &second);
}

/* shared: by place in the run; that of the first one is known already. */
static void insertion_sort(const struct sorting *sorting, struct run run, uint32_t *shared)
{
	for (size_t i = 1; i < run.count; i++)
		for (size_t k = i;
		     k > 0 && comes_after(sorting->order, &run.paths[k - 1], &run.paths[k]); k--)
			swap(&run.paths[k - 1], &run.paths[k]);
	for (size_t i = 1; i < run.count; i++)
		shared[i] = count_shared(sorting, run.depth, &run.paths[i - 1], &run.paths[i]);
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

static void read_keys(const struct sorting *sorting, struct run run)
{
	for (size_t i = 0; i < run.count; i++) {
		if (i + VIEW_FETCH_AHEAD < run.count)
			view_fetch_path(sorting->order->view,
					run.paths[i + VIEW_FETCH_AHEAD].cursor.at);
		read_key(sorting->order, sorting->form, &run.paths[i]);
	}
}

static void push_run(struct runs *runs, struct run run)
{
	if (run.count > 1)
		array_push(runs->items, runs->count, runs->capacity, run);
}

/* The next keys of a run that are read by several threads. */
struct reading {
	const struct sorting *sorting;
	struct run run;
};

static void read_slice(void *context, unsigned slice)
{
	const struct reading *reading = context;
	struct run run = reading->run;
	unsigned slices = reading->sorting->slices;
	size_t first = run.count * slice / slices, end = run.count * (slice + 1) / slices;

	read_keys(reading->sorting, (struct run){run.paths + first, end - first, run.depth});
}

/* On all cores where that is worth it and they have nothing else to do. */
static void read_keys_of(const struct sorting *sorting, struct run run)
{
	struct reading reading = {sorting, run};

	if (run.count > WORTH_SHARING && atomic_load_explicit(&sorting->idle, memory_order_relaxed))
		parallel_run(sorting->slices, read_slice, &reading);
	else
		read_keys(sorting, run);
}

/*
 * One step of multikey quicksort (Bentley, Sedgewick): splits three ways by
 * the key; only the middle goes on to the next one. What is left to sort is
 * pushed. `shared` is told where the parts meet:
 *
 *     a b | x     a b | x
 *     a c | z     a c | y    1, by the keys
 *     a c | y     a c | y    2 and more, which the deeper run will tell
 *     a c | y     a c | z
 */
static void split(const struct sorting *sorting, struct run run, uint32_t *shared,
		  struct runs *runs)
{
	struct key_form form = sorting->form;
	size_t less = 0, i = 0, more = run.count;
	uint64_t pivot, below = 0, above = UINT64_MAX;

	if (run.count < FEW) {
		insertion_sort(sorting, run, shared);
		return;
	}
	pivot = median(run.paths[0].key, run.paths[run.count / 2].key,
		       run.paths[run.count - 1].key);
	while (i < more) {
		uint64_t key = run.paths[i].key;

		if (key < pivot) {
			below = key > below ? key : below;
			swap(&run.paths[less++], &run.paths[i++]);
		} else if (key > pivot) {
			above = key < above ? key : above;
			swap(&run.paths[i], &run.paths[--more]);
		} else {
			i++;
		}
	}
	if (less)
		shared[less] = run.depth + key_shared(form, below, pivot);
	if (more < run.count)
		shared[more] = run.depth + key_shared(form, pivot, above);
	push_run(runs, (struct run){run.paths, less, run.depth});
	push_run(runs, (struct run){run.paths + more, run.count - more, run.depth});
	if (key_ends(form, pivot)) {
		/* These are equal. */
		for (i = less + 1; i < more; i++)
			shared[i] = run.depth + key_length(form, pivot);
	} else if (more - less > 1) {
		struct run deeper = {run.paths + less, more - less, run.depth + form.count};

		read_keys_of(sorting, deeper);
		push_run(runs, deeper);
	}
}

/* A run to sort; false when all is sorted. */
static bool take_run(struct sorting *sorting, struct run *run)
{
	bool found;

	pthread_mutex_lock(&sorting->mutex);
	while (!sorting->waiting.count && sorting->busy) {
		atomic_fetch_add(&sorting->idle, 1);
		pthread_cond_wait(&sorting->changed, &sorting->mutex);
		atomic_fetch_sub(&sorting->idle, 1);
	}
	found = sorting->waiting.count > 0;
	if (found) {
		*run = sorting->waiting.items[--sorting->waiting.count];
		sorting->busy++;
	}
	pthread_mutex_unlock(&sorting->mutex);
	return found;
}

static void give_run(struct sorting *sorting, struct run run)
{
	pthread_mutex_lock(&sorting->mutex);
	push_run(&sorting->waiting, run);
	pthread_cond_signal(&sorting->changed);
	pthread_mutex_unlock(&sorting->mutex);
}

static void end_run(struct sorting *sorting)
{
	pthread_mutex_lock(&sorting->mutex);
	if (--sorting->busy == 0)
		pthread_cond_broadcast(&sorting->changed);
	pthread_mutex_unlock(&sorting->mutex);
}

/*
 * Sorts a run and what comes of it; gives the oldest piece away, which is
 * mostly the biggest, when another thread is idle. The stack is explicit, as
 * paths are as deep as they like.
 */
static void sort_run(struct sorting *sorting, struct run run, struct runs *stack)
{
	push_run(stack, run);
	while (stack->count) {
		struct run next = stack->items[--stack->count];

		if (view_cancelled(sorting->order->view, 0)) {
			stack->count = 0;
			break;
		}

		if (stack->count && stack->items[0].count > WORTH_GIVING &&
		    atomic_load_explicit(&sorting->idle, memory_order_relaxed)) {
			give_run(sorting, stack->items[0]);
			stack->items[0] = stack->items[--stack->count];
		}
		split(sorting, next, sorting->shared + (next.paths - sorting->order->paths), stack);
	}
}

static void sort_slice(void *context, unsigned slice)
{
	struct sorting *sorting = context;
	struct runs stack = {0};
	struct run run;

	(void)slice;
	while (take_run(sorting, &run)) {
		sort_run(sorting, run, &stack);
		end_run(sorting);
	}
	free(stack.items);
}

/* Sets `shared` of each place. */
static void sort_paths(const struct path_order *order, uint32_t *shared, unsigned slices)
{
	struct sorting sorting = {.order = order,
				  .form = choose_form(order->view),
				  .slices = slices,
				  .shared = shared};

	pthread_mutex_init(&sorting.mutex, NULL);
	pthread_cond_init(&sorting.changed, NULL);
	sorting.idle = slices;
	read_keys_of(&sorting, (struct run){order->paths, order->count, 0});
	sorting.idle = 0;
	push_run(&sorting.waiting, (struct run){order->paths, order->count, 0});
	parallel_run(slices, sort_slice, &sorting);
	pthread_mutex_destroy(&sorting.mutex);
	pthread_cond_destroy(&sorting.changed);
	free(sorting.waiting.items);
}

/* To just beyond the first occurrence of a node as seen from the root; false if there is none. */
static bool seek_node(const struct path_order *order, node_id node, struct path_cursor *cursor)
{
	const struct view *view = order->view;

	for (; cursor->at < cursor->end; cursor->at++) {
		location_id location = view_location(view, cursor->at);
		uint32_t first = view->step_start[location];
		uint32_t end = view->step_start[location + 1];

		for (uint32_t i = first; i < end; i++) {
			if (view->steps[i].node != node)
				continue;
			cursor->step = order->reversed ? end - i : i + 1 - first;
			cursor->at += order->reversed;
			return true;
		}
	}
	return false;
}

/* Where the part of a sample's path begins; false if the sample has none. */
static bool begin_part(const struct path_order *order, struct path_part part, uint32_t sample,
		       struct path_cursor *cursor)
{
	struct path path;

	if (!view_path(order->view, sample, &path))
		return false;
	*cursor = (struct path_cursor){path.first, path.end, 0, sample};
	if (part.node != NONE && !seek_node(order, part.node, cursor))
		return false;
	if (part.reversed) {
		cursor->end = path.first;
		if (part.node == NONE)
			cursor->at = path.end;
	}
	path_cursor_settle(order, cursor);
	return true;
}

struct placing {
	struct path_order *order;
	struct path_part part;
	const uint32_t *shared; /* by place */
	unsigned slices;
};

/* Over so many steps, which the path has. */
static void skip_steps(const struct path_order *order, struct path_cursor *cursor, uint32_t steps)
{
	while (steps) {
		location_id location = path_cursor_location(order, cursor);
		uint32_t left = steps_of(order, location) - cursor->step;

		if (left > steps) {
			cursor->step += steps;
			return;
		}
		steps -= left;
		path_cursor_leave(order, cursor);
	}
	path_cursor_settle(order, cursor);
}

static uint32_t count_steps(const struct path_order *order, struct path_cursor cursor)
{
	uint32_t steps = 0, passed = cursor.step;

	while (cursor.at != cursor.end) {
		location_id location = path_cursor_location(order, &cursor);

		steps += steps_of(order, location);
		path_cursor_leave(order, &cursor);
	}
	return steps - passed;
}

/* Puts the cursors of a slice of the sorted paths where they leave the ones before. */
static void place_slice(void *context, unsigned slice)
{
	const struct placing *placing = context;
	const struct path_order *order = placing->order;
	const uint32_t *start = order->view->profile->path_start;
	uint32_t end = parallel_start(order->count, placing->slices, slice + 1);

	for (uint32_t i = parallel_start(order->count, placing->slices, slice); i < end; i++) {
		struct ordered_path *path = &order->paths[i];

		if (view_cancelled(order->view, i))
			break;
		if (i + 2 * VIEW_FETCH_AHEAD < end)
			__builtin_prefetch(&start[path[2 * VIEW_FETCH_AHEAD].cursor.sample]);
		if (i + VIEW_FETCH_AHEAD < end)
			view_fetch_path(order->view, start[path[VIEW_FETCH_AHEAD].cursor.sample]);
		begin_part(order, placing->part, path->cursor.sample, &path->cursor);
		path->shared = placing->shared[i];
		skip_steps(order, &path->cursor, path->shared);
		path->length = path->shared + count_steps(order, path->cursor);
	}
}

static void find_first_steps(struct path_order *order)
{
	const struct view *view = order->view;
	uint32_t count = view->profile->location_count;

	order->first_steps = alloc_resize(NULL, count, sizeof(*order->first_steps));
	for (location_id i = 0; i < count; i++) {
		uint32_t first = view->step_start[i], end = view->step_start[i + 1];
		struct first_step step = {.more = end - first > 1};

		if (first < end)
			step.symbol = view->steps[order->reversed ? end - 1 : first].node + 1;
		order->first_steps[i] = step;
	}
}

/* The paths of a slice of the samples, from the place of its first sample on. */
struct collecting {
	struct path_order *order;
	struct path_part part;
	unsigned slices;
	uint32_t counts[PARALLEL_LIMIT];
};

static void collect_slice(void *context, unsigned slice)
{
	struct collecting *collecting = context;
	const struct path_order *order = collecting->order;
	uint32_t sample_count = order->view->profile->sample_count;
	uint32_t first = parallel_start(sample_count, collecting->slices, slice);
	uint32_t end = parallel_start(sample_count, collecting->slices, slice + 1);
	struct ordered_path *next = order->paths + first;

	for (uint32_t i = first; i < end; i++)
		if (order->view->values[i] && begin_part(order, collecting->part, i, &next->cursor))
			next++;
	collecting->counts[slice] = (uint32_t)(next - (order->paths + first));
}

static void collect_paths(struct path_order *order, struct path_part part, unsigned slices)
{
	struct collecting collecting = {.order = order, .part = part, .slices = slices};
	uint32_t sample_count = order->view->profile->sample_count;

	order->paths = alloc_resize(NULL, sample_count, sizeof(*order->paths));
	parallel_run(slices, collect_slice, &collecting);
	for (unsigned i = 0; i < slices; i++) {
		uint32_t first = parallel_start(sample_count, slices, i);

		if (order->count != first)
			memmove(order->paths + order->count, order->paths + first,
				collecting.counts[i] * sizeof(*order->paths));
		order->count += collecting.counts[i];
	}
}

void path_order_build(struct path_order *order, const struct view *view, struct path_part part)
{
	const struct profile *profile = view->profile;
	struct placing placing = {.order = order, .part = part};
	uint32_t *shared;

	*order = (struct path_order){.view = view, .reversed = part.reversed};
	find_first_steps(order);
	placing.slices = parallel_slices(profile->path_start[profile->sample_count]);
	collect_paths(order, part, placing.slices);
	shared = alloc_zero(order->count, sizeof(*shared));
	placing.shared = shared;
	sort_paths(order, shared, placing.slices);
	/* What was not sorted must not be looked at. */
	if (!view_cancelled(view, 0))
		parallel_run(placing.slices, place_slice, &placing);
	if (view_cancelled(view, 0))
		order->count = 0;
	free(shared);
}

void path_order_clear_paths(struct path_order *order)
{
	free(order->paths);
	order->paths = NULL;
	order->count = 0;
}

void path_order_clear(struct path_order *order)
{
	path_order_clear_paths(order);
	free(order->first_steps);
	order->first_steps = NULL;
}
