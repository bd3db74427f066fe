/* SPDX-License-Identifier: MIT */
#include "base/stats/mann_whitney.h"

#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"

/* Groups up to this size together are counted out. */
#define EXACT_LIMIT 50

struct ranked {
	double value;
	size_t rank; /* twice the mean rank of its ties, so that it is whole */
	int group;
};

static int by_value(const void *a, const void *b)
{
	const struct ranked *left = a, *right = b;

	return (left->value > right->value) - (left->value < right->value);
}

/* Sorts and ranks; returns the sum of t^3 - t over groups of ties. */
static double rank(struct ranked *items, size_t count)
{
	double ties = 0;

	qsort(items, count, sizeof(*items), by_value);
	for (size_t i = 0, end; i < count; i = end) {
		double size;

		for (end = i; end < count && items[end].value == items[i].value; end++)
			;
		size = (double)(end - i);
		ties += size * size * size - size;
		for (size_t k = i; k < end; k++)
			items[k].rank = i + 1 + end;
	}
	return ties;
}

/*
 * The share of all ways to choose `chosen` of the items whose ranks add up to
 * a sum as far from the middle as `sum` is, or further. ways[c][s]: of choosing
 * c of the items so far with sum s.
 */
static double count_out(const struct ranked *items, size_t count, size_t chosen, size_t sum)
{
	size_t most = count * (count + 1);
	double *ways = alloc_zero((chosen + 1) * (most + 1), sizeof(*ways));
	/* Twice the expected sum, as ranks are doubled: chosen * (count + 1). */
	double middle = (double)chosen * (double)(count + 1), all = 0, far = 0;
	double distance = fabs((double)sum - middle);

	ways[0] = 1;
	for (size_t i = 0; i < count; i++)
		for (size_t c = chosen; c > 0; c--)
			for (size_t s = most; s >= items[i].rank; s--)
				ways[c * (most + 1) + s] +=
					ways[(c - 1) * (most + 1) + s - items[i].rank];
	for (size_t s = 0; s <= most; s++) {
		double number = ways[chosen * (most + 1) + s];

		all += number;
		if (fabs((double)s - middle) >= distance)
			far += number;
	}
	free(ways);
	return far / all;
}

static double approximate(double a, double b, double doubled_sum, double ties)
{
	double n = a + b, u = doubled_sum / 2 - a * (a + 1) / 2, mean = a * b / 2;
	double variance = a * b / 12 * (n + 1 - ties / (n * (n - 1)));
	double distance = fabs(u - mean) - 0.5;

	if (variance <= 0 || distance <= 0)
		return 1;
	return erfc(distance / sqrt(variance) / sqrt(2));
}

double mann_whitney(const double *a, size_t a_count, const double *b, size_t b_count)
{
	size_t count = a_count + b_count, sum = 0;
	struct ranked *items;
	double ties, p;

	if (!a_count || !b_count)
		return 1;
	items = alloc_zero(count, sizeof(*items));
	for (size_t i = 0; i < count; i++) {
		items[i].group = i >= a_count;
		items[i].value = i < a_count ? a[i] : b[i - a_count];
	}
	ties = rank(items, count);
	for (size_t i = 0; i < count; i++)
		if (!items[i].group)
			sum += items[i].rank;
	p = count <= EXACT_LIMIT ? count_out(items, count, a_count, sum)
				 : approximate((double)a_count, (double)b_count, (double)sum, ties);
	free(items);
	return p;
}
