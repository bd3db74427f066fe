/* SPDX-License-Identifier: MIT */
/* Sets of small numbers as bits of 64-bit words; the owner keeps the size. */
#ifndef BASE_BITSET_H
#define BASE_BITSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The number of words that hold `count` bits. */
static inline size_t bitset_words(size_t count)
{
	return (count + 63) / 64;
}

static inline bool bitset_has(const uint64_t *set, size_t i)
{
	return set[i / 64] >> (i % 64) & 1;
}

static inline void bitset_add(uint64_t *set, size_t i)
{
	set[i / 64] |= (uint64_t)1 << (i % 64);
}

static inline void bitset_remove(uint64_t *set, size_t i)
{
	set[i / 64] &= ~((uint64_t)1 << (i % 64));
}

#endif
