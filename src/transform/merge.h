/* SPDX-License-Identifier: MIT */
/*
 * Several profiles as one, by pprof's rules (profile/merge.go): sample types
 * that all have, units scaled to the finest, equal stacks with equal labels
 * added up, whatever ids and addresses the writers used.
 */
#ifndef TRANSFORM_MERGE_H
#define TRANSFORM_MERGE_H

#include "base/error.h"
#include "profile/profile.h"

/*
 * A merge under way. Profiles are copied in one after the other, so that each
 * can be freed before the next is read:
 *
 *     struct merge *merge = merge_new(first);
 *     if (merge_fits(merge, second))
 *             merge_add(merge, second);
 *     struct profile *merged = merge_finish(merge, error);      (merge is gone)
 */
struct merge;

struct merge *merge_new(const struct profile *first);
void merge_free(struct merge *merge); /* NULL is allowed */

/* Has the profile the sample types and units of the first? Others need merge_fit. */
bool merge_fits(const struct merge *merge, const struct profile *profile);
void merge_add(struct merge *merge, const struct profile *profile);

/*
 * pprof merges so many files at a time and then adds them to what it has. This
 * is the place between: samples that add up to nothing are left behind, and
 * the time of the whole is the earliest of the parts. False with an error, then the merge is freed.
 */
#define MERGE_PART 128
bool merge_end_part(struct merge **merge, struct error *error);

/* The merged profile; the merge is freed. NULL with an error if there is more than 32 bits can count. */
struct profile *merge_finish(struct merge *merge, struct error *error);

/* All at once. count >= 1; the profiles fit (merge_fit). */
struct profile *merge_profiles(const struct profile *const *profiles, size_t count,
			       struct error *error);

/*
 * The profiles made compatible for a merge: made[i] is a new profile or
 * NULL where profiles[i] fits as it is. False with an error; then nothing is left in `made`,
 * and error->at is the number of the profile that does not fit the first, if it is one alone.
 */
bool merge_fit(const struct profile *const *profiles, size_t count, struct profile **made,
	       struct error *error);

/* Have both the same sample types, period type and units? */
bool merge_fit_exactly(const struct profile *a, const struct profile *b);

#endif
