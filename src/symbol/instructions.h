/* SPDX-License-Identifier: MIT */
/*
 * The instructions of a piece of a binary: by llvm-objdump or objdump, as pprof
 * asks them, or where neither is there by capstone inside.
 */
#ifndef SYMBOL_INSTRUCTIONS_H
#define SYMBOL_INSTRUCTIONS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

struct instruction {
	uint64_t address; /* of the file */
	const char *text;
	/* Of the source; "" and 0 if unknown. */
	const char *function, *file;
	int64_t line;
	uint64_t target; /* of a jump or call within reach; 0: none */
};

struct instructions {
	struct instruction *items; /* by address */
	size_t count, capacity;
	struct arena arena; /* of the texts */
};

struct disassembler {
	const char *tools; /* -tools: DIR or TOOL:DIR, separated by commas; "" or NULL: the PATH */
	bool intel;        /* syntax */
};

/*
 * Reads [start, end) of a file; `last`: the byte that tools are asked up to, which
 * pprof puts one before the end. False with an error if there is neither a tool nor
 * capstone for this kind of machine, or the tool fails.
 */
bool instructions_read(struct instructions *list, const struct disassembler *how, const char *path,
		       uint64_t start, uint64_t end, uint64_t last, struct error *error);

/* Adds what objdump wrote, read as pprof reads it (internal/binutils/disasm.go). */
void instructions_parse(struct instructions *list, const char *text, size_t length);

void instructions_clear(struct instructions *list);

#endif
