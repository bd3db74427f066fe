/* SPDX-License-Identifier: MIT */
/*
 * Puts the events of a generation of version 2 in order: a merge of its
 * threads by time, in which an event waits until the state of goroutine and P
 * that it starts from has been reached. States last from one generation to the
 * next.
 *
 * Source of the rules: internal/trace/order.go of Go 1.26.
 */
#ifndef FORMAT_TRACE_ORDER_H
#define FORMAT_TRACE_ORDER_H

#include "format/trace/generation.h"

struct order;

struct order *order_new(struct feed *feed);
void order_free(struct order *order);

/* Feeds all events of the generation. */
void order_run(struct order *order, struct generation *generation);

/* Forgets who does what, as generations are missing in between; the next one says it anew. */
void order_forget(struct order *order);

/* Nanoseconds from time 0 of the trace to a moment on the clock of this generation. */
int64_t order_time(const struct order *order, uint64_t units);

/* Bytes of batches that could not be decoded so far. */
uint64_t order_lost_bytes(const struct order *order);

/* Was the unit of time guessed, as no frequency was there? */
bool order_guessed_clock(const struct order *order);

#endif
