/* SPDX-License-Identifier: MIT */
/*
 * Memory that is always there: every function returns usable memory or ends
 * the program, in this one place, with a message and exit status 2. Handlers
 * registered with atexit still run, so a terminal is given back.
 */
#ifndef BASE_ALLOC_H
#define BASE_ALLOC_H

#include <stddef.h>

/* size bytes, undefined content; size 0 gives a unique pointer. Free with free(). */
void *alloc(size_t size) __attribute__((malloc, returns_nonnull));

/* count * size bytes of zeros, checked for overflow. */
void *alloc_zero(size_t count, size_t size) __attribute__((malloc, returns_nonnull));

/* Resizes to count * size bytes, checked for overflow. */
void *alloc_resize(void *old, size_t count, size_t size) __attribute__((returns_nonnull));

/* A copy of text, to be freed. */
char *alloc_text(const char *text) __attribute__((malloc, returns_nonnull));

/* "Out of memory" on standard error and exit(2). */
_Noreturn void alloc_fail(size_t size);

#endif
