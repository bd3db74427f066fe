/* SPDX-License-Identifier: MIT */
/* 64-bit arithmetic that wraps around as in Go; in C overflow is undefined. */
#ifndef BASE_WRAP_H
#define BASE_WRAP_H

#include <stdint.h>

static inline int64_t wrap_add(int64_t a, int64_t b)
{
	return (int64_t)((uint64_t)a + (uint64_t)b);
}

static inline int64_t wrap_multiply(int64_t a, int64_t b)
{
	return (int64_t)((uint64_t)a * (uint64_t)b);
}

static inline int64_t wrap_negate(int64_t a)
{
	return (int64_t)(0 - (uint64_t)a);
}

/* |a|; INT64_MIN is returned as is. */
static inline int64_t wrap_absolute(int64_t a)
{
	return a < 0 ? wrap_negate(a) : a;
}

/* a / b for b != 0; the one quotient that overflows wraps. */
static inline int64_t wrap_divide(int64_t a, int64_t b)
{
	return b == -1 ? wrap_negate(a) : a / b;
}

#endif
