/* SPDX-License-Identifier: MIT */
/*
 * One input of a diagnosis: a view of a profile, what kind of profile that
 * is, and whose code its functions are.
 */
#ifndef DIAGNOSE_SUBJECT_H
#define DIAGNOSE_SUBJECT_H

#include "view/view.h"

enum subject_kind {
	SUBJECT_OTHER,
	SUBJECT_CPU,
	SUBJECT_HEAP,
	SUBJECT_BLOCK, /* who waited */
	SUBJECT_MUTEX, /* who made others wait */
	SUBJECT_GOROUTINE,
	SUBJECT_GC,
	SUBJECT_ESCAPE,   /* what the compiler says of the heap */
	SUBJECT_COUNTERS, /* of the processor */
	SUBJECT_BENCH,    /* results of benchmarks */
	SUBJECT_TRACE,    /* an execution trace */
	SUBJECT_KIND_COUNT,
};

extern const char *const subject_kind_names[SUBJECT_KIND_COUNT];

struct subject {
	const char *name; /* as the person gave it */
	const struct view *view;
	enum subject_kind kind;
	uint32_t number;       /* among all inputs */
	const int64_t *values; /* by sample: what its shares are shares of */
	const int64_t *counts; /* by sample: how many observations it stands for; may be `values` */
	const char *unit;      /* of `values` */
	double total, observations; /* of the samples that the view keeps */
	uint64_t *application;      /* bitset of functions outside the standard library */
	bool negative;              /* some values are: of a difference */
	bool superseded, twin;      /* others say it; see diagnose/inputs.h */
};

void subject_init(struct subject *subject, const char *name, uint32_t number,
		  const struct view *view);
void subject_clear(struct subject *subject);

/* The column of a type by name; NULL if the profile has none. */
const int64_t *subject_column(const struct subject *subject, const char *type);

/* The text of a sample's first label with this key; "" without. */
const char *subject_label(const struct profile *profile, uint32_t sample, const char *key);

/*
 * The function of the application that pays for a sample: the one nearest the
 * leaf of its path, or NONE.
 */
function_id subject_payer(const struct subject *subject, struct path path);

/* What each function pays for, as subject_payer has it: [function_count] sums of `values`; to be freed. */
double *subject_payments(const struct subject *subject, const int64_t *values);

/* The functions with the largest numbers above 0, the largest first; returns how many of at most `most`. */
uint32_t subject_largest(const struct subject *subject, const double *numbers, uint32_t most,
			 function_id *functions);

/* The name of a function. */
const char *subject_function(const struct subject *subject, function_id function);

#endif
