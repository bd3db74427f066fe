/* SPDX-License-Identifier: MIT */
#include "base/stats/student.h"

#include <math.h>

/* Steps of the continued fraction, of which some ten are enough for any p that matters. */
#define STEPS 300
#define PRECISION 1e-14
#define TINY 1e-300

static double keep_off_zero(double value)
{
	return fabs(value) < TINY ? TINY : value;
}

/* The continued fraction of the incomplete beta function, by Lentz's method; good for x < (a + 1) / (a + b + 2). */
static double fraction(double a, double b, double x)
{
	double c = 1, d = 1 / keep_off_zero(1 - (a + b) * x / (a + 1)), result = d;

	for (int m = 1; m <= STEPS; m++) {
		double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
		double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
		double change;

		d = 1 / keep_off_zero(1 + even * d);
		c = keep_off_zero(1 + even / c);
		result *= d * c;
		d = 1 / keep_off_zero(1 + odd * d);
		c = keep_off_zero(1 + odd / c);
		change = d * c;
		result *= change;
		if (fabs(change - 1) < PRECISION)
			break;
	}
	return result;
}

/* The regularized incomplete beta function. */
static double beta_share(double a, double b, double x)
{
	double front;

	if (x <= 0 || x >= 1)
		return x <= 0 ? 0 : 1;
	front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x));
	return x < (a + 1) / (a + b + 2) ? front * fraction(a, b, x) / a
					 : 1 - front * fraction(b, a, 1 - x) / b;
}

double student_p(double t, double freedom)
{
	if (isinf(freedom))
		return erfc(fabs(t) / sqrt(2));
	return beta_share(freedom / 2, 0.5, freedom / (freedom + t * t));
}
