/* SPDX-License-Identifier: MIT */
/*
 * What the kinds of work (classify/kind.h) cost in a profile, and from which
 * share on they are worth a finding. The number of a class is its enum kind.
 */
#ifndef DIAGNOSE_CLASS_H
#define DIAGNOSE_CLASS_H

#include "classify/kind.h"
#include "diagnose/subject.h"
#include "diagnose/threshold.h"

#define CLASS_COUNT KIND_WORK_COUNT
#define CLASS_PAYERS 3

struct class
{
	const char *brief; /* for headings: its title in a few words */
	bool parked; /* in CPU profiles only where the goroutine stops, below runtime.gopark */
	enum threshold limit;
	enum threshold critical; /* THRESHOLD_COUNT: never */
	const char *advice;
};

extern const struct class classes[CLASS_COUNT];

/* The title of a class; of CLASS_COUNT what the samples of no class are called. */
const char *class_title(uint32_t number);

/* What is known of each function of a profile. */
struct class_map {
	uint8_t *functions; /* its enum kind */
	uint64_t *parks;    /* bitset: runtime.gopark */
};

void class_map_build(const struct profile *profile, struct class_map *map);
void class_map_clear(struct class_map *map);

/* What the classes cost in one profile. */
struct class_shares {
	double anywhere
		[CLASS_COUNT]; /* of samples with such a frame, once each: what -focus keeps */
	double outermost
		[CLASS_COUNT]; /* of samples whose outermost frame of any class is of this one, or whose state is */
	double *payments
		[CLASS_COUNT]; /* [class][function]: who is the nearest caller in the application */
	double *entries
		[CLASS_COUNT]; /* [class][function]: by which of its functions it is entered */
};
void class_shares_build(const struct subject *subject, const struct class_map *map,
			struct class_shares *shares);
void class_shares_clear(struct class_shares *shares);

/*
 * Adds an expression for the samples of a class: those that `anywhere` counts
 * are what -focus keeps with it. A class that counts only where a goroutine
 * parks keeps those, too, where it does not.
 */
void class_pattern(const struct profile *profile, const struct class_shares *shares,
		   uint32_t number, struct text *pattern);

/*
 * By sample: the class of its outermost frame of any class, which `outermost`
 * sums up; CLASS_COUNT: it has none, nor a state that tells it. To be freed; NULL with an error.
 */
uint8_t *class_samples(const struct profile *profile, struct error *error);

#endif
