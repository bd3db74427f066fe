/* SPDX-License-Identifier: MIT */
/*
 * Memory that is freed all at once. There is one arena per profile and one per
 * view; its owner clears it. A zeroed struct is an empty arena.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_chunk;

struct arena {
	struct arena_chunk *chunks;
	char *next;
	size_t left;
};

/* Returns `size` uninitialized bytes, aligned for any type. Never NULL. */
void *arena_alloc(struct arena *arena, size_t size);

/* Returns count * size zeroed bytes. */
void *arena_zero(struct arena *arena, size_t count, size_t size);

/* Returns a copy of `length` bytes, followed by a NUL. */
char *arena_text(struct arena *arena, const char *bytes, size_t length);

/* Takes ownership of a block from alloc(); the arena frees it. May be NULL. */
void arena_adopt(struct arena *arena, void *block);

/* Frees all allocations and adopted blocks, but keeps one chunk for reuse. */
void arena_reset(struct arena *arena);

/* Frees everything; the arena is empty and can be used again. */
void arena_clear(struct arena *arena);

#endif
