/* SPDX-License-Identifier: MIT */
/*
 * The text of source files that a profile names, found as pprof finds them, and
 * then as the tools that named them would (source_search.h): a
 * name is first trimmed by trim_path and source_path (view/path.h); what is
 * still absolute must be there; else it is looked for in each directory of
 * source_path (the current one if not set) and in all directories above. Every
 * file is read once and kept.
 */
#ifndef REPORT_TEXT_SOURCE_FILES_H
#define REPORT_TEXT_SOURCE_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report/text/source_search.h"

struct source_files;

/* All may be NULL, texts "", too. places must outlive it. Free with source_files_free. */
struct source_files *source_files_new(const char *source_path, const char *trim_path,
				      const struct source_places *places);
void source_files_free(struct source_files *files);

/*
 * Line `number`, counted from 1, without its end (\n or \r\n): NULL if the
 * file ends before it or cannot be read (source_files_error tells). As in
 * pprof a file ends before a line of 64 KiB. The text is not NUL-terminated.
 */
const char *source_files_line(struct source_files *files, const char *name, int64_t number,
			      size_t *length);

/* Why a file cannot be read, in pprof's words; NULL if it can or if no line was asked for yet. */
const char *source_files_error(const struct source_files *files, const char *name);

/* How many lines a file has; 0 if it cannot be read. */
int64_t source_files_count(struct source_files *files, const char *name);

/*
 * Says in `why` how the file does not fit what the profile has of `function`,
 * which begins at line `start` (0: unknown) and has costs up to line `last`;
 * false, and nothing said, if it does or cannot be read.
 */
bool source_files_misfit(struct source_files *files, const char *name, const char *function,
			 int64_t start, int64_t last, struct text *why);

/* The paths at which it was looked for, one a line. */
const char *source_files_tried(struct source_files *files, const char *name);

/* Where the file was found, for an editor; NULL if it was not. */
const char *source_files_location(struct source_files *files, const char *name);

#endif
