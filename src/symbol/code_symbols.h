/* SPDX-License-Identifier: MIT */
/* Pieces of code that a person names by a regular expression or an address: pprof's findSymbols. */
#ifndef SYMBOL_CODE_SYMBOLS_H
#define SYMBOL_CODE_SYMBOLS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/pattern.h"

/* [start, end] of a file, up to the next symbol; the names that matched, or all that it has. */
struct code_symbol {
	uint64_t start, end;
	const char **names;
	size_t name_count;
};

struct code_symbols {
	struct code_symbol *items; /* by address */
	size_t count, capacity;
	struct arena arena;
};

struct code_wanted {
	const struct pattern
		*pattern; /* of names as they are, and in three readable forms; NULL: all */
	bool has_address;
	uint64_t address; /* of the file; what holds it matches whatever it is called */
};

/* Adds what matches in the symbol table of a file; false with an error if the file cannot be read. */
bool code_symbols_find(struct code_symbols *list, const char *path,
		       const struct code_wanted *wanted, struct error *error);

void code_symbols_clear(struct code_symbols *list);

#endif
