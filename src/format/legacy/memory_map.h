/* SPDX-License-Identifier: MIT */
/*
 * The memory map at the end of an address profile: lines of /proc/PID/maps or
 * a shorter form. Read it, arrange it, find the mapping of each address in
 * order, then add the mappings to the profile.
 */
#ifndef FORMAT_LEGACY_MEMORY_MAP_H
#define FORMAT_LEGACY_MEMORY_MAP_H

#include "format/lines.h"
#include "profile/builder.h"

struct memory_map {
	struct mapping *mappings; /* the main binary first */
	size_t count, capacity;
	size_t fake;     /* number of the mapping made for addresses without one; NONE: not yet */
	uint32_t *order; /* mappings by start, when no two of them overlap */
	size_t order_count;
	bool disjoint;
	/* "name=value" lines: $name stands for the value in the lines that follow. */
	struct text names[32], values[32];
	size_t name_count;
};

void memory_map_init(struct memory_map *map);
void memory_map_clear(struct memory_map *map);

/* True for a line after which a memory map follows. */
bool memory_map_starts(struct span line);

/* Reads all lines that are left; lines that are no mapping are passed over. */
bool memory_map_read(struct memory_map *map, struct lines *lines, struct builder *builder,
		     struct error *error);

/*
 * Joins what the system split and puts the main binary first:
 *
 *     1000-2000 libc.so                       4000-6000 app
 *     4000-5000 app, 5000-6000 app     ->     1000-2000 libc.so
 */
void memory_map_arrange(struct memory_map *map, struct builder *builder);

/* The mapping of an address, an empty one over everything if the map has none. */
bool memory_map_find(struct memory_map *map, uint64_t address, uint32_t *number,
		     struct error *error);

#endif
