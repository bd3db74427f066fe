/* SPDX-License-Identifier: MIT */
/*
 * A graph of calls in which each function and each call has its costs, as
 * callgrind knows it, on its way to stacks.
 *
 * Costs of a function's own are exact. Who of several callers they belong to is
 * not in such a graph; as gprof does, they are shared out by what the calls
 * cost. Shares below a thousandth of the total follow the most expensive caller.
 */
#ifndef FORMAT_CALLGRIND_CALL_COSTS_H
#define FORMAT_CALLGRIND_CALL_COSTS_H

#include "profile/builder.h"

#define CALL_COSTS_EVENTS 16

/* What lines of a function cost by themselves. */
struct own_cost {
	uint32_t function;
	location_id location;
	int64_t values[CALL_COSTS_EVENTS];
};

/* Calls of one function by another, at a line of the caller; values include all that the callee called. */
struct call_cost {
	uint32_t caller, callee;
	location_id location; /* of the call */
	int64_t weight;
};

struct call_costs {
	struct own_cost *own;
	struct call_cost *calls;
	size_t own_count, own_capacity, call_count, call_capacity;
	uint32_t function_count;
};

void call_costs_clear(struct call_costs *costs);

void call_costs_add_own(struct call_costs *costs, const struct own_cost *own);
void call_costs_add_call(struct call_costs *costs, const struct call_cost *call);

/* Adds the samples. `event` is the value by which costs are shared out. */
void call_costs_build(struct call_costs *costs, struct builder *builder, uint32_t event_count,
		      uint32_t event);

#endif
