/* SPDX-License-Identifier: MIT */
/*
 * A file that appears under its name whole or not at all. It is written beside,
 * without a name where the system can do that, and takes the place of what was
 * there in one step: a full disk or a signal leaves the old file as it was, and
 * a report may be written over the profile that it is made of.
 *
 * What is no regular file (a terminal, a pipe, /dev/null) and what /dev and
 * /proc name is written directly. Where nothing may be made beside the file, it
 * is written elsewhere and copied over the old one at the end.
 *
 * All functions that fail leave the reason in errno.
 */
#ifndef BASE_NEW_FILE_H
#define BASE_NEW_FILE_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

struct new_file {
	FILE *stream;
	/* Of new_file.c. */
	char *path, *beside; /* beside: its name until then; NULL: it has none */
	bool direct, copied, only_new;
	const char *extension; /* of a numbered name; NULL: it has one of its own */
	unsigned number;
};

/*
 * Opens file->stream for writing. mode: of a file that is not there yet, less what
 * umask takes; one that is there keeps its mode and, where we may, its
 * owner. only_new: a file that is there is an error, EEXIST. Then either
 * new_file_finish or new_file_abandon.
 */
bool new_file_open(struct new_file *file, const char *path, mode_t mode, bool only_new);

/*
 * The same for the first name profileNNN.EXTENSION in the current folder that is
 * free now: file->path. If somebody else has it by the end, it is the next one.
 */
bool new_file_open_numbered(struct new_file *file, const char *extension);

/*
 * Closes the stream and gives the file its name. After a failure there is
 * nothing new. name: gets what it is called, to be freed; may be NULL.
 */
bool new_file_finish(struct new_file *file, char **name);

/* Closes the stream and leaves everything as it was. */
void new_file_abandon(struct new_file *file);

/* All of it at once. */
bool new_file_write(const char *path, mode_t mode, bool only_new, const char *bytes, size_t length);

#endif
