/* SPDX-License-Identifier: MIT */
/* Hash functions for tables in memory; hashes are never written to a file. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Spreads the bits of x (the finalizer of splitmix64). */
static inline uint64_t hash_mix(uint64_t x)
{
	x ^= x >> 30;
	x *= 0xbf58476d1ce4e5b9u;
	x ^= x >> 27;
	x *= 0x94d049bb133111ebu;
	return x ^ x >> 31;
}

static inline uint64_t hash_bytes(const void *bytes, size_t length)
{
	const unsigned char *p = bytes;
	uint64_t hash = length * 0x9e3779b97f4a7c15u, word;

	for (; length >= 8; p += 8, length -= 8) {
		memcpy(&word, p, 8);
		hash = (hash ^ word) * 0xff51afd7ed558ccdu;
		hash ^= hash >> 32;
	}
	word = 0;
	memcpy(&word, p, length);
	return hash_mix(hash ^ word);
}

#endif
