/* SPDX-License-Identifier: MIT */
/*
 * A file that is replaced as a whole or not at all. The new content is written
 * next to the old file (to an unnamed file where the system supports that) and
 * replaces it in one step: a full disk or a signal leaves the old file as it
 * was, and a report may overwrite the profile it is made from.
 *
 * Anything but a regular file (a terminal, a pipe, /dev/null) and anything in
 * /dev and /proc is written directly. If no file can be created in the
 * directory, the content is written elsewhere and copied over the old file at
 * the end.
 *
 * Functions that fail set errno.
 */
#ifndef BASE_NEW_FILE_H
#define BASE_NEW_FILE_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

struct new_file {
	FILE *stream;
	/* Of new_file.c. */
	char *path, *beside; /* beside: the temporary name; NULL: unnamed */
	bool direct, copied, only_new;
	const char *extension; /* of a numbered name; NULL: the name was given */
	unsigned number;
};

/*
 * Opens file->stream for writing. `mode` (less the umask) is for a file that does
 * not exist yet; an existing file keeps its mode and, if permitted, its owner.
 * With only_new an existing file is an error, EEXIST. Call new_file_finish or
 * new_file_abandon afterwards.
 */
bool new_file_open(struct new_file *file, const char *path, mode_t mode, bool only_new);

/*
 * Like new_file_open for file->path, the first name profileNNN.EXTENSION that is
 * unused in the current directory. If it is taken by the end, the next one is used.
 */
bool new_file_open_numbered(struct new_file *file, const char *extension);

/*
 * Closes the stream and gives the file its name. On failure nothing is changed.
 * `name` receives the final name, which the caller frees; it may be NULL.
 */
bool new_file_finish(struct new_file *file, char **name);

/* Closes the stream and discards what was written. */
void new_file_abandon(struct new_file *file);

/* Opens, writes and finishes a file. */
bool new_file_write(const char *path, mode_t mode, bool only_new, const char *bytes, size_t length);

#endif
