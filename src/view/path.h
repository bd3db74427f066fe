/* SPDX-License-Identifier: MIT */
/* File names as reports show them, by the rules of Go's path/filepath and pprof's trimPath. */
#ifndef VIEW_PATH_H
#define VIEW_PATH_H

#include <stdbool.h>

#include "base/text.h"

/* Sets `clean` to filepath.Clean(path): no empty, "." or inner ".." elements; "" becomes ".". */
void path_clean(const char *path, struct text *clean);

/* The last element, filepath.Base: "." for "", "/" for only slashes. Sets `base`. */
void path_base(const char *path, struct text *base);

/*
 * What is left of a file name in reports (pprof's trimPath): without a prefix
 * of trim_path or of a build sandbox (/proc/self/cwd); without trim_path also
 * without all up to an element named as the last one of a folder of source_path:
 *
 *     /build/1/project/src/a.c with source_path /src/project  ->  src/a.c
 *
 * Both are lists separated by colons; NULL and "" are empty.
 */
const char *path_trim(const char *path, const char *trim_path, const char *source_path);

/* The next entry of a list separated by colons, empty ones included; false at its end. Sets `entry`. */
bool path_next(const char **list, struct text *entry);

#endif
