/* SPDX-License-Identifier: MIT */
/*
 * The only way to make a profile; every format reader and transform uses it. Add
 * strings first, then what refers to them:
 *
 *     struct builder *b = builder_new();
 *     builder_type(b, builder_text(b, "samples"), builder_text(b, "count"));
 *     function_id f = builder_function(b, &(struct function){...});
 *     location_id l = builder_location(b, &(struct location){...}, &(struct line){f, 12, 0}, 1);
 *     builder_sample(b, &l, 1, &value, 1, NULL, 0);
 *     struct profile *p = builder_finish(b, error);      (b is gone)
 *
 * A sample may refer to locations that are added later: readers of formats with
 * arbitrary order number locations themselves and renumber them with
 * builder_map_locations.
 */
#ifndef PROFILE_BUILDER_H
#define PROFILE_BUILDER_H

#include "base/error.h"
#include "profile/profile.h"

struct builder;

/* One line of a location, innermost inlined function first. */
struct line {
	function_id function;
	int64_t line, column;
};

struct builder *builder_new(void);
void builder_free(struct builder *builder); /* may be NULL */

/* The profile being built, for its scalar fields (period, time_nanos, ...). */
struct profile *builder_profile(struct builder *builder);

string_id builder_string(struct builder *builder, const char *bytes, size_t length);
string_id builder_text(struct builder *builder, const char *text);

void builder_type(struct builder *builder, string_id type, string_id unit);
void builder_comment(struct builder *builder, string_id comment);
mapping_id builder_mapping(struct builder *builder, const struct mapping *mapping);
function_id builder_function(struct builder *builder, const struct function *function);

/* first_frame and line_count of `location` are set here. */
location_id builder_location(struct builder *builder, const struct location *location,
			     const struct line *lines, uint32_t line_count);

/*
 * Locations are leaf first. Every sample has the same number of values, one for
 * each type (types may be added later). `labels` may be NULL.
 */
void builder_sample(struct builder *builder, const location_id *locations, size_t location_count,
		    const int64_t *values, uint32_t value_count, const struct label *labels,
		    size_t label_count);

/* Replaces location id i by map[i] in all samples so far; `map` has `count` entries. */
void builder_map_locations(struct builder *builder, const location_id *map, size_t count);

/* The labels of all samples so far, for formats whose strings come last. */
struct label *builder_labels(struct builder *builder, size_t *count);

/* Adds a warning for the user. */
void builder_warn(struct builder *builder, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Returns the finished profile and frees the builder. Every location id must be
 * defined by now. NULL with an error if something does not fit in 32 bits.
 */
struct profile *builder_finish(struct builder *builder, struct error *error);

#endif
