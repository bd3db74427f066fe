/* SPDX-License-Identifier: MIT */
#include "profile/call_stacks.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/hash.h"

void call_stacks_init(struct call_stacks *stacks)
{
	*stacks = (struct call_stacks){0};
	array_reserve(stacks->start, stacks->start_capacity, 2);
	stacks->start[0] = stacks->start[1] = 0;
	stacks->count = 1;
}

void call_stacks_clear(struct call_stacks *stacks)
{
	free(stacks->places);
	free(stacks->path);
	free(stacks->start);
	pair_map_clear(&stacks->by_pc);
	slots_clear(&stacks->slots);
	*stacks = (struct call_stacks){0};
}

uint32_t call_stacks_place(struct call_stacks *stacks, const struct trace_place *place)
{
	uint32_t number =
		pair_map_add(&stacks->by_pc, (uint32_t)(place->pc >> 32), (uint32_t)place->pc);

	if (number == stacks->place_count)
		array_push(stacks->places, stacks->place_count, stacks->place_capacity, *place);
	return number;
}

uint32_t call_stacks_add(struct call_stacks *stacks, const uint32_t *places, size_t length)
{
	uint32_t hash = (uint32_t)hash_bytes(places, length * sizeof(*places)), number;
	size_t at;

	if (!length || length > NONE - stacks->path_count)
		return 0;
	slots_reserve(&stacks->slots, stacks->count);
	for (at = slots_first(&stacks->slots, hash); stacks->slots.items[at].number;
	     at = slots_next(&stacks->slots, at)) {
		number = stacks->slots.items[at].number - 1;
		if (stacks->slots.items[at].hash == hash &&
		    call_stacks_length(stacks, number) == length &&
		    memcmp(stacks->path + stacks->start[number], places,
			   length * sizeof(*places)) == 0)
			return number;
	}
	number = (uint32_t)stacks->count++;
	array_reserve(stacks->path, stacks->path_capacity, stacks->path_count + length);
	memcpy(stacks->path + stacks->path_count, places, length * sizeof(*places));
	stacks->path_count += length;
	array_reserve(stacks->start, stacks->start_capacity, stacks->count + 1);
	stacks->start[number + 1] = (uint32_t)stacks->path_count;
	stacks->slots.items[at] = (struct slot){number + 1, hash};
	return number;
}

string_id call_stacks_leaf(const struct call_stacks *stacks, uint32_t stack)
{
	return call_stacks_length(stacks, stack) ? call_stacks_at(stacks, stack, 0)->function : 0;
}

string_id call_stacks_root(const struct call_stacks *stacks, uint32_t stack)
{
	uint32_t length = call_stacks_length(stacks, stack);

	return length ? call_stacks_at(stacks, stack, length - 1)->function : 0;
}
