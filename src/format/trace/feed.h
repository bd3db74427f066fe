/* SPDX-License-Identifier: MIT */
/*
 * What the readers of both versions of the format share: the numbers of
 * goroutines and Ps, strings and stacks of the whole trace, the clock of the
 * output, and whoever takes the events.
 */
#ifndef FORMAT_TRACE_FEED_H
#define FORMAT_TRACE_FEED_H

#include "base/pair_map.h"
#include "format/trace/event.h"
#include "profile/strings.h"
#include "profile/call_stacks.h"

/* Takes one event; it is gone afterwards. */
typedef void feed_taker(void *context, const struct trace_event *event);

struct feed {
	struct strings *strings;
	struct call_stacks *stacks;
	feed_taker *take;
	void *context;
	struct pair_map goroutines, procs; /* both halves of an id: the number */
	int64_t last;                      /* time of the last event */
	uint64_t events, syncs;
	uint64_t unordered, forced; /* the earliest was not ready; none was */
	uint64_t lost_strings, lost_stacks;
};

/* The number of a goroutine or P. */
static inline uint32_t feed_number(struct pair_map *map, uint64_t id)
{
	return pair_map_add(map, (uint32_t)(id >> 32), (uint32_t)id);
}

/* Its id. */
static inline uint64_t feed_id(const struct pair_map *map, uint32_t number)
{
	return map->pairs[number];
}

/*
 * Passes an event on. Time goes forward: an event that is not later than the
 * one before comes 1 ns behind it, as in Go's own reader, whose times and
 * durations are compared with ours to the nanosecond.
 */
static inline void feed_emit(struct feed *feed, struct trace_event *event)
{
	if (event->time <= feed->last)
		event->time = feed->last + 1;
	feed->last = event->time;
	feed->events++;
	feed->take(feed->context, event);
}

/* A sync point; the first one is at time 0 whatever `time` is. */
void feed_sync(struct feed *feed, int64_t time);

void feed_clear(struct feed *feed);

#endif
