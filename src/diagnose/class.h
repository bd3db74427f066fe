/* SPDX-License-Identifier: MIT */
/*
 * Hotspot classes: what kind of work a frame is, as a table of patterns. A
 * pattern is a regular expression on the name or the file of a function, so
 * -focus with the same pattern keeps the same samples.
 */
#ifndef DIAGNOSE_CLASS_H
#define DIAGNOSE_CLASS_H

#include "diagnose/subject.h"
#include "diagnose/threshold.h"

#define CLASS_COUNT 10
#define CLASS_PAYERS 3

/* Places in the table of those that are more than a row of it. */
enum { LOCK_CLASS = 0, CHANNEL_CLASS = 1, GC_CLASS = 2, ALLOCATION_CLASS = 4 };

struct class
{
	const char *name;   /* for programs: "gc" */
	const char *title;  /* "garbage collection" */
	const char *brief;  /* the same in a few words */
	const char *frames; /* the pattern */
	bool parked; /* in CPU profiles only where the goroutine stops, below runtime.gopark */
	enum threshold limit;
	enum threshold critical; /* THRESHOLD_COUNT: never */
	const char *advice;
};

extern const struct class classes[CLASS_COUNT];

/* The title of a class; of CLASS_COUNT what the samples of no class are called. */
const char *class_title(uint32_t number);

/* The class of each function of a profile. */
struct class_map {
	uint16_t *functions; /* bit c: in class c */
	uint64_t *parks;     /* bitset: runtime.gopark */
};

/* False with an error if a pattern cannot be compiled, which is a bug of ours. Clear it always. */
bool class_map_build(const struct profile *profile, struct class_map *map, struct error *error);
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
 * By sample: the class of its outermost frame of any class, which `outermost`
 * sums up; CLASS_COUNT: it has none, nor a state that tells it. To be freed; NULL with an error.
 */
uint8_t *class_samples(const struct profile *profile, struct error *error);

#endif
