/* SPDX-License-Identifier: MIT */
/*
 * A message for a person, carried up by value: nothing to free, untouched on
 * success. Fallible functions take a struct error as their last parameter.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>

struct error {
	char message[1024];
	size_t at; /* the byte of the text that was given where it is wrong; 0: all of it */
};

/* Sets the message and returns false, so that `return error_set(...)` reads well. */
bool error_set(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Says at which byte of the text it is wrong; returns false. */
bool error_at(struct error *error, size_t at);

/* Puts "CONTEXT: " in front of the message; returns false. */
bool error_wrap(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
