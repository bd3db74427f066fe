/* SPDX-License-Identifier: MIT */
#include "format/callgrind/call_costs.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/bitset.h"

/* No stack is deeper; what calls itself in circles would be. */
#define DEPTH_LIMIT 256
/* Parts of the total that are still shared out. */
#define PARTS 1000

/* One caller of those that share a cost. */
struct part {
	uint32_t function; /* of the caller */
	size_t depth;      /* of the path behind the call */
	location_id location;
	int64_t values[CALL_COSTS_EVENTS];
};

struct sharing {
	struct builder *builder;
	const struct call_costs *costs;
	size_t *first;     /* by function: calls of it, [first[f], first[f + 1]) of sorted calls */
	uint64_t *on_path; /* functions */
	uint32_t *functions; /* of the path, leaf first */
	location_id *path;
	struct part *parts; /* to be followed */
	size_t part_count, part_capacity;
	int64_t least; /* a smaller cost has but one caller */
	uint32_t event_count, event;
};

void call_costs_clear(struct call_costs *costs)
{
	free(costs->own);
	free(costs->calls);
	*costs = (struct call_costs){0};
}

static void mention(struct call_costs *costs, uint32_t function)
{
	if (function >= costs->function_count)
		costs->function_count = function + 1;
}

void call_costs_add_own(struct call_costs *costs, const struct own_cost *own)
{
	array_push(costs->own, costs->own_count, costs->own_capacity, *own);
	mention(costs, own->function);
}

void call_costs_add_call(struct call_costs *costs, const struct call_cost *call)
{
	array_push(costs->calls, costs->call_count, costs->call_capacity, *call);
	mention(costs, call->caller);
	mention(costs, call->callee);
}

/* By callee, the most expensive call first. */
static int compare_calls(const void *a, const void *b)
{
	const struct call_cost *left = a, *right = b;

	if (left->callee != right->callee)
		return left->callee < right->callee ? -1 : 1;
	if (left->weight != right->weight)
		return left->weight > right->weight ? -1 : 1;
	if (left->caller != right->caller)
		return left->caller < right->caller ? -1 : 1;
	return (left->location > right->location) - (left->location < right->location);
}

static void sort_calls(struct sharing *sharing, struct call_costs *costs)
{
	size_t call = 0;

	if (costs->call_count)
		qsort(costs->calls, costs->call_count, sizeof(*costs->calls), compare_calls);
	sharing->first = alloc_zero((size_t)costs->function_count + 1, sizeof(*sharing->first));
	for (uint32_t i = 0; i < costs->function_count; i++) {
		sharing->first[i] = call;
		while (call < costs->call_count && costs->calls[call].callee == i)
			call++;
	}
	sharing->first[costs->function_count] = call;
}

/* True for a caller that is not on the path already. */
static bool may_follow(const struct sharing *sharing, const struct call_cost *call)
{
	return call->weight > 0 && !bitset_has(sharing->on_path, call->caller);
}

static void push_part(struct sharing *sharing, const struct part *part,
		      const struct call_cost *call)
{
	struct part next = *part;

	next.function = call->caller;
	next.location = call->location;
	next.depth = part->depth + 1;
	array_push(sharing->parts, sharing->part_count, sharing->part_capacity, next);
}

/* Shares a cost among the callers of a function; false if it has none. */
static bool share(struct sharing *sharing, const struct part *part)
{
	const struct call_cost *calls = sharing->costs->calls;
	size_t first = sharing->first[part->function], last = sharing->first[part->function + 1];
	bool small = llabs(part->values[sharing->event]) < sharing->least;
	struct part left = *part;
	double sum = 0;
	size_t heaviest = last;

	for (size_t i = last; i-- > first;) {
		if (may_follow(sharing, &calls[i])) {
			sum += (double)calls[i].weight;
			heaviest = i;
		}
	}
	if (heaviest == last)
		return false;
	for (size_t i = heaviest + 1; i < last && !small; i++) {
		struct part share = *part;
		double ratio = (double)calls[i].weight / sum;

		if (!may_follow(sharing, &calls[i]) ||
		    ratio * (double)llabs(part->values[sharing->event]) < (double)sharing->least)
			continue;
		for (uint32_t k = 0; k < sharing->event_count; k++) {
			share.values[k] = (int64_t)((double)part->values[k] * ratio);
			left.values[k] -= share.values[k];
		}
		push_part(sharing, &share, &calls[i]);
	}
	/* What rounding leaves belongs to the heaviest caller, so that sums stay exact. */
	push_part(sharing, &left, &calls[heaviest]);
	return true;
}

/* Puts a part's function on the path in place of what was there from its depth on. */
static void enter(struct sharing *sharing, const struct part *part, size_t *depth)
{
	while (*depth > part->depth)
		bitset_remove(sharing->on_path, sharing->functions[--*depth]);
	sharing->functions[*depth] = part->function;
	sharing->path[(*depth)++] = part->location;
	bitset_add(sharing->on_path, part->function);
}

static void add_own(struct sharing *sharing, const struct own_cost *own)
{
	struct part part = {.function = own->function, .location = own->location};
	size_t depth = 0;

	memcpy(part.values, own->values, sizeof(part.values));
	array_push(sharing->parts, sharing->part_count, sharing->part_capacity, part);
	while (sharing->part_count) {
		part = sharing->parts[--sharing->part_count];
		enter(sharing, &part, &depth);
		if (depth == DEPTH_LIMIT || !share(sharing, &part))
			builder_sample(sharing->builder, sharing->path, depth, part.values,
				       sharing->event_count, NULL, 0);
	}
	while (depth)
		bitset_remove(sharing->on_path, sharing->functions[--depth]);
}

void call_costs_build(struct call_costs *costs, struct builder *builder, uint32_t event_count,
		      uint32_t event)
{
	struct sharing sharing = {
		.builder = builder,
		.costs = costs,
		.event_count = event_count,
		.event = event,
	};
	double total = 0;

	sort_calls(&sharing, costs);
	sharing.on_path = alloc_zero(bitset_words(costs->function_count + 1), sizeof(uint64_t));
	sharing.functions = alloc_zero(DEPTH_LIMIT, sizeof(*sharing.functions));
	sharing.path = alloc_zero(DEPTH_LIMIT, sizeof(*sharing.path));
	for (size_t i = 0; i < costs->own_count; i++)
		total += (double)llabs(costs->own[i].values[event]);
	sharing.least = total / PARTS < 0x1p62 ? (int64_t)(total / PARTS) + 1 : INT64_MAX;
	for (size_t i = 0; i < costs->own_count; i++)
		add_own(&sharing, &costs->own[i]);
	free(sharing.first);
	free(sharing.on_path);
	free(sharing.functions);
	free(sharing.path);
	free(sharing.parts);
}
