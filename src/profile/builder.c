/* SPDX-License-Identifier: MIT */
#include "profile/builder.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"

/* Columns grow in the profile itself; their capacities stand here until the arena takes them over. */
struct builder {
	struct profile *profile;
	size_t path_count, paths, path_starts;
	size_t types, comments, mappings, functions, locations, frames, labels, label_starts,
		warnings;
	size_t samples; /* capacity of each column of values */
	uint32_t value_count;
	bool overflow; /* an id did not fit */
};

struct builder *builder_new(void)
{
	struct builder *builder = alloc_zero(1, sizeof(*builder));

	builder->profile = alloc_zero(1, sizeof(*builder->profile));
	strings_init(&builder->profile->strings, NULL);
	array_reserve(builder->profile->path_start, builder->path_starts, 1);
	builder->profile->path_start[0] = 0;
	return builder;
}

/* Everything that grew by itself now belongs to the profile's arena. */
static void adopt_columns(struct profile *profile, uint32_t value_count)
{
	void *columns[] = {profile->types,     profile->comments,     profile->mappings,
			   profile->functions, profile->locations,    profile->frames,
			   profile->labels,    profile->label_start,  profile->warnings,
			   profile->values,    profile->paths.narrow, profile->paths.wide,
			   profile->path_start};

	for (size_t i = 0; i < COUNT(columns); i++)
		arena_adopt(&profile->arena, columns[i]);
	for (uint32_t i = 0; profile->values && i < value_count; i++)
		arena_adopt(&profile->arena, profile->values[i]);
	for (uint32_t i = 0; i < profile->warning_count; i++)
		arena_adopt(&profile->arena, profile->warnings[i]);
}

void builder_free(struct builder *builder)
{
	if (!builder)
		return;
	adopt_columns(builder->profile, builder->value_count);
	profile_free(builder->profile);
	free(builder);
}

struct profile *builder_profile(struct builder *builder)
{
	return builder->profile;
}

string_id builder_string(struct builder *builder, const char *bytes, size_t length)
{
	return strings_add(&builder->profile->strings, bytes, length);
}

string_id builder_text(struct builder *builder, const char *text)
{
	return builder_string(builder, text, strlen(text));
}

void builder_type(struct builder *builder, string_id type, string_id unit)
{
	struct profile *profile = builder->profile;

	array_push(profile->types, profile->type_count, builder->types,
		   ((struct value_type){type, unit}));
}

void builder_comment(struct builder *builder, string_id comment)
{
	struct profile *profile = builder->profile;

	array_push(profile->comments, profile->comment_count, builder->comments, comment);
}

mapping_id builder_mapping(struct builder *builder, const struct mapping *mapping)
{
	struct profile *profile = builder->profile;

	array_push(profile->mappings, profile->mapping_count, builder->mappings, *mapping);
	return profile->mapping_count - 1;
}

function_id builder_function(struct builder *builder, const struct function *function)
{
	struct profile *profile = builder->profile;

	array_push(profile->functions, profile->function_count, builder->functions, *function);
	return profile->function_count - 1;
}

location_id builder_location(struct builder *builder, const struct location *location,
			     const struct line *lines, uint32_t line_count)
{
	struct profile *profile = builder->profile;
	location_id id = profile->location_count;
	struct location *added;

	array_push(profile->locations, profile->location_count, builder->locations, *location);
	added = &profile->locations[id];
	added->first_frame = profile->frame_count;
	added->line_count = line_count;
	for (uint32_t i = 0; i < line_count; i++)
		array_push(profile->frames, profile->frame_count, builder->frames,
			   ((struct frame){id, lines[i].function, lines[i].line, lines[i].column}));
	if (line_count == 0)
		array_push(profile->frames, profile->frame_count, builder->frames,
			   ((struct frame){id, NONE, 0, 0}));
	return id;
}

static void add_labels(struct builder *builder, const struct label *labels, size_t count)
{
	struct profile *profile = builder->profile;

	/* The column exists from the first label on; samples before it have none. */
	if (!profile->label_start && !count)
		return;
	array_reserve(profile->label_start, builder->label_starts,
		      (size_t)profile->sample_count + 2);
	if (!profile->label_count)
		memset(profile->label_start, 0,
		       ((size_t)profile->sample_count + 1) * sizeof(*profile->label_start));
	if (count > NONE - (size_t)profile->label_count) {
		builder->overflow = true;
		count = 0;
	}
	for (size_t i = 0; i < count; i++)
		array_push(profile->labels, profile->label_count, builder->labels, labels[i]);
	profile->label_start[profile->sample_count + 1] = profile->label_count;
}

