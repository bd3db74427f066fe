/* SPDX-License-Identifier: MIT */
/* A straight line through points, by least squares. */
#ifndef BASE_STATS_TREND_H
#define BASE_STATS_TREND_H

#include <stddef.h>

struct trend {
	size_t count;
	double sum_x, sum_y, sum_xx, sum_xy, sum_yy;
};

/* Adds a point to a trend, which is zeroed at first. */
void trend_add(struct trend *trend, double x, double y);

/* How much y grows for each x; 0 without two different x. */
double trend_slope(const struct trend *trend);

/* How much of the variation of y the line explains, R squared: 0 ... 1. */
double trend_fit(const struct trend *trend);

#endif
