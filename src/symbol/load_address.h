/* SPDX-License-Identifier: MIT */
/*
 * From addresses of a running program to those of its file, as pprof reckons
 * (internal/elfexec and binutils.computeBase):
 *
 *     address in the file = address of the program - base
 */
#ifndef SYMBOL_LOAD_ADDRESS_H
#define SYMBOL_LOAD_ADDRESS_H

#include "base/error.h"
#include "symbol/elf_file.h"

/* Where a file was in memory: [start, limit) from this offset of the file on. */
struct load_range {
	uint64_t start, limit, offset;
	bool has_kernel_symbol;
	uint64_t kernel_symbol; /* value of _stext or _text, which kernels are moved by */
};

/* May the file be a kernel, whose symbol _stext must be read to tell? */
bool load_range_needs_kernel_symbol(const struct load_range *range, const char *path);

/* Can a base be had at all? False with an error in pprof's words. */
bool load_address_check(const struct elf_file *elf, const struct load_range *range,
			struct error *error);

/* The base for a mapping by one of its addresses; false if no segment or several fit. */
bool load_address_find(const struct elf_file *elf, const struct load_range *range, uint64_t address,
		       uint64_t *base);

#endif
