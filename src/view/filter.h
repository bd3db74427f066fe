/* SPDX-License-Identifier: MIT */
/*
 * The filters of a view, in pprof's order: focus and ignore, hide, show,
 * show_from, tags, prune_from (internal/driver/driver_focus.go, profile/
 * filter.go, profile/prune.go). A pattern is matched once per name, which marks
 * locations; whether a sample is kept follows from the marks along its path.
 */
#ifndef VIEW_FILTER_H
#define VIEW_FILTER_H

#include "base/error.h"
#include "profile/profile.h"
#include "view/view_spec.h"

/* What a location means to the filters. */
enum mark {
	MARK_FOCUS = 1,
	MARK_IGNORE = 2,
	MARK_SHOW_FROM = 4,
	MARK_PRUNE = 8,
	MARK_VISIBLE = 16, /* hide and show kept some of its frames */
};

/* What the filters keep; see struct view. All NULL if there is no filter. */
struct filter_result {
	uint8_t *location_marks;
	uint64_t *frame_hidden; /* bitset */
	uint64_t *sample_kept;
	uint32_t *sample_first, *sample_end;
	uint64_t *hidden_keys; /* bitset of label keys hidden by tagshow and taghide */
	uint32_t missed;
	uint32_t ranges; /* bit f: filter f was parsed as a range of numbers */
};

struct arena;

/* Applies the patterns of the spec; results live in the arena. False if one does not compile. */
bool filter_apply(const struct profile *profile, const struct view_spec *spec, struct arena *arena,
		  struct filter_result *result, struct error *error);

#endif
