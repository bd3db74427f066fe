/* SPDX-License-Identifier: MIT */
/*
 * The stacks of an execution trace. Two stacks are the same when their program
 * counters are; a program counter has the function, file and line that it had
 * when it was first seen. Numbers are in order of first use.
 */
#ifndef PROFILE_CALL_STACKS_H
#define PROFILE_CALL_STACKS_H

#include <stddef.h>
#include <stdint.h>

#include "base/pair_map.h"
#include "base/slots.h"
#include "profile/ids.h"

struct trace_place {
	uint64_t pc;
	string_id function, file; /* of the strings of the trace */
	uint32_t line;            /* 0: unknown */
};

struct call_stacks {
	struct trace_place *places;
	size_t place_count, place_capacity;
	struct pair_map by_pc; /* both halves of a program counter: the place */
	uint32_t *path;        /* the places of all stacks, leaf first */
	size_t path_count, path_capacity;
	uint32_t *start; /* of stack i: [start[i], start[i + 1]); stack 0 has none */
	size_t count, start_capacity;
	struct slots slots;
};

void call_stacks_init(struct call_stacks *stacks);
void call_stacks_clear(struct call_stacks *stacks);

/* The number of a place. */
uint32_t call_stacks_place(struct call_stacks *stacks, const struct trace_place *place);

/* The number of the stack with these places, leaf first; 0 for none. */
uint32_t call_stacks_add(struct call_stacks *stacks, const uint32_t *places, size_t length);

static inline uint32_t call_stacks_length(const struct call_stacks *stacks, uint32_t stack)
{
	return stacks->start[stack + 1] - stacks->start[stack];
}

/* The place at a depth of a stack; 0 is the leaf. */
static inline const struct trace_place *call_stacks_at(const struct call_stacks *stacks,
						       uint32_t stack, uint32_t depth)
{
	return &stacks->places[stacks->path[stacks->start[stack] + depth]];
}

/* The function of the leaf and of the root; 0, the empty name, for a stack without places. */
string_id call_stacks_leaf(const struct call_stacks *stacks, uint32_t stack);
string_id call_stacks_root(const struct call_stacks *stacks, uint32_t stack);

#endif
