/* SPDX-License-Identifier: MIT */
#include "format/trace/feed.h"

void feed_sync(struct feed *feed, int64_t time)
{
	struct trace_event event = {
		.kind = TRACE_EVENT_SYNC,
		.time = time,
		.goroutine = NONE,
		.proc = NONE,
		.subject = NONE,
	};

	if (!feed->syncs++) {
		event.time = 0;
		feed->last = -1;
	}
	feed_emit(feed, &event);
}

void feed_clear(struct feed *feed)
{
	pair_map_clear(&feed->goroutines);
	pair_map_clear(&feed->procs);
}
