/* SPDX-License-Identifier: MIT */
/*
 * The few changes that are allowed between building and sharing a profile: only
 * its owner makes them, before a view or another thread reads it.
 */
#ifndef PROFILE_PROFILE_EDIT_H
#define PROFILE_PROFILE_EDIT_H

#include "profile/profile.h"

/* Adds a line to profile->warnings. */
void profile_add_warning(struct profile *profile, const char *message);

void profile_add_comment(struct profile *profile, const char *comment);

/*
 * Removes the names of mappings that are URLs and have no build id: these came
 * from a server, not from a file. pprof does the same.
 */
void profile_forget_urls(struct profile *profile);

/* Keeps the frames that the profile asks to drop (drop_frames). */
void profile_keep_all_frames(struct profile *profile);

#endif
