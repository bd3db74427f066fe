/* SPDX-License-Identifier: MIT */
/*
 * tagroot and tagleaf: labels as frames at the root or at the leaves of every
 * stack, so that a profile can be read by handler or tenant (internal/driver/
 * tagroot.go).
 *
 *     tagroot=endpoint     main   {endpoint=/a}        /a
 *                            read                 ->     main
 *                                                          read
 */
#ifndef TRANSFORM_TAG_FRAMES_H
#define TRANSFORM_TAG_FRAMES_H

#include "base/error.h"
#include "profile/profile.h"

struct tag_frames {
	const char *roots, *leaves; /* keys, separated by commas; "" for none */
	const char *unit;           /* of numeric labels */
	/* By sample: its group, whose name stands above everything else; NULL: none. */
	const uint8_t *groups;
	const char *(*group_name)(uint32_t group);
	bool group_files; /* the name is the file's, too: where nodes are files they have no other */
	bool keyed;       /* where there are several keys, names are KEY=VALUE */
	bool root_matched, leaf_matched; /* set: some sample has such a label */
	bool mixed;                      /* set: a name stands for the values of several keys */
};

/* A new profile; NULL with an error if it cannot be numbered. */
struct profile *tag_frames_add(const struct profile *profile, struct tag_frames *frames,
			       struct error *error);

#endif
