/* SPDX-License-Identifier: MIT */
/*
 * A view is a pure function of (profile, spec): which node each frame belongs to,
 * which part of each stack is kept, and the weight of every stack. It is
 * immutable once built and refers to its profile, which must outlive it. All
 * tables (function_table, call_graph, call_tree) are built from a view.
 */
#ifndef VIEW_VIEW_H
#define VIEW_VIEW_H

#include <stdatomic.h>

#include "base/arena.h"
#include "base/bitset.h"
#include "base/error.h"
#include "profile/profile.h"
#include "view/view_spec.h"

/* What identifies a row of a report; fields that the granularity does not distinguish are 0. */
struct node {
	uint64_t address;
	int64_t line, column, start_line;
	string_id name, file, object;
	uint32_t padding; /* always 0, as nodes are compared as bytes */
};

/* One visible frame of a location, in four bytes because loops over all paths read them. */
struct step {
	uint32_t node : 31;   /* node_id */
	uint32_t inlined : 1; /* not the outermost visible frame of its location */
};

struct view {
	const struct profile *profile;
	struct view_spec spec; /* a copy */
	bool split_rows;       /* spec.corrected would make one node of some that look the same */
	struct arena arena;
	struct strings strings; /* extends the profile's: cleaned file names */

	struct node *nodes;
	const char **node_names; /* what reports print, as in the profile (not sanitized) */
	uint32_t node_count;
	node_id *frame_node; /* of each frame; NONE: hidden by a filter */
	struct step *steps; /* of location l: [step_start[l], step_start[l + 1]), outermost first */
	uint32_t *step_start;
	uint8_t *
		location_marks; /* results of the filters for each location (view/filter.h); NULL: no filter */

	uint64_t *hidden_keys; /* bitset of label keys hidden by tagshow and taghide; NULL: none */

	/* What the filters keep of the samples; NULL: everything. */
	uint64_t *sample_kept;  /* bitset */
	uint32_t *sample_first; /* its part of profile->paths: [first, end) */
	uint32_t *sample_end;

	const int64_t *values;   /* the selected column of the profile */
	const int64_t *divisors; /* the first column; NULL without spec.mean */
	int64_t total;           /* the 100 %: all samples, or the kept ones with spec.relative */
	int64_t sum;             /* the total without a divisor: call trees have no means */
	uint32_t kept_samples;
	uint32_t filters_missed; /* bit f: filter f is set and matched nothing */
	uint32_t filters_ranges; /* bit f: filter f was parsed as a range of numbers */

	/*
	 * NULL, or set by another thread when this view's tables are no longer
	 * needed: loops over its samples then stop early, and their results may
	 * only be freed.
	 */
	const atomic_bool *cancelled;
};

/* The locations that are kept of a sample, root first: a range of profile->paths. */
struct path {
	uint32_t first, end;
};

/* Returns NULL with an error if a filter does not compile. Free with view_free. */
struct view *view_build(const struct profile *profile, const struct view_spec *spec,
			struct error *error);
void view_free(struct view *view);

/* The 100 % of a sample type in a view without filters. */
int64_t profile_total(const struct profile *profile, uint32_t type);

/* Checked by loops over samples, once every few thousand samples. */
static inline bool view_cancelled(const struct view *view, uint32_t sample)
{
	return sample % 4096 == 0 && view->cancelled &&
	       atomic_load_explicit(view->cancelled, memory_order_relaxed);
}

/* False if a filter dropped the sample. */
static inline bool view_path(const struct view *view, uint32_t sample, struct path *path)
{
	const struct profile *profile = view->profile;

	if (view->sample_kept && !bitset_has(view->sample_kept, sample))
		return false;
	path->first = (view->sample_first ? view->sample_first : profile->path_start)[sample];
	path->end = (view->sample_end ? view->sample_end : profile->path_start + 1)[sample];
	return true;
}

/* The location at an index of a path. */
static inline location_id view_location(const struct view *view, uint32_t at)
{
	return profile_location(view->profile, at);
}

/* How many items ahead paths are prefetched: two cache lines. */
#define VIEW_FETCH_AHEAD 16
static inline void view_fetch_path(const struct view *view, uint32_t at)
{
	const struct path_column *paths = &view->profile->paths;
	const char *bytes =
		paths->wide ? (const char *)(paths->wide + at) : (const char *)(paths->narrow + at);

	__builtin_prefetch(bytes);
	__builtin_prefetch(bytes + 64);
}

/* False for labels hidden by tagshow or taghide. */
static inline bool view_shows_key(const struct view *view, string_id key)
{
	return !view->hidden_keys || !bitset_has(view->hidden_keys, key);
}

/* The text of a string id of this view. */
static inline const char *view_text(const struct view *view, string_id id)
{
	return strings_text(&view->strings, id);
}

/* Type and unit of the selected value; the type does not include "mean_". */
const char *view_type(const struct view *view);
const char *view_unit(const struct view *view);

#endif
