/* SPDX-License-Identifier: MIT */
/*
 * Copies of the parts of a profile into a builder, for transforms: each makes
 * a new profile and leaves the old one as it was. Mappings, functions and
 * locations keep their index; strings get new ids.
 */
#ifndef TRANSFORM_COPY_H
#define TRANSFORM_COPY_H

#include "profile/builder.h"

/* One copy under way. */
struct copy {
	const struct profile *from;
	struct builder *to;
	string_id *strings; /* by old id: the new one */
	/* Of the present sample. */
	location_id *stack;
	int64_t *values;
	struct label *labels;
	size_t stack_capacity, label_capacity;
};

/* Starts with the scalar fields, comments, warnings, mappings and functions. */
void copy_begin(struct copy *copy, const struct profile *from);

/* The same with other strings: that of id i is names[ids[i]]. */
void copy_begin_renamed(struct copy *copy, const struct profile *from, const struct strings *names,
			const string_id *ids);

/* The sample types as they are. */
void copy_types(struct copy *copy);

/* Adds a location with the frames [first, first + count) of the old one as lines. */
void copy_location(struct copy *copy, location_id id, uint32_t first, uint32_t count);

/* All locations as they are. */
void copy_locations(struct copy *copy);

/* The locations of an old sample, leaf first, in copy->stack; returns how many. */
size_t copy_stack(struct copy *copy, uint32_t sample);

/* The labels of an old sample in copy->labels; returns how many. */
size_t copy_labels(struct copy *copy, uint32_t sample);

/* Adds an old sample with its values and labels on the first `count` entries of `stack`. */
void copy_sample(struct copy *copy, uint32_t sample, const location_id *stack, size_t count);

/* The new profile; NULL with an error if it cannot be numbered. */
struct profile *copy_finish(struct copy *copy, struct error *error);

#endif
