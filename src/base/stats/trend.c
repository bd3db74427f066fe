/* SPDX-License-Identifier: MIT */
#include "base/stats/trend.h"

void trend_add(struct trend *trend, double x, double y)
{
	trend->count++;
	trend->sum_x += x;
	trend->sum_y += y;
	trend->sum_xx += x * x;
	trend->sum_xy += x * y;
	trend->sum_yy += y * y;
}

double trend_slope(const struct trend *trend)
{
	double n = (double)trend->count, spread = n * trend->sum_xx - trend->sum_x * trend->sum_x;

	return spread > 0 ? (n * trend->sum_xy - trend->sum_x * trend->sum_y) / spread : 0;
}

double trend_fit(const struct trend *trend)
{
	double n = (double)trend->count;
	double spread_x = n * trend->sum_xx - trend->sum_x * trend->sum_x;
	double spread_y = n * trend->sum_yy - trend->sum_y * trend->sum_y;
	double both = n * trend->sum_xy - trend->sum_x * trend->sum_y;

	return spread_x > 0 && spread_y > 0 ? both * both / (spread_x * spread_y) : 0;
}
