/*
 * Several profiles as one, by pprof's rules (profile/merge.go): sample types
 * that all have, units scaled to the finest, equal stacks with equal labels
 * added up, whatever ids and addresses the writers used.
 */
#ifndef TRANSFORM_MERGE_H
#define TRANSFORM_MERGE_H

#include "base/error.h"
#include "profile/profile.h"

/* NULL with an error if the profiles do not fit together. count >= 1; one profile is compacted. */
struct profile *merge_profiles(const struct profile *const *profiles, size_t count,
			       struct error *error);

/*
 * The profiles made compatible for merge_profiles: made[i] is a new profile or
 * NULL where profiles[i] fits as it is. False with an error; then nothing is left in `made`.
 */
bool merge_fit(const struct profile *const *profiles, size_t count, struct profile **made,
	       struct error *error);

/* False with an error unless both have the same sample types, period type and units. */
bool merge_fit_exactly(const struct profile *const profiles[2], struct error *error);

#endif
