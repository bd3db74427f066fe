/* SPDX-License-Identifier: MIT */
/*
 * Names from the symbol table of an ELF file, by address. Two tools that pprof
 * asks have two rules for what counts, so a table is read for one of them:
 *
 *     SYMBOLS_OF_SYMBOLIZER   llvm-symbolizer: functions, labels and data, one for an
 *                             address (the largest, then the last of the table), which
 *                             must contain what is asked for unless its size is 0
 *     SYMBOLS_OF_NM           nm -n: everything, by address and name; what is
 *                             undefined first
 */
#ifndef SYMBOL_SYMBOL_TABLE_H
#define SYMBOL_SYMBOL_TABLE_H

#include "symbol/elf_file.h"

struct symbol {
	uint64_t address, size;
	const char *name;
	const char *
		file; /* of a local symbol: the source that its object was made from; NULL: unknown */
	bool is_data, is_undefined;
};

struct symbol_table {
	struct symbol *symbols; /* by address */
	size_t count, capacity;
	char **texts; /* what names point into */
	size_t text_count, text_capacity;
};

enum symbols_of { SYMBOLS_OF_SYMBOLIZER, SYMBOLS_OF_NM };

/*
 * Reads .symtab or, for SYMBOLS_OF_SYMBOLIZER where that is not there, .dynsym. An empty
 * table for files without or with broken ones.
 */
void symbol_table_read(struct symbol_table *table, const struct elf_file *elf, enum symbols_of of);

/* The symbol that llvm-symbolizer, or nm's reader in pprof, names this address by; NULL if there is none. */
const struct symbol *symbol_table_find(const struct symbol_table *table, uint64_t address);
const struct symbol *symbol_table_find_near(const struct symbol_table *table, uint64_t address);

/* The value of the first symbol of this name in .symtab; false if there is none. */
bool symbol_table_value(const struct elf_file *elf, const char *name, uint64_t *value);

void symbol_table_clear(struct symbol_table *table);

#endif
