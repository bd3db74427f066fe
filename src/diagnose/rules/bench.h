/* SPDX-License-Identifier: MIT */
/*
 * Benchmarks before and after: medians with their spread, the change, and
 * whether it is more than chance (Mann-Whitney).
 */
#ifndef DIAGNOSE_RULES_BENCH_H
#define DIAGNOSE_RULES_BENCH_H

#include "view/view.h"

/* A change with a smaller p is real: benchstat's limit. */
#define BENCH_SIGNIFICANT 0.05

struct bench_side {
	double *values; /* sorted */
	size_t count, capacity;
	double median;
	double spread; /* of the 95 % interval of the median, as a share of it; infinite below 6 runs */
};

struct bench_row {
	const char *name, *unit;
	struct bench_side sides[2];
	double p; /* 1 if one side has none */
};

struct bench_geomean {
	const char *unit;
	double ratio; /* after / before, over the benchmarks that both sides have */
	size_t count;
};

struct bench_comparison {
	struct bench_row *rows; /* in the order of the first side, then of the second */
	struct bench_geomean *geomeans;
	size_t row_count, row_capacity, geomean_count, geomean_capacity;
	struct strings names;
};

/* True if the view is of the results of benchmarks (profile/bench.h). */
bool bench_applies(const struct view *view);

void bench_compare(const struct view *before, const struct view *after,
		   struct bench_comparison *comparison);
void bench_clear(struct bench_comparison *comparison);

/* The change of the median in per cent; infinite from 0 to something. */
double bench_change(const struct bench_row *row);

/* True where more is better: MB/s and the like. */
bool bench_more_is_better(const char *unit);

#endif
