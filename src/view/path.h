/* SPDX-License-Identifier: MIT */
/* File names as reports show them, by the rules of Go's path/filepath and pprof's trimPath. */
#ifndef VIEW_PATH_H
#define VIEW_PATH_H

#include <stdbool.h>

#include "base/text.h"

/* Sets `clean` to filepath.Clean(path): without empty, "." or inner ".." elements; "" becomes ".". */
void path_clean(const char *path, struct text *clean);

/* Sets `base` to filepath.Base(path), the last element: "." for "", "/" for slashes alone. */
void path_base(const char *path, struct text *base);

/*
 * Shortens a file name for reports (pprof's trimPath): removes a prefix listed in
 * trim_path or that of a build sandbox (/proc/self/cwd); if trim_path is not set,
 * also everything up to an element named like the last one of a source_path:
 *
 *     /build/1/project/src/a.c with source_path /src/project  ->  src/a.c
 *
 * Both are colon-separated lists; NULL and "" are empty.
 */
const char *path_trim(const char *path, const char *trim_path, const char *source_path);

/* Sets `entry` to the next, possibly empty, entry of a colon-separated list; false at its end. */
bool path_next(const char **list, struct text *entry);

#endif
