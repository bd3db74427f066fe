/* SPDX-License-Identifier: MIT */
/* Growing bytes. A zeroed struct is empty; there is always a NUL behind `length`. */
#ifndef TUI_BUFFER_H
#define TUI_BUFFER_H

#include <stddef.h>

struct buffer {
	char *bytes;
	size_t length, capacity;
};

void buffer_add(struct buffer *buffer, const void *bytes, size_t length);
void buffer_printf(struct buffer *buffer, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The bytes as a string, "" when nothing was added. */
const char *buffer_string(const struct buffer *buffer);
void buffer_clear(struct buffer *buffer);

#endif
