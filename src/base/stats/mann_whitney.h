/* SPDX-License-Identifier: MIT */
/*
 * The Mann-Whitney U test: could two groups of numbers come from the same
 * distribution? Exact for small groups, including ties; otherwise the normal
 * approximation.
 */
#ifndef BASE_STATS_MANN_WHITNEY_H
#define BASE_STATS_MANN_WHITNEY_H

#include <stddef.h>

/* Returns the two-sided p; 1 if a group is empty. */
double mann_whitney(const double *a, size_t a_count, const double *b, size_t b_count);

#endif
