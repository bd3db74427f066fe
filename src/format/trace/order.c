/* SPDX-License-Identifier: MIT */
#include "format/trace/order.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "format/trace/order_state.h"

/* What a thread has still to say in this generation. */
struct cursor {
	struct wire_event event;   /* the next one */
	uint32_t thread;           /* of the generation */
	uint32_t batch, batch_end; /* in `lists` */
	const unsigned char *at, *end;
};

struct order {
	struct order_state state;
	struct cursor *cursors;
	size_t cursor_count, cursor_capacity;
	uint32_t *heap; /* cursors, the earliest first */
	size_t heap_count, heap_capacity;
	uint32_t *waiting; /* cursors whose event was not ready in this round */
	size_t waiting_capacity;
	uint32_t *lists; /* the batches of each thread, one thread behind the other */
	size_t list_capacity;
	uint64_t lost_bytes;
	bool guessed_clock;
};

struct order *order_new(struct feed *feed)
{
	struct order *order = alloc_zero(1, sizeof(*order));

	order_state_init(&order->state, feed);
	return order;
}

void order_free(struct order *order)
{
	if (!order)
		return;
	order_state_clear(&order->state);
	free(order->cursors);
	free(order->heap);
	free(order->waiting);
	free(order->lists);
	free(order);
}

void order_forget(struct order *order)
{
	order_state_forget(&order->state);
}

int64_t order_time(const struct order *order, uint64_t units)
{
	return order_state_span(&order->state, units) - order->state.start;
}

uint64_t order_lost_bytes(const struct order *order)
{
	return order->lost_bytes;
}

bool order_guessed_clock(const struct order *order)
{
	return order->guessed_clock;
}

/* Decodes the next event of the batch; false at its end, and where it cannot be decoded. */
static bool decode(struct order *order, struct cursor *cursor)
{
	struct wire_event *event = &cursor->event;
	const unsigned char *at = cursor->at;
	uint64_t delta;
	int count;

	if (at == cursor->end)
		return false;
	event->type = *at++;
	count = wire_arguments[event->type] - 1;
	if (count >= 0 && wire_number(&at, cursor->end, &delta)) {
		int i = 0;

		while (i < count && wire_number(&at, cursor->end, &event->arguments[i]))
			i++;
		if (i == count) {
			event->time += order_state_span(&order->state, delta);
			cursor->at = at;
			return true;
		}
	}
	order->lost_bytes += (size_t)(cursor->end - cursor->at);
	cursor->at = cursor->end;
	return false;
}

/* Goes to the next event of a thread; false when it has said all. */
static bool advance(struct order *order, const struct generation *generation, struct cursor *cursor)
{
	while (!decode(order, cursor)) {
		const struct batch *batch;

		if (cursor->batch == cursor->batch_end)
			return false;
		batch = &generation->batches[order->lists[cursor->batch++]];
		cursor->at = generation->bytes + batch->at;
		cursor->end = cursor->at + batch->length;
		cursor->event.time = order_state_span(&order->state, batch->time);
	}
	return true;
}

/*
 * Ticks of the clock are long, so equal times are usual; which thread comes
 * first then is up to the heap. It is made and moved as Go's is, so that events
 * come in the same order and get the same times.
 */
static bool earlier(const struct order *order, uint32_t a, uint32_t b)
{
	return order->cursors[a].event.time < order->cursors[b].event.time;
}

/* Moves the cursor at a place of the heap down to where it belongs. */
static void sift_down(struct order *order, size_t at)
{
	uint32_t cursor = order->heap[at];

	for (;;) {
		size_t child = 2 * at + 1;

		if (child >= order->heap_count)
			break;
		if (child + 1 < order->heap_count &&
		    earlier(order, order->heap[child + 1], order->heap[child]))
			child++;
		if (!earlier(order, order->heap[child], cursor))
			break;
		order->heap[at] = order->heap[child];
		at = child;
	}
	order->heap[at] = cursor;
}

static void push(struct order *order, uint32_t cursor)
{
	size_t at = order->heap_count++;

	while (at && earlier(order, cursor, order->heap[(at - 1) / 2])) {
		order->heap[at] = order->heap[(at - 1) / 2];
		at = (at - 1) / 2;
	}
	order->heap[at] = cursor;
}

static void drop_top(struct order *order)
{
	order->heap[0] = order->heap[--order->heap_count];
	if (order->heap_count)
		sift_down(order, 0);
}

