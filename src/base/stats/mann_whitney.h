/* SPDX-License-Identifier: MIT */
/*
 * The Mann-Whitney test: could these two groups of numbers come from one
 * distribution? Exact for small groups, ties included; else the normal
 * approximation.
 */
#ifndef BASE_STATS_MANN_WHITNEY_H
#define BASE_STATS_MANN_WHITNEY_H

#include <stddef.h>

/* p, two-sided; 1 if a group is empty. */
double mann_whitney(const double *a, size_t a_count, const double *b, size_t b_count);

#endif
