/* SPDX-License-Identifier: MIT */
/* Instructions without a tool: capstone's texts with the lines of our own reader of binaries. */
#ifndef SYMBOL_MACHINE_CODE_H
#define SYMBOL_MACHINE_CODE_H

#include "symbol/instructions.h"

/*
 * Adds the instructions of [start, end). False with an error if ncprof was built
 * without capstone, or it does not know the machine, or the bytes are not there.
 */
bool machine_code_read(struct instructions *list, const char *path, uint64_t start, uint64_t end,
		       bool intel, struct error *error);

#endif
