/* SPDX-License-Identifier: MIT */
/*
 * The few changes that a profile may see between being built and being shared:
 * only its owner makes them, before any view or other thread reads it.
 */
#ifndef PROFILE_PROFILE_EDIT_H
#define PROFILE_PROFILE_EDIT_H

#include "profile/profile.h"

/* Adds a line for whoever shows warnings (profile->warnings). */
void profile_add_warning(struct profile *profile, const char *message);

void profile_add_comment(struct profile *profile, const char *comment);

/* Names the main binary: its file unless NULL, its build id unless "" or known already. */
void profile_name_binary(struct profile *profile, const char *file, const char *build_id);

/*
 * A mapping without a build id that is named by a URL came from a server, not
 * from a file: as pprof does, the name is forgotten.
 */
void profile_forget_urls(struct profile *profile);

/* The profile keeps frames that its producer meant to be dropped. */
void profile_keep_all_frames(struct profile *profile);

#endif
