/* SPDX-License-Identifier: MIT */
/*
 * The text of source files that a profile names, found as pprof finds them: a
 * name is first trimmed by trim_path and source_path (view/path.h); what is
 * still absolute must be there; else it is looked for in each directory of
 * source_path (the current one if not set) and in all directories above. Every
 * file is read once and kept.
 */
#ifndef REPORT_TEXT_SOURCE_FILES_H
#define REPORT_TEXT_SOURCE_FILES_H

#include <stddef.h>
#include <stdint.h>

struct source_files;

/* Both may be NULL or "". Free with source_files_free. */
struct source_files *source_files_new(const char *source_path, const char *trim_path);
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

/* The paths at which it was looked for, one a line. */
const char *source_files_tried(struct source_files *files, const char *name);

/* Where the file was found, for an editor; NULL if it was not. */
const char *source_files_location(struct source_files *files, const char *name);

#endif
