/* SPDX-License-Identifier: MIT */
/*
 * What a binary calls addresses: all of one mapping at once, as llvm-symbolizer
 * would answer. Frames go to a function as they are found, unit by unit of the
 * debug information, so a person sees the first ones soon.
 */
#ifndef SYMBOL_BINARY_NAMES_H
#define SYMBOL_BINARY_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One function at an address; several if it was inlined, the innermost first. */
struct symbol_frame {
	const char *function, *file; /* "" if unknown */
	uint64_t line, column, start_line;
};

/* Takes the frames of addresses[index]; the texts are valid during the call. */
struct symbol_sink {
	void (*take)(void *context, uint32_t index, const struct symbol_frame *frames,
		     uint32_t count);
	/* Something to tell a person about this binary, in one line. */
	void (*note)(void *context, const char *message);
	void *context;
};

struct binary_query {
	const char *path;
	const uint64_t *addresses; /* of the file, in any order */
	uint32_t count;
	bool names_only; /* from the symbol table alone, as nm has it: -symbolize=fastlocal */
};

/*
 * Answers a query. Addresses that nothing is known of have one empty frame, or
 * none with names_only. Reads the file, and whatever file of debug information
 * belongs to it, without trust; still, a library takes part, so run it in
 * isolation (symbol/isolate.h).
 */
void binary_names(const struct binary_query *query, const struct symbol_sink *sink);

#endif