/* The batches of each thread stand in the file in the order in which it wrote them. */
static void make_cursors(struct order *order, const struct generation *generation)
{
	size_t threads = generation->threads.count;
	uint32_t *ends = alloc_zero(threads + 1, sizeof(*ends));

	array_reserve(order->cursors, order->cursor_capacity, threads);
	array_reserve(order->heap, order->heap_capacity, threads);
	array_reserve(order->waiting, order->waiting_capacity, threads);
	array_reserve(order->lists, order->list_capacity, generation->batch_count);
	for (size_t i = 0; i < generation->batch_count; i++)
		ends[generation->batches[i].thread + 1]++;
	for (size_t i = 0; i < threads; i++) {
		ends[i + 1] += ends[i];
		order->cursors[i] = (struct cursor){
			.thread = (uint32_t)i, .batch = ends[i], .batch_end = ends[i + 1]};
	}
	for (size_t i = 0; i < generation->batch_count; i++)
		order->lists[ends[generation->batches[i].thread]++] = (uint32_t)i;
	free(ends);
	order->heap_count = 0;
	for (uint32_t i = 0; i < threads; i++) {
		order->cursors[i].event.thread =
			order_state_thread(&order->state, feed_id(&generation->threads, i));
		if (advance(order, generation, &order->cursors[i]))
			push(order, i);
	}
}

/* The event of the cursor on top has been taken: the heap is for the next one. */
static void next_of_top(struct order *order, const struct generation *generation)
{
	if (advance(order, generation, &order->cursors[order->heap[0]]))
		sift_down(order, 0);
	else
		drop_top(order);
}

/*
 * The earliest event is not ready: takes the first one that is, and if none
 * is, the earliest as it stands. Rare: only clocks that differ between cores and
 * broken files come here.
 */
static void take_later(struct order *order, const struct generation *generation)
{
	struct order_state *state = &order->state;
	size_t waiting = 0;

	state->feed->unordered++;
	do {
		order->waiting[waiting++] = order->heap[0];
		drop_top(order);
	} while (order->heap_count &&
		 !order_state_take(state, &order->cursors[order->heap[0]].event));
	if (order->heap_count) {
		next_of_top(order, generation);
	} else {
		uint32_t first = order->waiting[0];

		state->feed->forced++;
		order_state_force(state, &order->cursors[first].event);
		if (!advance(order, generation, &order->cursors[first])) {
			waiting--;
			memmove(order->waiting, order->waiting + 1,
				waiting * sizeof(*order->waiting));
		}
	}
	for (size_t i = 0; i < waiting; i++)
		push(order, order->waiting[i]);
}

static int compare_samples(const void *a, const void *b)
{
	const struct cpu_sample *first = a, *second = b;

	return (first->time > second->time) - (first->time < second->time);
}

static void take_sample(struct order *order, const struct cpu_sample *sample)
{
	struct order_state *state = &order->state;
	struct feed *feed = state->feed;
	struct trace_event event = {
		.kind = TRACE_EVENT_SAMPLE,
		.time = order_state_span(state, sample->time) - state->start,
		.goroutine = sample->goroutine ? feed_number(&feed->goroutines, sample->goroutine)
					       : NONE,
		.proc = sample->proc == WIRE_NO_ID ? NONE : feed_number(&feed->procs, sample->proc),
		.subject = NONE,
		.stack = generation_stack(state->generation, feed, sample->stack),
	};

	feed_emit(feed, &event);
}

void order_run(struct order *order, struct generation *generation)
{
	struct order_state *state = &order->state;
	size_t samples = 0;

	order->guessed_clock |= order_state_begin(state, generation);
	make_cursors(order, generation);
	if (generation->sample_count)
		qsort(generation->samples, generation->sample_count, sizeof(*generation->samples),
		      compare_samples);
	while (order->heap_count) {
		const struct wire_event *event = &order->cursors[order->heap[0]].event;

		while (samples < generation->sample_count &&
		       order_state_span(state, generation->samples[samples].time) < event->time)
			take_sample(order, &generation->samples[samples++]);
		if (order_state_take(state, event))
			next_of_top(order, generation);
		else
			take_later(order, generation);
	}
	while (samples < generation->sample_count)
		take_sample(order, &generation->samples[samples++]);
	order->lost_bytes += generation->lost_bytes;
	order_state_end(state);
}
