/* SPDX-License-Identifier: MIT */
#include "cli/extra_frames.h"

#include <stdlib.h>

#include "diagnose/class.h"
#include "transform/tag_frames.h"

bool extra_frames_add(const struct profile *profile, const struct view_spec *spec, const char *unit,
		      struct extra_frames *frames, struct error *error)
{
	struct tag_frames tags = {
		.roots = spec->tagroot ? spec->tagroot : "",
		.leaves = spec->tagleaf ? spec->tagleaf : "",
		.unit = unit,
		.keyed = spec->corrected,
		.group_name = class_title,
		.group_files = spec->granularity == GRANULARITY_FILES,
	};
	uint8_t *samples = NULL;

	*frames = (struct extra_frames){0};
	if (!*tags.roots && !*tags.leaves && !spec->by_class)
		return true;
	if (spec->by_class && !(samples = class_samples(profile, error)))
		return false;
	tags.groups = samples;
	frames->profile = tag_frames_add(profile, &tags, error);
	frames->mixed = tags.mixed && !spec->corrected;
	frames->root_missed = *tags.roots && !tags.root_matched;
	frames->leaf_missed = *tags.leaves && !tags.leaf_matched;
	free(samples);
	return frames->profile != NULL;
}
