/* SPDX-License-Identifier: MIT */
/*
 * Where else a source file may be, by the ways in which tools name files: Go's
 * standard library below GOROOT, modules in the module cache or in vendor/,
 * a module's own files below its go.mod, with and without -trimpath; paths of
 * Windows, file: and webpack: URLs. Nothing here opens a file.
 */
#ifndef REPORT_TEXT_SOURCE_SEARCH_H
#define REPORT_TEXT_SOURCE_SEARCH_H

#include <stdbool.h>

#include "base/text.h"
#include "report/text/source_places.h"

struct source_search {
	const char *source_path;            /* directories, separated by colons */
	const struct source_places *places; /* as a person named them; NULL: none */
	/* What `go env` says, once somebody asked. */
	bool asked;
	struct text goroot, modcache;
};

void source_search_clear(struct source_search *search);

/*
 * Offers one path after another, the likeliest first, until `take` says that
 * it is the one; true if it does. name is as the profile has it. named: the
 * directory that a person or the toolchain named and that the path begins
 * with, or NULL.
 */
bool source_search_run(struct source_search *search, const char *name,
		       bool (*take)(void *context, const char *path, const char *named),
		       void *context);

/*
 * The name with slashes only, without scheme and query of a URL:
 * "webpack://app/./src/a.ts?1f" is "src/a.ts". Sets `plain`.
 */
void source_search_plain(const char *name, struct text *plain);

#endif
