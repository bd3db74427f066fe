/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define CHUNK_SIZE ((size_t)64 * 1024)
#define ALIGNMENT _Alignof(max_align_t)

/* A chunk either carries its own bytes behind the header or stands for an adopted block. */
struct arena_chunk {
	struct arena_chunk *next;
	void *adopted;
	size_t size;
	max_align_t bytes[];
};

static struct arena_chunk *add_chunk(struct arena *arena, size_t size)
{
	struct arena_chunk *chunk;

	if (size > SIZE_MAX - sizeof(*chunk))
		alloc_fail(size);
	chunk = alloc(sizeof(*chunk) + size);
	chunk->adopted = NULL;
	chunk->size = size;
	chunk->next = arena->chunks;
	arena->chunks = chunk;
	return chunk;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	void *memory;

	if (size > SIZE_MAX - ALIGNMENT)
		alloc_fail(size);
	size = size ? (size + ALIGNMENT - 1) & ~(ALIGNMENT - 1) : ALIGNMENT;
	if (size > arena->left) {
		struct arena_chunk *chunk;

		/* A big block gets a chunk of its own, the current one stays in use. */
		if (size > CHUNK_SIZE / 4)
			return add_chunk(arena, size)->bytes;
		chunk = add_chunk(arena, CHUNK_SIZE);
		arena->next = (char *)chunk->bytes;
		arena->left = CHUNK_SIZE;
	}
	memory = arena->next;
	arena->next += size;
	arena->left -= size;
	return memory;
}

void *arena_zero(struct arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		alloc_fail(SIZE_MAX);
	return memset(arena_alloc(arena, count * size), 0, count * size);
}

char *arena_text(struct arena *arena, const char *bytes, size_t length)
{
	char *text = arena_alloc(arena, length + 1);

	memcpy(text, bytes, length);
	text[length] = '\0';
	return text;
}

void arena_adopt(struct arena *arena, void *block)
{
	if (block)
		add_chunk(arena, 0)->adopted = block;
}

static void free_chunk(struct arena_chunk *chunk)
{
	free(chunk->adopted);
	free(chunk);
}

void arena_reset(struct arena *arena)
{
	struct arena_chunk *kept = NULL, *next;

	for (struct arena_chunk *chunk = arena->chunks; chunk; chunk = next) {
		next = chunk->next;
		if (!kept && chunk->size == CHUNK_SIZE)
			kept = chunk;
		else
			free_chunk(chunk);
	}
	arena->chunks = kept;
	arena->next = kept ? (char *)kept->bytes : NULL;
	arena->left = kept ? CHUNK_SIZE : 0;
	if (kept)
		kept->next = NULL;
}

void arena_clear(struct arena *arena)
{
	struct arena_chunk *next;

	for (struct arena_chunk *chunk = arena->chunks; chunk; chunk = next) {
		next = chunk->next;
		free_chunk(chunk);
	}
	*arena = (struct arena){0};
}
