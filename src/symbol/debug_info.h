/* SPDX-License-Identifier: MIT */
/*
 * Functions, inlined calls and lines from DWARF 2 to 5, through elfutils' libdw.
 * The rules are those of llvm-symbolizer (lib/DebugInfo/DWARF), which pprof asks.
 */
#ifndef SYMBOL_DEBUG_INFO_H
#define SYMBOL_DEBUG_INFO_H

#include "symbol/binary_names.h"

struct debug_info;

/* Opens the debug information in an ELF file; NULL if there is none or no library to read it. */
struct debug_info *debug_info_open(const char *path);
void debug_info_close(struct debug_info *info);

/* Was ncprof built to read debug information? */
bool debug_info_supported(void);

/*
 * Finds the frames of sorted addresses[count]: take gets each index once, those
 * without debug information with no frames.
 */
void debug_info_find(struct debug_info *info, const uint64_t *addresses, uint32_t count,
		     const struct symbol_sink *sink);

#endif
