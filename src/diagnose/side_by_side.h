/* SPDX-License-Identifier: MIT */
/*
 * The functions of the application with what they pay for in each of several
 * profiles: one row a function, one column a profile, shares of its total.
 */
#ifndef DIAGNOSE_SIDE_BY_SIDE_H
#define DIAGNOSE_SIDE_BY_SIDE_H

#include "diagnose/finding.h"
#include "diagnose/subject.h"

/* A heap profile gives two columns: what is in use and what was allocated. */
struct side_column {
	const struct subject *subject;
	const int64_t *values;
	const char *type;  /* "in use" */
	const char *title; /* "in use 2" for the second of its type */
	double total;
	double *shares; /* by name number; [name_count] in the end */
};

struct side_by_side {
	struct strings names; /* of functions; number 0 is none */
	struct side_column *columns;
	uint32_t column_count, name_count;
};

/* The titles belong to the findings' arena. */
void side_by_side_build(const struct subject *subjects, uint32_t count, struct findings *findings,
			struct side_by_side *sides);
void side_by_side_clear(struct side_by_side *sides);

/* The largest names of a column, the largest first; returns how many of at most `most`. */
uint32_t side_by_side_largest(const struct side_by_side *sides, uint32_t column, uint32_t most,
			      string_id *names);

/* Adds the table of the functions that matter most in any column. */
void side_by_side_write(const struct side_by_side *sides, struct findings *findings);

#endif
