/* SPDX-License-Identifier: MIT */
/*
 * A profile: immutable columns that all views read. It is made by a builder and
 * freed with profile_free. References between columns are indices; NONE means
 * none.
 *
 * The stack of a sample is a path: a range of one long column of locations, root
 * first. A frame is one line of a location, or a location without lines; the
 * frames of a location are adjacent, the innermost inlined function first. All
 * views read the paths.
 */
#ifndef PROFILE_PROFILE_H
#define PROFILE_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "profile/ids.h"
#include "profile/mem_stats.h"
#include "profile/runtime_log.h"
#include "profile/strings.h"

struct trace;

struct value_type {
	string_id type, unit;
};

struct mapping {
	uint64_t id, start, limit, offset;
	string_id file, build_id;
	bool has_functions, has_filenames, has_line_numbers, has_inline_frames;
};

struct function {
	uint64_t id;
	string_id name, system_name, file;
	int64_t start_line;
};

struct location {
	uint64_t id, address;
	mapping_id mapping;   /* NONE: unknown */
	frame_id first_frame; /* innermost; max(1, line_count) frames */
	uint32_t line_count;
	bool folded;
};

struct frame {
	location_id location;
	function_id function; /* NONE: the location has no lines */
	int64_t line, column;
};

/* A string label if text != NONE, otherwise a number. */
struct label {
	string_id key, text, unit;
	int64_t number;
};

/* The locations of all paths, one after the other, in 16 bits as long as all numbers fit. */
struct path_column {
	uint16_t *narrow;
	location_id *wide; /* in use if not NULL */
};

struct profile {
	struct arena arena;
	struct strings strings;

	struct value_type *types; /* of the values of a sample */
	uint32_t type_count;
	string_id default_type; /* default_sample_type as written, 0 when absent */
	struct value_type period_type;
	bool has_period_type;
	int64_t period, time_nanos, duration_nanos;
	string_id drop_frames, keep_frames, doc_url;
	string_id *comments;
	uint32_t comment_count;

	struct mapping *mappings;
	struct function *functions;
	struct location *locations;
	struct frame *frames;
	uint32_t mapping_count, function_count, location_count, frame_count;

	/* Samples in the order of the file. */
	struct path_column paths;
	uint32_t *path_start; /* of sample i: [path_start[i], path_start[i + 1]), root first */
	int64_t **values;     /* [type][sample] */
	uint32_t *
		label_start; /* labels of i: [label_start[i], label_start[i + 1]); NULL: no labels at all */
	struct label *labels;
	uint32_t sample_count, label_count;

	struct mem_stats *mem_stats;     /* in the arena; NULL: the file has none */
	struct runtime_log *runtime_log; /* likewise */
	struct trace *trace;             /* shared; NULL: the file is no execution trace of Go */

	char **warnings; /* what readers tolerated, to be shown to the user */
	uint32_t warning_count;
};

void profile_free(struct profile *profile);

struct error;

static inline const char *profile_text(const struct profile *profile, string_id id)
{
	return strings_text(&profile->strings, id);
}

static inline location_id path_column_at(const struct path_column *paths, uint32_t at)
{
	return paths->wide ? paths->wide[at] : paths->narrow[at];
}

/* Returns the location at an index of the path column. */
static inline location_id profile_location(const struct profile *profile, uint32_t at)
{
	return path_column_at(&profile->paths, at);
}

/* True for the frame of a location that is nearest the root; the others are inlined into it. */
static inline bool frame_is_outermost(const struct profile *profile, frame_id frame)
{
	const struct location *location = &profile->locations[profile->frames[frame].location];

	return location->line_count == 0 ||
	       frame == location->first_frame + location->line_count - 1;
}

/* Does the sample have this string label? `key` and `text` may be NONE, which never match. */
static inline bool profile_has_label(const struct profile *profile, uint32_t sample, string_id key,
				     string_id text)
{
	if (!profile->label_start || key == NONE || text == NONE)
		return false;
	for (uint32_t i = profile->label_start[sample]; i < profile->label_start[sample + 1]; i++)
		if (profile->labels[i].key == key && profile->labels[i].text == text)
			return true;
	return false;
}

/*
 * Finds a value type by name, as pprof does: "" is the default type, or else the
 * last; a number is an index; "inuse_" may be omitted from a name. Returns false
 * with an error that lists the types.
 */
bool profile_find_type(const struct profile *profile, const char *name, uint32_t *type,
		       struct error *error);

#endif
