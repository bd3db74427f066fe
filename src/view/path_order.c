#include "view/path_order.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/parallel.h"

/* A path while it is sorted; the symbol at the cursor is kept, as paths lie all over the memory. */
struct entry {
	struct path_cursor cursor;
	uint32_t symbol;
};

/* A run of entries that agree on all before their cursors. */
struct run {
	struct entry *entries;
	size_t count;
};

struct runs {
	struct run *items;
	size_t count, capacity;
};

#define FETCH_AHEAD 16

/* Runs below this are compared path by path. */
#define FEW 12

/* Runs above this are worth waking another thread. */
#define WORTH_GIVING 1000

static inline void swap(struct entry *a, struct entry *b)
{
	struct entry t = *a;

	*a = *b;
	*b = t;
}

/* Moves both on to where they differ, and returns the number of steps that takes. */
static uint32_t pass_shared(const struct view *view, struct path_cursor *a, struct path_cursor *b)
{
	uint32_t steps = 0;

	for (;;) {
		/* Equal locations have equal steps. */
		while (a->step == 0 && b->step == 0 && a->at < a->end && b->at < b->end &&
		       *a->at == *b->at) {
			steps += view->step_start[*a->at + 1] - view->step_start[*a->at];
			a->at++;
			b->at++;
		}
		path_cursor_settle(view, a);
		path_cursor_settle(view, b);
		if (a->at == a->end || path_cursor_symbol(view, a) != path_cursor_symbol(view, b))
			return steps;
		path_cursor_advance(view, a);
		path_cursor_advance(view, b);
		steps++;
	}
}

static bool comes_after(const struct view *view, const struct entry *a, const struct entry *b)
{
	struct path_cursor first = a->cursor, second = b->cursor;

	if (a->symbol != b->symbol)
		return a->symbol > b->symbol;
	pass_shared(view, &first, &second);
	return path_cursor_symbol(view, &first) > path_cursor_symbol(view, &second);
}

