/* SPDX-License-Identifier: MIT */
#include "format/trace/exact.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "format/format.h"
#include "format/trace/places.h"

#define NEVER INT64_MIN

struct life {
	int64_t start, end; /* first run and end of the last life; NEVER */
	int64_t since;      /* in the state; NEVER: it is not */
	uint32_t stack;
	bool again;   /* this is not the first life, or need not be the last one */
	bool unknown; /* it was there before the trace: its id may come again */
};

/* An interval that cannot be clipped yet. */
struct interval {
	int64_t from, to;
	uint32_t goroutine, stack;
};

struct sum {
	int64_t count, time;
	int64_t last; /* end of the last interval */
};

/*
 * Ids come again where C code calls Go, and what counts of all lives depends on
 * the last one. So of goroutines that may come again intervals are kept, or, if
 * it is only not known how they began, their sums apart.
 */
struct exact {
	struct feed *feed;
	uint8_t state;                         /* enum trace_status */
	bool (*is_reason)(const char *reason); /* NULL: any */
	unsigned char *reasons;                /* by string: 0 not asked for, 1 no, 2 yes */
	size_t reason_count, reason_capacity;
	string_id forever;
	struct life *lives; /* by goroutine */
	size_t life_count, life_capacity;
	struct interval *intervals;
	size_t interval_count, interval_capacity;
	struct sum *sums; /* by stack */
	size_t sum_count, sum_capacity;
	struct pair_map apart; /* goroutine and stack: the sum of a first life */
	struct sum *sums_apart;
	size_t apart_count, apart_capacity;
};

static bool is_network(const char *reason)
{
	return strcmp(reason, "network") == 0;
}

static bool is_sync(const char *reason)
{
	return strstr(reason, "chan") || strstr(reason, "sync") || strstr(reason, "select");
}

struct exact *exact_new(struct feed *feed, int kind)
{
	static const struct {
		uint8_t state;
		bool (*is_reason)(const char *reason);
	} kinds[] = {
		[TRACE_NET] = {TRACE_WAITING, is_network},
		[TRACE_SYNC] = {TRACE_WAITING, is_sync},
		[TRACE_SYSCALLS] = {TRACE_SYSCALL, NULL},
		[TRACE_SCHED] = {TRACE_RUNNABLE, NULL},
	};
	struct exact *exact = alloc_zero(1, sizeof(*exact));

	exact->feed = feed;
	exact->state = kinds[kind].state;
	exact->is_reason = kinds[kind].is_reason;
	exact->forever = strings_add_text(feed->strings, "forever");
	return exact;
}

void exact_free(struct exact *exact)
{
	if (!exact)
		return;
	free(exact->reasons);
	free(exact->lives);
	free(exact->intervals);
	free(exact->sums);
	free(exact->sums_apart);
	pair_map_clear(&exact->apart);
	free(exact);
}

static bool reason_counts(struct exact *exact, string_id reason)
{
	unsigned char *known;

	if (!exact->is_reason)
		return true;
	while (exact->reason_count <= reason)
		array_push(exact->reasons, exact->reason_count, exact->reason_capacity, 0);
	known = &exact->reasons[reason];
	if (!*known)
		*known = exact->is_reason(strings_text(exact->feed->strings, reason)) ? 2 : 1;
	return *known == 2;
}

static struct life *life_of(struct exact *exact, uint32_t goroutine)
{
	while (exact->life_count <= goroutine)
		array_push(exact->lives, exact->life_count, exact->life_capacity,
			   ((struct life){NEVER, NEVER, NEVER, 0, false, false}));
	return &exact->lives[goroutine];
}

static void merge_sum(struct sum *to, struct sum sum)
{
	to->count += sum.count;
	to->time += sum.time;
	if (sum.last > to->last)
		to->last = sum.last;
}

static void add_sum(struct exact *exact, uint32_t stack, struct sum sum)
{
	while (exact->sum_count <= stack)
		array_push(exact->sums, exact->sum_count, exact->sum_capacity, ((struct sum){0}));
	merge_sum(&exact->sums[stack], sum);
}

static void add_apart(struct exact *exact, uint32_t goroutine, uint32_t stack, struct sum sum)
{
	uint32_t number = pair_map_add(&exact->apart, goroutine, stack);

	if (number == exact->apart_count)
		array_push(exact->sums_apart, exact->apart_count, exact->apart_capacity,
			   ((struct sum){0}));
	merge_sum(&exact->sums_apart[number], sum);
}

