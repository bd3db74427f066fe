#include "view/path_order.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/parallel.h"

/*
 * While paths are sorted, the cursor stands where they are not sorted yet, and
 * `shared` keeps the symbol there, as the paths lie all over the memory.
 */
static inline uint32_t *symbol_at(struct ordered_path *path)
{
	return &path->shared;
}

/* A run of paths that agree on all before their cursors. */
struct run {
	struct ordered_path *paths;
	size_t count;
};

struct runs {
	struct run *items;
	size_t count, capacity;
};

#define FETCH_AHEAD 16

/* Two cache lines from a place of the paths on. */
static inline void fetch_path(const struct view *view, uint32_t at)
{
	const struct path_column *paths = &view->profile->paths;
	const char *bytes =
		paths->wide ? (const char *)(paths->wide + at) : (const char *)(paths->narrow + at);

	__builtin_prefetch(bytes);
	__builtin_prefetch(bytes + 64);
}

/* Runs below this are compared path by path. */
#define FEW 12

/* Runs above this are worth waking another thread. */
#define WORTH_GIVING 1000

static inline void swap(struct ordered_path *a, struct ordered_path *b)
{
	struct ordered_path t = *a;

	*a = *b;
	*b = t;
}

/* Moves both on to where they differ, and returns the number of steps that takes. */
static uint32_t pass_shared(const struct path_order *order, struct path_cursor *a,
			    struct path_cursor *b)
{
	const uint32_t *start = order->view->step_start;
	uint32_t steps = 0;