static void insertion_sort(const struct view *view, struct run run)
{
	for (size_t i = 1; i < run.count; i++)
		for (size_t k = i; k > 0 && comes_after(view, &run.entries[k - 1], &run.entries[k]);
		     k--)
			swap(&run.entries[k - 1], &run.entries[k]);
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

static void advance_all(const struct view *view, struct run run)
{
	for (size_t i = 0; i < run.count; i++) {
		struct entry *entry = &run.entries[i];

		if (i + FETCH_AHEAD < run.count)
			__builtin_prefetch(run.entries[i + FETCH_AHEAD].cursor.at + 1);
		path_cursor_advance(view, &entry->cursor);
		entry->symbol = path_cursor_symbol(view, &entry->cursor);
	}
}

static void push_run(struct runs *runs, struct entry *entries, size_t count)
{
	if (count > 1)
		array_push(runs->items, runs->count, runs->capacity,
			   ((struct run){entries, count}));
}

/*
 * One step of multikey quicksort (Bentley, Sedgewick): splits three ways by
 * the symbol; only the middle goes one step deeper. What is left to sort is
 * pushed.
 */
static void split(const struct view *view, struct run run, struct runs *runs)
{
	size_t less = 0, i = 0, more = run.count;
	uint32_t pivot = median(run.entries[0].symbol, run.entries[run.count / 2].symbol,
				run.entries[run.count - 1].symbol);

	if (run.count < FEW) {
		insertion_sort(view, run);
		return;
	}
	while (i < more) {
		uint32_t symbol = run.entries[i].symbol;

		if (symbol < pivot)
			swap(&run.entries[less++], &run.entries[i++]);
		else if (symbol > pivot)
			swap(&run.entries[i], &run.entries[--more]);
		else
			i++;
	}
	push_run(runs, run.entries, less);
	push_run(runs, run.entries + more, run.count - more);
	if (pivot && more - less > 1) {
		advance_all(view, (struct run){run.entries + less, more - less});
		push_run(runs, run.entries + less, more - less);
	}
}

/* What the threads share: runs that wait for whoever has nothing to do. */
struct sorting {
	const struct view *view;
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
	push_run(&sorting->waiting, run.entries, run.count);
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
	push_run(stack, run.entries, run.count);
	while (stack->count) {
		struct run next = stack->items[--stack->count];

		if (stack->count && stack->items[0].count > WORTH_GIVING &&
		    atomic_load_explicit(&sorting->idle, memory_order_relaxed)) {
			give_run(sorting, stack->items[0]);
			stack->items[0] = stack->items[--stack->count];
		}
		split(sorting->view, next, stack);
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

static void sort_entries(const struct view *view, struct entry *entries, size_t count,
			 unsigned slices)
{
	struct sorting sorting = {.view = view};

	pthread_mutex_init(&sorting.mutex, NULL);
	pthread_cond_init(&sorting.changed, NULL);
	push_run(&sorting.waiting, entries, count);
	parallel_run(slices, sort_slice, &sorting);
	pthread_mutex_destroy(&sorting.mutex);
	pthread_cond_destroy(&sorting.changed);
	free(sorting.waiting.items);
}

/* Where the path of a sample begins. */
static struct path_cursor path_begin(const struct view *view, uint32_t sample)
{
	struct path path = {0};
	struct path_cursor cursor = {.sample = sample};

	view_path(view, sample, &path);
	cursor.at = path.first;
	cursor.end = path.end;
	path_cursor_settle(view, &cursor);
	return cursor;
}

struct comparing {
	const struct view *view;
	const struct entry *entries;
	struct path_order *order;
	unsigned slices;
};

static uint32_t count_steps(const struct view *view, struct path_cursor cursor)
{
	uint32_t steps = 0;

	if (cursor.at == cursor.end)
		return 0;
	for (; cursor.at < cursor.end; cursor.at++)
		steps += view->step_start[*cursor.at + 1] - view->step_start[*cursor.at];
	return steps - cursor.step;
}

/* Compares a slice of the sorted paths, each with the one before. */
static void compare_slice(void *context, unsigned slice)
{
	const struct comparing *comparing = context;
	const struct view *view = comparing->view;
	struct path_order *order = comparing->order;
	uint32_t end = parallel_start(order->count, comparing->slices, slice + 1);

	for (uint32_t i = parallel_start(order->count, comparing->slices, slice); i < end; i++) {
		struct path_cursor cursor = path_begin(view, comparing->entries[i].cursor.sample);

		if (i + FETCH_AHEAD < end) {
			const location_id *later =
				view->profile->path +
				view->profile->path_start[comparing->entries[i + FETCH_AHEAD]
								  .cursor.sample];

			__builtin_prefetch(later);
			__builtin_prefetch(later + 16);
		}
		order->shared[i] = 0;
		if (i) {
			struct path_cursor before =
				path_begin(view, comparing->entries[i - 1].cursor.sample);

			order->shared[i] = pass_shared(view, &before, &cursor);
		}
		order->length[i] = order->shared[i] + count_steps(view, cursor);
		order->cursors[i] = cursor;
	}
}

static struct entry *collect_entries(const struct view *view, uint32_t *count)
{
	struct entry *entries = alloc_resize(NULL, view->profile->sample_count, sizeof(*entries));

	*count = 0;
	for (uint32_t i = 0; i < view->profile->sample_count; i++) {
		struct entry *entry = &entries[*count];
		struct path path;

		if (!view->values[i] || !view_path(view, i, &path))
			continue;
		entry->cursor = path_begin(view, i);
		entry->symbol = path_cursor_symbol(view, &entry->cursor);
		(*count)++;
	}
	return entries;
}

void path_order_build(struct path_order *order, const struct view *view)
{
	const struct profile *profile = view->profile;
	struct entry *entries = collect_entries(view, &order->count);
	struct comparing comparing = {view, entries, order,
				      parallel_slices(profile->path_start[profile->sample_count])};

	sort_entries(view, entries, order->count, comparing.slices);
	order->cursors = alloc_resize(NULL, order->count, sizeof(*order->cursors));
	order->shared = alloc_resize(NULL, order->count, sizeof(*order->shared));
	order->length = alloc_resize(NULL, order->count, sizeof(*order->length));
	parallel_run(comparing.slices, compare_slice, &comparing);
	free(entries);
}

void path_order_clear(struct path_order *order)
{
	free(order->cursors);
	free(order->shared);
	free(order->length);
	*order = (struct path_order){0};
}
