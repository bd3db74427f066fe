/* SPDX-License-Identifier: MIT */
/* Another program to change a file at a line: $VISUAL, $EDITOR or vi, started without a shell. */
#ifndef UI_STORE_EDITOR_H
#define UI_STORE_EDITOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/*
 * The words of the command, ended by NULL, to be freed with editor_free_words:
 * those of `editor`, separated by blanks, and the file. Most editors take
 * "+LINE FILE"; the others that are known get what they want. A path that does
 * not start with / gets "./" in front, so that it is never an option.
 */
char **editor_words(const char *editor, const char *path, int64_t line);
void editor_free_words(char **words);

/* Runs the editor on the terminal. False with an error: no regular file, no such editor, it failed. */
bool editor_run(const char *path, int64_t line, struct error *error);

#endif
