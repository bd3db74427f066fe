/* SPDX-License-Identifier: MIT */
/*
 * What changed from one profile to another, and what of it is more than chance.
 * A profile is a count of observations: a sample whose value v stands for n of
 * them has the variance v*v/n (Poisson), more where a stack comes in runs. Each function's change has the
 * standard error that follows, and a p adjusted for the number of functions
 * (Benjamini-Hochberg): of the changes with p < 0.01 about 1 % are none, and
 * where nothing changed, 1 % of comparisons show any.
 *
 * Of several runs of one side the means are compared; where the runs differ by
 * more than counting explains, their spread is the error, and Student's t with
 * its few degrees of freedom the test.
 *
 *     struct comparison c;
 *     compare_build(before, after, ..., &c);     c.changes: the real ones first
 *     compare_clear(&c);
 */
#ifndef DIAGNOSE_COMPARE_H
#define DIAGNOSE_COMPARE_H

#include "diagnose/subject.h"

/* A change with a smaller p is real. */
#define COMPARE_SIGNIFICANT 0.01

struct change {
	const char *name;
	double before, after; /* means, scaled to the exposure of the first run */
	double error;         /* standard error of after - before */
	double p;             /* adjusted; 1: nothing but noise */
};

struct comparison {
	struct change total;
	struct change *changes; /* of each function: real ones first, the largest first */
	size_t count, real;
	double scale; /* by which the second side was multiplied */
	const char *unit;
	struct strings names;
};

/* How the second side is made comparable. */
enum compare_scale {
	COMPARE_BY_TIME,  /* per second, where both are CPU profiles that know how long they took */
	COMPARE_BY_TOTAL, /* shares */
};

/* cum: with all that the functions call. The views of both sides must have the same type. */
void compare_build(const struct subject *before, const struct subject *after, bool cum,
		   enum compare_scale scale, struct comparison *comparison);

/*
 * The same of several runs: the first `before` subjects, at least one, are
 * runs before the change, the others, at least one, runs after it.
 */
void compare_build_runs(const struct subject *const *subjects, uint32_t before, uint32_t count,
			bool cum, enum compare_scale scale, struct comparison *comparison);
void compare_clear(struct comparison *comparison);

#endif