/* All locations so far and to come take 32 bits. */
static void widen_paths(struct builder *builder)
{
	struct path_column *paths = &builder->profile->paths;

	if (paths->wide)
		return;
	paths->wide = alloc_resize(NULL, builder->paths, sizeof(*paths->wide));
	for (size_t i = 0; i < builder->path_count; i++)
		paths->wide[i] = paths->narrow[i];
	free(paths->narrow);
	paths->narrow = NULL;
}

/* locations leaf first; the column has them root first. */
static void add_path(struct builder *builder, const location_id *locations, size_t count)
{
	struct path_column *paths = &builder->profile->paths;
	size_t end = builder->path_count + count;
	location_id all = 0;

	if (!paths->wide) {
		uint16_t *to;

		array_reserve(paths->narrow, builder->paths, end + 1);
		to = paths->narrow + end;
		for (size_t i = 0; i < count; i++) {
			all |= locations[i];
			*--to = (uint16_t)locations[i];
		}
		if (all > UINT16_MAX)
			widen_paths(builder);
	}
	if (paths->wide) {
		location_id *to;

		array_reserve(paths->wide, builder->paths, end);
		to = paths->wide + end;
		for (size_t i = 0; i < count; i++)
			*--to = locations[i];
	}
	builder->path_count = end;
}

void builder_sample(struct builder *builder, const location_id *locations, size_t location_count,
		    const int64_t *values, uint32_t value_count, const struct label *labels,
		    size_t label_count)
{
	struct profile *profile = builder->profile;

	if (profile->sample_count >= NONE - 1 || location_count >= NONE - builder->path_count) {
		builder->overflow = true;
		return;
	}
	add_path(builder, locations, location_count);
	array_reserve(profile->path_start, builder->path_starts, (size_t)profile->sample_count + 2);
	profile->path_start[profile->sample_count + 1] = (uint32_t)builder->path_count;

	if (!profile->values) {
		builder->value_count = value_count;
		profile->values = alloc_zero(value_count, sizeof(*profile->values));
	}
	if (profile->sample_count == builder->samples) {
		size_t capacity = builder->samples + builder->samples / 2 + 1024;

		for (uint32_t i = 0; i < value_count; i++)
			profile->values[i] = alloc_resize(profile->values[i], capacity,
							  sizeof(**profile->values));
		builder->samples = capacity;
	}
	for (uint32_t i = 0; i < value_count; i++)
		profile->values[i][profile->sample_count] = values[i];
	add_labels(builder, labels, label_count);
	profile->sample_count++;
}

void builder_map_locations(struct builder *builder, const location_id *map, size_t count)
{
	struct path_column *paths = &builder->profile->paths;

	for (size_t i = 0; i < count; i++)
		if (map[i] != NONE && map[i] > UINT16_MAX)
			widen_paths(builder);
	for (size_t i = 0; i < builder->path_count; i++) {
		location_id old = path_column_at(paths, (uint32_t)i);

		if (old >= count)
			continue;
		if (paths->wide)
			paths->wide[i] = map[old];
		else
			paths->narrow[i] = (uint16_t)map[old];
	}
}

struct label *builder_labels(struct builder *builder, size_t *count)
{
	*count = builder->profile->label_count;
	return builder->profile->labels;
}

void builder_warn(struct builder *builder, const char *format, ...)
{
	struct profile *profile = builder->profile;
	char *warning;
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vasprintf(&warning, format, arguments);
	va_end(arguments);
	if (length < 0)
		alloc_fail(0);
	array_push(profile->warnings, profile->warning_count, builder->warnings, warning);
}

/* pprof gives a profile without mappings an empty one, and patterns see its empty name. */
static void add_mapping(struct builder *builder)
{
	struct profile *profile = builder->profile;

	if (profile->mapping_count)
		return;
	builder_mapping(builder, &(struct mapping){.id = 1});
	for (location_id i = 0; i < profile->location_count; i++)
		profile->locations[i].mapping = 0;
}

struct profile *builder_finish(struct builder *builder, struct error *error)
{
	struct profile *profile = builder->profile;

	if (builder->overflow) {
		error_set(
			error,
			"more than 4 thousand million samples, labels or locations of samples; capture "
			"a shorter profile");
		builder_free(builder);
		return NULL;
	}
	if (!profile->values)
		profile->values = alloc_zero(profile->type_count, sizeof(*profile->values));
	add_mapping(builder);
	adopt_columns(profile, builder->value_count);
	free(builder);
	return profile;
}
