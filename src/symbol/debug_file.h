/* SPDX-License-Identifier: MIT */
/*
 * The file that holds the debug information of a binary, where llvm-symbolizer
 * and gdb look for it:
 *
 *     /usr/lib/debug/.build-id/ab/cdef.debug       and the cache of debuginfod
 *     what .gnu_debuglink names, beside the binary, in .debug/ and in /usr/lib/debug
 */
#ifndef SYMBOL_DEBUG_FILE_H
#define SYMBOL_DEBUG_FILE_H

#include "base/text.h"
#include "symbol/elf_file.h"

/* Writes its path; that of the binary itself if there is no other. */
void debug_file_find(const struct elf_file *elf, const char *path, struct text *found);

#endif
