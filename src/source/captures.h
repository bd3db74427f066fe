/* SPDX-License-Identifier: MIT */
/*
 * Copies of what servers sent in this run, in a directory that only its owner can read and that is
 * gone afterwards: whoever looks at one side of a difference, or at what there was before, does not
 * capture anew.
 */
#ifndef SOURCE_CAPTURES_H
#define SOURCE_CAPTURES_H

#include <stdbool.h>
#include <stddef.h>

struct captures;
struct capture;

struct captures *captures_new(void);

/* Removes the copies, too. NULL is allowed. */
void captures_free(struct captures *captures);

/* The file with the bytes of a location, to be freed; NULL if there is none. */
char *captures_find(struct captures *captures, const char *location);

/* Moves the copy of a location from another set, in place of the one that is here. */
void captures_move(struct captures *to, struct captures *from, const char *location);

/* Begins a copy; NULL if there is no room for one, which is no error. */
struct capture *capture_begin(struct captures *captures, const char *location);
void capture_add(struct capture *capture, const void *bytes, size_t length);

/* Ends the copy: a good one is what captures_find finds from now on. NULL is allowed. */
void capture_end(struct capture *capture, bool good);

#endif
