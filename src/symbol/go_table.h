/* SPDX-License-Identifier: MIT */
/*
 * The table that every Go program carries for its own stack traces, .gopclntab
 * (src/runtime/symtab.go, Go 1.2 to 1.26): names, files and lines of programs
 * that were stripped of all else. Calls that were inlined are one frame with the
 * innermost line, as their tree is not found without symbols.
 */
#ifndef SYMBOL_GO_TABLE_H
#define SYMBOL_GO_TABLE_H

#include "symbol/binary_names.h"
#include "symbol/elf_file.h"

struct go_table;

/* NULL if the file has no such table, or has a symbol table, which says the same and more. */
struct go_table *go_table_open(const struct elf_file *elf);
void go_table_close(struct go_table *table);

/* Gives the sink one frame for this address; an empty one if it is in no function. */
void go_table_find(const struct go_table *table, uint64_t address, const struct symbol_sink *sink,
		   uint32_t index);

#endif
