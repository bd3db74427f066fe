/* SPDX-License-Identifier: MIT */
/*
 * What a view shows, as plain data that can be copied, compared and printed.
 * Names and meanings are pprof's options (internal/driver/config.go). An
 * empty or NULL pattern is no filter.
 */
#ifndef VIEW_VIEW_SPEC_H
#define VIEW_VIEW_SPEC_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

enum granularity {
	GRANULARITY_FUNCTIONS,
	GRANULARITY_FILEFUNCTIONS,
	GRANULARITY_FILES,
	GRANULARITY_LINES,
	GRANULARITY_ADDRESSES,
};

/* The patterns of a spec, in the order in which pprof lists the active filters. */
enum view_filter {
	FILTER_FOCUS,
	FILTER_IGNORE,
	FILTER_HIDE,
	FILTER_SHOW,
	FILTER_SHOW_FROM,
	FILTER_TAGFOCUS,
	FILTER_TAGIGNORE,
	FILTER_TAGSHOW,
	FILTER_TAGHIDE,
	FILTER_PRUNE_FROM,
	FILTER_COUNT,
};

struct view_spec {
	uint32_t value_type; /* index into profile->types */
	bool mean;           /* divide by the first value type */
	enum granularity granularity;
	bool no_inlines;       /* only the outermost line of each location */
	bool show_columns;     /* keep columns at line granularity */
	bool object_names;     /* nodes of different binaries differ (callgrind, list) */
	bool relative;         /* 100 % is what the filters leave */
	bool string_ranges;    /* ranges of tagfocus and tagignore also match string labels */
	bool whole_file_names; /* file names are not shortened */
	/* Right where pprof's own answer misleads; the manual lists what that changes. */
	bool corrected;
	/* Of call trees: a function that calls itself is one frame; leaves stand on top. */
	bool collapsed, inverted;
	char *source_path; /* directories with the sources and prefixes of file names that go, */
	char *trim_path;   /* both separated by colons (view/path.h), owned; NULL: none */
	/*
	 * Label keys to show as frames, separated by commas, owned; NULL: none.
	 * Whoever builds the view puts them into its profile before
	 * (transform/tag_frames.h).
	 */
	char *tagroot, *tagleaf;
	bool by_class; /* the same with the hotspot class of each sample (extra_frames.h) */
	char *filters[FILTER_COUNT]; /* regular expressions, owned; NULL: none */
};

/* "focus", "tagfocus", ...: the option's name. */
extern const char *const view_filter_names[FILTER_COUNT];

/* A zeroed spec is valid: first value type, functions, no filter. */
void view_spec_clear(struct view_spec *spec);
void view_spec_copy(struct view_spec *to,
		    const struct view_spec *from); /* `to` is overwritten, not cleared */
bool view_spec_equal(const struct view_spec *a, const struct view_spec *b);

/* The filter's text, "" for none. */
const char *view_spec_filter(const struct view_spec *spec, enum view_filter filter);

/* Sets a filter; NULL or "" removes it. */
void view_spec_set_filter(struct view_spec *spec, enum view_filter filter, const char *expression);

/* Any filter that removes samples or frames? */
bool view_spec_filtered(const struct view_spec *spec);

#endif