/* The part of an interval that lies in the life; 0 or less: none. */
static int64_t clip(const struct interval *interval, const struct life *life)
{
	int64_t from = interval->from, to = interval->to;

	if (life->start != NEVER && from < life->start)
		from = life->start;
	if (life->end != NEVER && to > life->end)
		to = life->end;
	return to - from;
}

static void end_interval(struct exact *exact, struct life *life, const struct trace_event *event)
{
	struct interval interval = {life->since, event->time, event->subject, life->stack};
	int64_t time = clip(&interval, life);

	life->since = NEVER;
	if (life->start == NEVER || life->again)
		array_push(exact->intervals, exact->interval_count, exact->interval_capacity,
			   interval);
	else if (time > 0 && life->unknown)
		add_apart(exact, interval.goroutine, interval.stack,
			  (struct sum){1, time, interval.to});
	else if (time > 0)
		add_sum(exact, interval.stack, (struct sum){1, time, interval.to});
}

void exact_take(void *context, const struct trace_event *event)
{
	struct exact *exact = context;
	struct life *life;

	if (event->kind != TRACE_EVENT_GOROUTINE || event->from == event->to)
		return;
	life = life_of(exact, event->subject);
	if (event->from == TRACE_UNDETERMINED)
		life->unknown = true;
	if (event->from == TRACE_GONE) {
		life->again |= event->to == TRACE_SYSCALL || life->end != NEVER;
		life->start = life->end = NEVER;
	}
	if (event->to == TRACE_RUNNING && life->start == NEVER)
		life->start = event->time;
	if (event->to == TRACE_GONE)
		life->end = event->time;
	else if (event->to == TRACE_WAITING && event->text == exact->forever && life->end == NEVER)
		life->end = event->time;
	if (life->since != NEVER) {
		if (event->to != exact->state)
			end_interval(exact, life, event);
	} else if (event->to == exact->state && reason_counts(exact, event->text)) {
		life->since = event->time;
		life->stack = event->stack;
	}
}

/* All lives are known: what was kept counts or not. */
static void add_kept(struct exact *exact)
{
	for (size_t i = 0; i < exact->interval_count; i++) {
		const struct interval *interval = &exact->intervals[i];
		int64_t time = clip(interval, &exact->lives[interval->goroutine]);

		if (time > 0)
			add_sum(exact, interval->stack, (struct sum){1, time, interval->to});
	}
	for (uint32_t i = 0; i < exact->apart_count; i++) {
		const struct life *life = &exact->lives[pair_map_first(&exact->apart, i)];

		/* A later life that ran leaves nothing of the first one. */
		if (!life->again || life->start == NEVER)
			add_sum(exact, pair_map_second(&exact->apart, i), exact->sums_apart[i]);
	}
}

/* Has a stack no program counters? */
static bool is_empty(const struct call_stacks *stacks, uint32_t stack)
{
	for (uint32_t i = 0; i < call_stacks_length(stacks, stack); i++)
		if (call_stacks_at(stacks, stack, i)->pc)
			return false;
	return true;
}

/* Stacks without program counters are one for Go's tool, and it shows the form that came last. */
static void join_empty(struct exact *exact)
{
	struct sum *shown = NULL;

	for (uint32_t i = 0; i < exact->sum_count; i++) {
		struct sum *sum = &exact->sums[i], *other = shown;

		if (!sum->count || !is_empty(exact->feed->stacks, i))
			continue;
		if (!shown || sum->last > shown->last)
			shown = sum;
		if (!other)
			continue;
		other = other == shown ? sum : other;
		merge_sum(shown, *other);
		*other = (struct sum){0};
	}
}

void exact_finish(struct exact *exact, struct builder *builder)
{
	struct profile *profile = builder_profile(builder);
	struct places places;

	add_kept(exact);
	join_empty(exact);
	builder_type(builder, builder_text(builder, "contentions"), builder_text(builder, "count"));
	builder_type(builder, builder_text(builder, "delay"), builder_text(builder, "nanoseconds"));
	profile->has_period_type = true;
	profile->period_type =
		(struct value_type){builder_text(builder, "trace"), builder_text(builder, "count")};
	profile->period = 1;
	places_init(&places, builder, exact->feed->strings, exact->feed->stacks);
	for (uint32_t i = 0; i < exact->sum_count; i++) {
		const location_id *path;
		size_t length;

		if (!exact->sums[i].count)
			continue;
		length = places_path(&places, i, &path);
		builder_sample(builder, path, length,
			       (const int64_t[]){exact->sums[i].count, exact->sums[i].time}, 2,
			       NULL, 0);
	}
	places_clear(&places);
}
