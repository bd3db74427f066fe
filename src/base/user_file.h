/* SPDX-License-Identifier: MIT */
/*
 * The user's own files, in the places of the XDG base directory
 * specification: $XDG_CONFIG_HOME/ncprof or ~/.config/ncprof, and
 * $XDG_STATE_HOME/ncprof or ~/.local/state/ncprof.
 */
#ifndef BASE_USER_FILE_H
#define BASE_USER_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/text.h"

#define USER_FILE_LIMIT ((size_t)64 * 1024) /* bytes; longer files are not ours */

enum user_directory {
	USER_CONFIG,
	USER_STATE,
};

/* Adds the path of a file there; false if no home directory is set. */
bool user_file_path(enum user_directory directory, const char *name, struct text *path);

/* Adds a path with "~" and "~/NAME" expanded to the home directory, as a shell does. */
void user_file_expand(const char *path, size_t length, struct text *expanded);

enum user_file_state {
	USER_FILE_READ,
	USER_FILE_ABSENT,
	USER_FILE_REFUSED, /* see the error */
};

/*
 * Adds the content to `content`. Refuses files that are not regular (a FIFO would
 * block forever), that another user (except root) owns or may write to, and
 * long ones.
 */
enum user_file_state user_file_read(const char *path, struct text *content, struct error *error);

/*
 * Replaces the file in one step, or creates it with mode 0600 and any missing
 * directories with mode 0700.
 */
bool user_file_write(const char *path, const char *bytes, size_t length, struct error *error);

#endif
