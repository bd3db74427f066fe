/* SPDX-License-Identifier: MIT */
/*
 * An error message for the user, passed up by value: there is nothing to free.
 * Functions that can fail take a struct error as their last parameter and leave
 * it untouched on success.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>

struct error {
	char message[1024];
	size_t at; /* byte offset of the mistake in the given text; 0: all of it */
};

/* Sets the message and returns false, so that `return error_set(...)` reads well. */
bool error_set(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Records the byte offset of the mistake; returns false. */
bool error_at(struct error *error, size_t at);

/* Puts "CONTEXT: " in front of the message; returns false. */
bool error_wrap(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
