/* SPDX-License-Identifier: MIT */
/*
 * Allocation that cannot fail: every function returns usable memory, or ends
 * the program here with a message and exit status 2. Handlers registered with
 * atexit still run, so the terminal is restored.
 */
#ifndef BASE_ALLOC_H
#define BASE_ALLOC_H

#include <stddef.h>

/* Returns `size` uninitialized bytes; a size of 0 gives a unique pointer. Free with free(). */
void *alloc(size_t size) __attribute__((malloc, returns_nonnull));

/* Returns count * size zeroed bytes; the product is checked for overflow. */
void *alloc_zero(size_t count, size_t size) __attribute__((malloc, returns_nonnull));

/* Resizes to count * size bytes; the product is checked for overflow. */
void *alloc_resize(void *old, size_t count, size_t size) __attribute__((returns_nonnull));

/* Returns a copy of the text; the caller frees it. */
char *alloc_text(const char *text) __attribute__((malloc, returns_nonnull));

/* Prints "out of memory" to standard error and exits with status 2. */
_Noreturn void alloc_fail(size_t size);

#endif
