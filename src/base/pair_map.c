/* SPDX-License-Identifier: MIT */
#include "base/pair_map.h"

#include <stdlib.h>

#include "base/alloc.h"

void pair_map_clear(struct pair_map *map)
{
	free(map->pairs);
	free(map->slots);
	*map = (struct pair_map){0};
}

/* Half of the slots stay free: probes are short. */
void pair_map_grow(struct pair_map *map)
{
	map->capacity = map->capacity ? map->capacity * 2 : 256;
	map->pairs = alloc_resize(map->pairs, map->capacity, sizeof(*map->pairs));
	free(map->slots);
	map->slot_count = map->capacity * 2;
	map->slots = alloc_zero(map->slot_count, sizeof(*map->slots));
	for (size_t i = 0; i < map->count; i++) {
		size_t slot = hash_number(map->pairs[i]) & (map->slot_count - 1);

		while (map->slots[slot])
			slot = (slot + 1) & (map->slot_count - 1);
		map->slots[slot] = (uint32_t)i + 1;
	}
}