	for (;;) {
		/* Equal locations have equal steps. */
		while (a->step == 0 && b->step == 0 && a->at != a->end && b->at != b->end) {
			location_id location = path_cursor_location(order, a);

			if (location != path_cursor_location(order, b))
				break;
			steps += start[location + 1] - start[location];
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

	if (a->shared != b->shared)
		return a->shared > b->shared;
	pass_shared(order, &first, &second);
	return path_cursor_symbol(order, &first) > path_cursor_symbol(order, &second);
}

static void insertion_sort(const struct path_order *order, struct run run)
{
	for (size_t i = 1; i < run.count; i++)
		for (size_t k = i; k > 0 && comes_after(order, &run.paths[k - 1], &run.paths[k]);
		     k--)
			swap(&run.paths[k - 1], &run.paths[k]);
}

static uint32_t median(uint32_t a, uint32_t b, uint32_t c)
{
	if (a > b) {
		uint32_t t = a;

		a = b;
		b = t;
	}
	return c < a ? a : c > b ? b : c;
}

static void advance_all(const struct path_order *order, struct run run)
{
	for (size_t i = 0; i < run.count; i++) {
		struct ordered_path *path = &run.paths[i];

		if (i + FETCH_AHEAD < run.count)
			fetch_path(order->view, run.paths[i + FETCH_AHEAD].cursor.at);
		path_cursor_advance(order, &path->cursor);
		*symbol_at(path) = path_cursor_symbol(order, &path->cursor);
	}
}

static void push_run(struct runs *runs, struct ordered_path *paths, size_t count)
{
	if (count > 1)
		array_push(runs->items, runs->count, runs->capacity, ((struct run){paths, count}));
}

/*
 * One step of multikey quicksort (Bentley, Sedgewick): splits three ways by
 * the symbol; only the middle goes one step deeper. What is left to sort is
 * pushed.
 */
static void split(const struct path_order *order, struct run run, struct runs *runs)
{
	size_t less = 0, i = 0, more = run.count;
	uint32_t pivot = median(*symbol_at(&run.paths[0]), *symbol_at(&run.paths[run.count / 2]),
				*symbol_at(&run.paths[run.count - 1]));

	if (run.count < FEW) {
		insertion_sort(order, run);
		return;
	}
	while (i < more) {
		uint32_t symbol = *symbol_at(&run.paths[i]);

		if (symbol < pivot)
			swap(&run.paths[less++], &run.paths[i++]);
		else if (symbol > pivot)
			swap(&run.paths[i], &run.paths[--more]);
		else
			i++;
	}
	push_run(runs, run.paths, less);
	push_run(runs, run.paths + more, run.count - more);
	if (pivot && more - less > 1) {
		advance_all(order, (struct run){run.paths + less, more - less});
		push_run(runs, run.paths + less, more - less);
	}
}

/* What the threads share: runs that wait for whoever has nothing to do. */
struct sorting {
	const struct path_order *order;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	struct runs waiting;
	unsigned busy; /* threads with a run; no more runs can come when there is none */
	atomic_uint idle;
};

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
	push_run(&sorting->waiting, run.paths, run.count);
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
	push_run(stack, run.paths, run.count);
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
		split(sorting->order, next, stack);
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

static void sort_paths(const struct path_order *order, struct ordered_path *paths, size_t count,
		       unsigned slices)
{
	struct sorting sorting = {.order = order};

	pthread_mutex_init(&sorting.mutex, NULL);
	pthread_cond_init(&sorting.changed, NULL);
	push_run(&sorting.waiting, paths, count);
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

struct comparing {
	struct path_order *order;
	struct path_part part;
	unsigned slices;
};

static uint32_t count_steps(const struct path_order *order, struct path_cursor cursor)
{
	const uint32_t *start = order->view->step_start;
	uint32_t steps = 0, passed = cursor.step;

	while (cursor.at != cursor.end) {
		location_id location = path_cursor_location(order, &cursor);

		steps += start[location + 1] - start[location];
		path_cursor_leave(order, &cursor);
	}
	return steps - passed;
}

/*
 * Compares a slice of the sorted paths, each with the one before. Of that only
 * the sample is read, as another thread may be at it.
 */
static void compare_slice(void *context, unsigned slice)
{
	const struct comparing *comparing = context;
	const struct path_order *order = comparing->order;
	struct ordered_path *paths = order->paths;
	uint32_t end = parallel_start(order->count, comparing->slices, slice + 1);

	for (uint32_t i = parallel_start(order->count, comparing->slices, slice); i < end; i++) {
		struct path_cursor cursor, before;

		if (view_cancelled(order->view, i))
			break;
		if (i + FETCH_AHEAD < end)
			fetch_path(order->view,
				   order->view->profile
					   ->path_start[paths[i + FETCH_AHEAD].cursor.sample]);
		begin_part(order, comparing->part, paths[i].cursor.sample, &cursor);
		paths[i].shared = 0;
		if (i) {
			begin_part(order, comparing->part, paths[i - 1].cursor.sample, &before);
			paths[i].shared = pass_shared(order, &before, &cursor);
		}
		paths[i].length = paths[i].shared + count_steps(order, cursor);
		paths[i].cursor.at = cursor.at;
		paths[i].cursor.step = cursor.step;
	}
}

static void collect_paths(struct path_order *order, struct path_part part)
{
	uint32_t sample_count = order->view->profile->sample_count;

	order->paths = alloc_resize(NULL, sample_count, sizeof(*order->paths));
	for (uint32_t i = 0; i < sample_count; i++) {
		struct ordered_path *path = &order->paths[order->count];

		if (!order->view->values[i] || !begin_part(order, part, i, &path->cursor))
			continue;
		*symbol_at(path) = path_cursor_symbol(order, &path->cursor);
		order->count++;
	}
}

void path_order_build(struct path_order *order, const struct view *view, struct path_part part)
{
	const struct profile *profile = view->profile;
	struct comparing comparing = {.order = order, .part = part};

	*order = (struct path_order){.view = view, .reversed = part.reversed};
	collect_paths(order, part);
	comparing.slices = parallel_slices(profile->path_start[profile->sample_count]);
	sort_paths(order, order->paths, order->count, comparing.slices);
	parallel_run(comparing.slices, compare_slice, &comparing);
	/* What was not compared must not be looked at. */
	if (view_cancelled(view, 0))
		order->count = 0;
}

void path_order_clear(struct path_order *order)
{
	free(order->paths);
	order->paths = NULL;
	order->count = 0;
}
