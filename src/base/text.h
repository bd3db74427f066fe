/* SPDX-License-Identifier: MIT */
/*
 * A growing string. A zeroed struct is empty; `bytes` is NULL or ends with a NUL
 * that `length` does not count. Clear it when done.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct text {
	char *bytes;
	size_t length, capacity;
};

void text_add(struct text *text, const char *bytes, size_t length);
void text_add_string(struct text *text, const char *string);
void text_add_char(struct text *text, char c);
void text_printf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Empties the text but keeps its memory. */
void text_reset(struct text *text);
void text_clear(struct text *text);

/* The content as a string; "" if nothing was ever added. */
const char *text_string(const struct text *text);

/*
 * Adds bytes in a form that is safe on a terminal: C0, DEL, C1, invalid UTF-8,
 * line and paragraph separators, bidi and zero-width controls become visible
 * escapes (\n, \x1b, \u202e). With `lines`, \n and \t are kept.
 */
void text_add_sanitized(struct text *text, const char *bytes, size_t length, bool lines);

#endif
