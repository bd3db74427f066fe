/* SPDX-License-Identifier: MIT */
/*
 * Where the binary of a mapping is on this machine, which may not be the one
 * that the profile comes from: pprof's rules for PPROF_BINARY_PATH
 * (driver/fetch.go, locateBinaries).
 */
#ifndef SYMBOL_BINARY_PATH_H
#define SYMBOL_BINARY_PATH_H

#include "base/text.h"
#include "symbol/load_address.h"

/* What a profile knows of a binary. */
struct binary_wanted {
	const char *file, *build_id; /* "" if unknown */
	const char *kernel_symbol;   /* that the kernel is moved by; "" for _stext */
	struct load_range range;
};

/*
 * The directories to search: PPROF_BINARY_PATH or $HOME/pprof/binaries, separated
 * by ":"; to be freed.
 */
char *binary_search_path(void);

/*
 * Writes the first file of the search path that is the wanted binary; false if
 * there is none. messages: a line for each file of another build.
 */
bool binary_path_find(const struct binary_wanted *wanted, const char *search_path,
		      struct text *found, struct text *messages);

/*
 * Opens a binary and completes wanted->range. False with an error in pprof's
 * words if it is none, or its addresses cannot be reckoned.
 */
bool binary_open(struct elf_file *elf, const char *path, struct binary_wanted *wanted,
		 struct error *error);

/* Adds parts joined by "/" as Go's filepath.Join does it: without "", ".", ".." and "//" in between. */
void path_join(struct text *text, const char *const *parts, size_t count);

#endif
