/* SPDX-License-Identifier: MIT */
/*
 * Names by run time addresses in a text file, which code without a file has:
 *
 *     /tmp/perf-PID.map    START SIZE NAME, of a just-in-time compiler
 *     /proc/kallsyms       START TYPE NAME [MODULE], of the running kernel
 */
#ifndef SYMBOL_ADDRESS_MAP_H
#define SYMBOL_ADDRESS_MAP_H

#include "symbol/symbol_table.h"
#include "symbol/binary_names.h"

struct address_map {
	struct symbol_table table;
};

/*
 * Reads the list that belongs to a mapping of this file; false if there is none.
 * The kernel's is used only if the build id is that of the kernel that runs.
 */
bool address_map_open(struct address_map *map, const char *file, const char *build_id);
void address_map_close(struct address_map *map);

/* Gives the sink the function at an address; nothing if it is in none. */
void address_map_find(const struct address_map *map, uint64_t address,
		      const struct symbol_sink *sink, uint32_t index);

#endif
