/* SPDX-License-Identifier: MIT */
/*
 * Numbers pairs of 32-bit numbers in order of first use: 0, 1, 2, ... Graphs and
 * trees spend their time here, so lookups are inline.
 */
#ifndef BASE_PAIR_MAP_H
#define BASE_PAIR_MAP_H

#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"

struct pair_map {
	uint64_t *pairs; /* by number: first << 32 | second */
	uint32_t *slots; /* number + 1; 0: free */
	size_t count, capacity, slot_count;
};

void pair_map_clear(struct pair_map *map);

/* Grows the table by one pair. */
void pair_map_grow(struct pair_map *map);

/* Returns the number of a pair, or UINT32_MAX if it was never added. */
static inline uint32_t pair_map_find(const struct pair_map *map, uint32_t first, uint32_t second)
{
	uint64_t pair = (uint64_t)first << 32 | second;
	size_t slot;

	if (!map->count)
		return UINT32_MAX;
	slot = hash_number(pair) & (map->slot_count - 1);
	while (map->slots[slot] && map->pairs[map->slots[slot] - 1] != pair)
		slot = (slot + 1) & (map->slot_count - 1);
	return map->slots[slot] - 1;
}

/* Returns the number of a pair; a new pair is added and gets the old count. */
static inline uint32_t pair_map_add(struct pair_map *map, uint32_t first, uint32_t second)
{
	uint64_t pair = (uint64_t)first << 32 | second;
	size_t slot;

	if (map->count == map->capacity)
		pair_map_grow(map);
	slot = hash_number(pair) & (map->slot_count - 1);
	while (map->slots[slot] && map->pairs[map->slots[slot] - 1] != pair)
		slot = (slot + 1) & (map->slot_count - 1);
	if (!map->slots[slot]) {
		map->pairs[map->count++] = pair;
		map->slots[slot] = (uint32_t)map->count;
	}
	return map->slots[slot] - 1;
}

static inline uint32_t pair_map_first(const struct pair_map *map, uint32_t number)
{
	return (uint32_t)(map->pairs[number] >> 32);
}

static inline uint32_t pair_map_second(const struct pair_map *map, uint32_t number)
{
	return (uint32_t)map->pairs[number];
}

#endif
