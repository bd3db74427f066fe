/* SPDX-License-Identifier: MIT */
/*
 * Memory that is given back all at once. One arena per profile and one per
 * view; whoever made an arena clears it. A zeroed struct is an empty arena.
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

/* size bytes, aligned for any type, undefined content. Never NULL. */
void *arena_alloc(struct arena *arena, size_t size);

/* count * size bytes of zeros. */
void *arena_zero(struct arena *arena, size_t count, size_t size);

/* A copy of length bytes with a NUL behind them. */
char *arena_text(struct arena *arena, const char *bytes, size_t length);

/* Takes over a block from alloc(): it is freed with the arena. NULL is allowed. */
void arena_adopt(struct arena *arena, void *block);

/* Forgets all allocations but keeps one chunk for the next round; adopted blocks are freed. */
void arena_reset(struct arena *arena);

/* Frees everything; the arena is empty and usable again. */
void arena_clear(struct arena *arena);

#endif
