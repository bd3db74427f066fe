/* SPDX-License-Identifier: MIT */
/*
 * Frames that no stack has: labels at its ends (tagroot, tagleaf), and above
 * them the hotspot class of the sample (by_class), so that a profile can be
 * read by tenant or by kind of work.
 */
#ifndef CLI_EXTRA_FRAMES_H
#define CLI_EXTRA_FRAMES_H

#include "base/error.h"
#include "profile/profile.h"
#include "view/view_spec.h"

struct extra_frames {
	struct profile *profile;       /* with them, to be freed; NULL: the spec wants none */
	bool root_missed, leaf_missed; /* no sample has a label of tagroot, of tagleaf */
	bool mixed;                    /* one name stands for values of several keys */
};

/* unit: of numeric labels. False with an error if they cannot be had. */
bool extra_frames_add(const struct profile *profile, const struct view_spec *spec, const char *unit,
		      struct extra_frames *frames, struct error *error);

#endif
