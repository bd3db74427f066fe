/* SPDX-License-Identifier: MIT */
/* Linear regression by least squares. */
#ifndef BASE_STATS_TREND_H
#define BASE_STATS_TREND_H

#include <stddef.h>

struct trend {
	size_t count;
	double sum_x, sum_y, sum_xx, sum_xy, sum_yy;
};

/* Adds a point; a zeroed trend is empty. */
void trend_add(struct trend *trend, double x, double y);

/* The growth of y per unit of x; 0 without two different x. */
double trend_slope(const struct trend *trend);

/* R squared, the share of the variation of y that the line explains: 0 ... 1. */
double trend_fit(const struct trend *trend);

#endif
