/* SPDX-License-Identifier: MIT */
/*
 * The profile that `go tool trace -pprof=KIND` of Go 1.26 makes of a trace, to
 * the nanosecond. (1.22 to 1.25 compute it wrongly: go.dev/issue/74850.)
 *
 * An interval begins with the transition into the state and ends with the next
 * one to another state. What lies before the first run or behind the end of its
 * goroutine, and what is open at the end of the trace, does not count; so the
 * wait from creation to the first run is no scheduling latency here.
 *
 * Source of the rules: cmd/trace/pprof.go of Go 1.26.
 */
#ifndef FORMAT_TRACE_EXACT_H
#define FORMAT_TRACE_EXACT_H

#include "format/trace/feed.h"
#include "profile/builder.h"

struct exact;

/* kind: TRACE_NET to TRACE_SCHED of format/format.h. */
struct exact *exact_new(struct feed *feed, int kind);
void exact_free(struct exact *exact);

/* A feed_taker. */
void exact_take(void *exact, const struct trace_event *event);

/* All events have been taken: puts the profile into the builder. */
void exact_finish(struct exact *exact, struct builder *builder);

#endif
