/* SPDX-License-Identifier: MIT */
/*
 * drop_frames and keep_frames of a profile: frames of allocators, profilers
 * and locks that its writer wants cut off (profile/prune.go).
 *
 *     drop_frames=malloc      main
 *                               alloc
 *                                 malloc      cut
 *                                   brk       cut
 */
#ifndef TRANSFORM_PRUNE_H
#define TRANSFORM_PRUNE_H

#include "base/error.h"
#include "profile/profile.h"

/* True if there is something to cut: prune_drop_frames is needed. */
bool prune_wanted(const struct profile *profile);

/* Do the patterns of the profile compile? False with an error that says what is shown instead. */
bool prune_check(const struct profile *profile, struct error *error);

/*
 * A new profile without the dropped frames: from the root, after the first
 * frame that stays, the first match and everything below it go. NULL with an
 * error if a pattern of the profile does not compile.
 */
struct profile *prune_drop_frames(const struct profile *profile, struct error *error);

/*
 * Cuts the frames that the profile wants cut. As pprof does, a profile whose own patterns do not
 * compile is kept with all of them; unlike pprof, with a warning. Takes ownership of `profile`;
 * returns the pruned profile, or NULL with an error.
 */
struct profile *prune_frames(struct profile *profile, struct error *error);

#endif
