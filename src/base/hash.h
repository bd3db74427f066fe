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

/*
 * Random numbers of this process, set before main. Tables are filled from
 * files that anybody may have written: without them 160,000 strings that all
 * have one hash took 33 s. What is numbered in order of first use does not
 * depend on them.
 */
extern const uint64_t *const hash_key; /* of 2 */

/* Of a number that a file chose. */
static inline uint64_t hash_number(uint64_t x)
{
	return hash_mix((x ^ hash_key[0]) + hash_key[1]);
}

/* The product's halves folded into one. A chosen difference of x comes out as the key has it. */
static inline uint64_t hash_fold(uint64_t x)
{
	unsigned __int128 product = (unsigned __int128)x * hash_key[1];

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t hash_bytes(const void *bytes, size_t length)
{
	const unsigned char *p = bytes;
	uint64_t hash = hash_key[0] ^ length * 0x9e3779b97f4a7c15u, word;

	for (; length >= 8; p += 8, length -= 8) {
		memcpy(&word, p, 8);
		hash = hash_fold(hash ^ word);
	}
	word = 0;
	if (length)
		memcpy(&word, p, length);
	return hash_mix(hash_fold(hash ^ word));
}

/* The same on every run: for colours, not for tables. */
static inline uint64_t hash_stable(const char *bytes, size_t length)
{
	uint64_t hash = length * 0x9e3779b97f4a7c15u;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001b3u;
	return hash_mix(hash);
}

#endif
