/* SPDX-License-Identifier: MIT */
/*
 * A copy of a profile with other sample types, scaled values or a mark: what
 * merging and subtracting profiles needs beforehand.
 */
#ifndef TRANSFORM_ADJUST_H
#define TRANSFORM_ADJUST_H

#include "base/error.h"
#include "profile/profile.h"

struct adjustment {
	const uint32_t *types; /* old index of each new sample type; NULL: all as they are */
	uint32_t type_count;
	const char *const *units; /* by new type: its unit; NULL: as they are */
	const double *
		ratios; /* by new type; NULL: values stay. As pprof's ScaleN: rounded, half away from 0 */
	const char *default_type; /* NULL: as it is */
	const char *period_unit;  /* NULL: as it is */
	bool mark_base;           /* label pprof::base=true on every sample */
};

/* NULL with an error if it cannot be numbered. */
struct profile *adjust_profile(const struct profile *profile, const struct adjustment *adjustment,
			       struct error *error);

/* Values times -1: the profile as it is subtracted. Samples of zeros go. */
struct profile *adjust_negate(const struct profile *profile, bool mark_base, struct error *error);

/* Scales so that the total of each type equals the base's. */
struct profile *adjust_normalize(const struct profile *profile, const struct profile *base,
				 struct error *error);

#endif
