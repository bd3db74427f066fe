/* SPDX-License-Identifier: MIT */
/*
 * Files for https://www.speedscope.app, which many profilers write:
 *
 *     {"shared": {"frames": [{"name": "f", "file": "a.py", "line": 3}]},
 *      "profiles": [{"type": "sampled", "name": "...", "unit": "seconds",
 *                    "samples": [[0, 1]], "weights": [0.01]}]}
 *
 * Stacks are root first. Of "evented" profiles, frames open (O) and close (C)
 * at a time. Each unit is a type of values, all times are nanoseconds; where
 * profiles share a unit, they are threads, whose names become a label.
 */
#include "format/list.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/wrap.h"
#include "format/frame_table.h"
#include "format/json/json_stream.h"
#include "format/stack_list.h"

#ifdef HAVE_JSON_C

/* More profiles of one file are none: each is a thread. */
#define PROFILE_LIMIT (1 << 20)

struct member {
	string_id name;
	uint32_t unit; /* of units[] */
	size_t first;  /* stacks */
	size_t count, weights;
	double start, end;
	bool evented;
};

struct speedscope {
	struct builder *builder;
	struct json_stream stream;
	struct frame_table table;
	location_id *locations; /* of the file's frames */
	size_t frame_count, frame_capacity;
	struct member *members;
	size_t member_count, member_capacity;
	struct stack_list stacks; /* of frames, root first */
	double *weights;          /* by stack, in the file's unit */
	size_t weight_count, weight_capacity;
	uint32_t *path; /* of an evented profile: the frames that are open */
	size_t depth, path_capacity;
	double time;     /* of its last event */
	uint64_t active; /* the profile to show first */
	bool own;        /* written by ncprof: the profiles are named after what they count */
	bool rounded;
};

static const struct unit {
	const char *name, *type, *unit;
	double scale;
} units[] = {
	{"none", "samples", "count", 1},
	{"bytes", "space", "bytes", 1},
	{"nanoseconds", "wall", "nanoseconds", 1},
	{"microseconds", "wall", "nanoseconds", 1e3},
	{"milliseconds", "wall", "nanoseconds", 1e6},
	{"seconds", "wall", "nanoseconds", 1e9},
};

#define UNIT_COUNT (sizeof(units) / sizeof(units[0]))

/* Units that give one type of values have the number of the first of them. */
static uint32_t type_of_unit(uint32_t unit)
{
	return unit < 2 ? unit : 2;
}

#define TYPE_COUNT 3

/* --- Reading -------------------------------------------------------------------------------- */

static bool read_frames(struct speedscope *file, struct error *error)
{
	bool more;

	if (!json_stream_enter(&file->stream, '[', error))
		return false;
	for (;;) {
		struct json_object *frame;
		struct span name;
		location_id location;

		if (!json_stream_next(&file->stream, &more, error))
			return false;
		if (!more)
			return true;
		if (!json_stream_take(&file->stream, &frame, error))
			return false;
		name = json_get_text(frame, "name");
		location = frame_table_add(
			&file->table, span_is_empty(name) ? span_of("(anonymous)") : name,
			json_get_text(frame, "file"), json_get_integer(frame, "line", 0));
		array_push(file->locations, file->frame_count, file->frame_capacity, location);
		json_object_put(frame);
	}
}

static bool read_shared(struct speedscope *file, struct error *error)
{
	bool more;

	if (!json_stream_enter(&file->stream, '{', error))
		return false;
	do {
		if (!json_stream_next(&file->stream, &more, error))
			return false;
		if (more && !(json_stream_is(&file->stream, "frames")
				      ? read_frames(file, error)
				      : json_stream_skip(&file->stream, error)))
			return false;
	} while (more);
	return true;
}

/* A reference to a frame; what is none is beyond all of them. */
static uint32_t frame_number(struct json_object *value)
{
	int64_t number =
		json_object_is_type(value, json_type_int) ? json_object_get_int64(value) : -1;

	return number >= 0 && number < NONE ? (uint32_t)number : NONE;
}

static void add_weight(struct speedscope *file, double weight)
{
	array_push(file->weights, file->weight_count, file->weight_capacity, weight);
}

static bool read_samples(struct speedscope *file, struct member *member, struct error *error)
{
	bool more;

	if (!json_stream_enter(&file->stream, '[', error))
		return false;
	for (;;) {
		struct json_object *stack;

		if (!json_stream_next(&file->stream, &more, error))
			return false;
		if (!more)
			return true;
		if (!json_stream_take(&file->stream, &stack, error))
			return false;
		for (size_t i = 0; i < json_get_count(stack); i++)
			stack_list_push(&file->stacks,
					frame_number(json_object_array_get_idx(stack, i)));
		stack_list_end(&file->stacks);
		member->count++;
		json_object_put(stack);
	}
}

static bool read_weights(struct speedscope *file, struct member *member, struct error *error)
{
	struct json_object *weights;

	if (!json_stream_take(&file->stream, &weights, error))
		return false;
	for (size_t i = 0; i < json_get_count(weights); i++)
		add_weight(file, json_object_get_double(json_object_array_get_idx(weights, i)));
	member->weights += json_get_count(weights);
	json_object_put(weights);
	return true;
}

/* What is open since the last event took the time up to this one. */
static void spend(struct speedscope *file, struct member *member, double time)
{
	if (time > file->time && file->depth) {
		for (size_t i = 0; i < file->depth; i++)
			stack_list_push(&file->stacks, file->path[i]);
		stack_list_end(&file->stacks);
		add_weight(file, time - file->time);
		member->count++;
		member->weights++;
	}
	file->time = time;
}

/* A frame is closed with all that were opened in it. */
static void close_frame(struct speedscope *file, uint32_t frame)
{
	for (size_t i = file->depth; i-- > 0;) {
		if (file->path[i] == frame) {
			file->depth = i;
			return;
		}
	}
}

static bool read_events(struct speedscope *file, struct member *member, struct error *error)
{
	bool more;

	member->evented = true;
	file->depth = 0;
	file->time = 0;
	if (!json_stream_enter(&file->stream, '[', error))
		return false;
	for (;;) {
		struct json_object *event;
		uint32_t frame;

		if (!json_stream_next(&file->stream, &more, error))
			return false;
		if (!more)
			return true;
		if (!json_stream_take(&file->stream, &event, error))
			return false;
		frame = frame_number(json_get(event, "frame"));
		spend(file, member, json_get_real(event, "at"));
		if (span_equals(json_get_text(event, "type"), "O"))
			array_push(file->path, file->depth, file->path_capacity, frame);
		else
			close_frame(file, frame);
		json_object_put(event);
	}
}

static bool read_scalar(struct speedscope *file, struct member *member, struct error *error)
{
	struct json_object *value;

	if (!json_stream_take(&file->stream, &value, error))
		return false;
	if (json_stream_is(&file->stream, "name")) {
		member->name = builder_string(file->builder, json_object_get_string(value),
					      (size_t)json_object_get_string_len(value));
	} else if (json_stream_is(&file->stream, "unit")) {
		for (uint32_t i = 0; i < UNIT_COUNT; i++)
			if (json_object_is_type(value, json_type_string) &&
			    span_equals(span_of(json_object_get_string(value)), units[i].name))
				member->unit = i;
	} else if (json_stream_is(&file->stream, "endValue")) {
		member->end = json_object_get_double(value);
	}
	json_object_put(value);
	return true;
}

static bool read_profile_member(struct speedscope *file, struct member *member, struct error *error)
{
	char byte;

	if (!json_stream_peek(&file->stream, &byte, error))
		return false;
	if (byte == '[' && json_stream_is(&file->stream, "samples"))
		return read_samples(file, member, error);
	if (byte == '[' && json_stream_is(&file->stream, "weights"))
		return read_weights(file, member, error);
	if (byte == '[' && json_stream_is(&file->stream, "events"))
		return read_events(file, member, error);
	if (byte == '[' || byte == '{')
		return json_stream_skip(&file->stream, error);
	return read_scalar(file, member, error);
}

/* Stacks without a weight count 1, so that both lists go on together. */
static void complete(struct speedscope *file, struct member *member)
{
	if (member->evented && file->depth)
		spend(file, member, member->end);
	for (; member->weights < member->count; member->weights++)
		add_weight(file, 1);
	for (; member->count < member->weights; member->count++)
		stack_list_end(&file->stacks);
}

static bool read_profile(struct speedscope *file, struct error *error)
{
	struct member member = {.first = file->stacks.count};
	bool more;

	if (file->member_count == PROFILE_LIMIT)
		return error_set(error, "more than %d profiles; name a smaller file",
				 PROFILE_LIMIT);
	if (!json_stream_enter(&file->stream, '{', error))
		return false;
	do {
		if (!json_stream_next(&file->stream, &more, error) ||
		    (more && !read_profile_member(file, &member, error)))
			return false;
	} while (more);
	complete(file, &member);
	array_push(file->members, file->member_count, file->member_capacity, member);
	return true;
}

static bool read_profiles(struct speedscope *file, struct error *error)
{
	bool more;

	if (!json_stream_enter(&file->stream, '[', error))
		return false;
	for (;;) {
		if (!json_stream_next(&file->stream, &more, error))
			return false;
		if (!more)
			return true;
		if (!read_profile(file, error))
			return false;
	}
}

static bool read_exporter(struct speedscope *file, struct error *error)
{
	struct json_object *value;

	if (!json_stream_take(&file->stream, &value, error))
		return false;
	file->own = json_object_is_type(value, json_type_string) &&
		    span_starts(span_of(json_object_get_string(value)), "ncprof");
	json_object_put(value);
	return true;
}

static bool read_active(struct speedscope *file, struct error *error)
{
	struct json_object *value;

	if (!json_stream_take(&file->stream, &value, error))
		return false;
	file->active =
		json_object_is_type(value, json_type_int) ? json_object_get_uint64(value) : 0;
	json_object_put(value);
	return true;
}

static bool read_members(struct speedscope *file, struct error *error)
{
	bool more;

	if (!json_stream_enter(&file->stream, '{', error))
		return false;
	for (;;) {
		bool good;

		if (!json_stream_next(&file->stream, &more, error))
			return false;
		if (!more)
			return true;
		if (json_stream_is(&file->stream, "shared"))
			good = read_shared(file, error);
		else if (json_stream_is(&file->stream, "profiles"))
			good = read_profiles(file, error);
		else if (json_stream_is(&file->stream, "exporter"))
			good = read_exporter(file, error);
		else if (json_stream_is(&file->stream, "activeProfileIndex"))
			good = read_active(file, error);
		else
			good = json_stream_skip(&file->stream, error);
		if (!good)
			return false;
	}
}

/* --- Building ------------------------------------------------------------------------------- */

/* What the file has of each type: how many profiles, and the last of them. */
struct column {
	size_t profiles;
	const struct member *member;
	uint32_t number; /* of the value in a sample */
};

/*
 * Adds the types that occur. A profile alone in its unit is named after what
 * it counts if there are others, or we wrote it: "Memory", "Allocations".
 */
static uint32_t add_types(struct speedscope *file, struct column columns[TYPE_COUNT])
{
	struct builder *builder = file->builder;
	uint32_t count = 0;
	bool named = true;

	for (size_t i = 0; i < file->member_count; i++) {
		struct column *column = &columns[type_of_unit(file->members[i].unit)];

		column->profiles++;
		column->member = &file->members[i];
		named = named && column->profiles == 1;
	}
	named = named && (file->own || file->member_count > 1);
	for (size_t i = 0; i < TYPE_COUNT; i++) {
		const struct unit *unit = &units[i];

		if (!columns[i].profiles)
			continue;
		columns[i].number = count++;
		builder_type(builder,
			     named && columns[i].member->name ? columns[i].member->name
							      : builder_text(builder, unit->type),
			     builder_text(builder, unit->unit));
	}
	if (file->active < file->member_count)
		builder_profile(builder)->default_type =
			builder_profile(builder)
				->types[columns[type_of_unit(file->members[file->active].unit)]
						.number]
				.type;
	return count;
}

static int64_t scaled(struct speedscope *file, double weight, const struct unit *unit)
{
	double value = weight * unit->scale;

	if (!(fabs(value) < 0x1p62))
		return 0;
	file->rounded = file->rounded || (unit->scale < 2 && round(value) != value);
	return (int64_t)llround(value);
}

static bool add_stack(struct speedscope *file, const struct member *member, size_t number,
		      const struct column *column, uint32_t type_count, struct error *error)
{
	struct label label = {.key = builder_text(file->builder, "thread"), .text = member->name};
	int64_t values[TYPE_COUNT] = {0};
	size_t depth;
	uint32_t *stack = stack_list_get(&file->stacks, number, &depth);

	for (size_t i = 0; i < depth; i++) {
		if (stack[i] >= file->frame_count)
			return error_set(
				error,
				"a stack names frame %u, of which there are %zu; capture the profile again",
				stack[i], file->frame_count);
		stack[i] = file->locations[stack[i]];
	}
	for (size_t i = 0, k = depth; i + 1 < k; i++) {
		uint32_t root = stack[i];

		stack[i] = stack[--k];
		stack[k] = root;
	}
	values[column->number] = scaled(file, file->weights[number], &units[member->unit]);
	builder_sample(file->builder, stack, depth, values, type_count, &label,
		       column->profiles > 1 && member->name);
	return true;
}

static bool add_all(struct speedscope *file, struct error *error)
{
	struct column columns[TYPE_COUNT] = {0};
	uint32_t type_count = add_types(file, columns);

	if (!type_count)
		return error_set(error, "the file has no profiles; capture it again");
	for (size_t i = 0; i < file->member_count; i++) {
		const struct member *member = &file->members[i];
		const struct column *column = &columns[type_of_unit(member->unit)];

		for (size_t k = 0; k < member->count; k++)
			if (!add_stack(file, member, member->first + k, column, type_count, error))
				return false;
	}
	if (file->rounded)
		builder_warn(file->builder, "rounded the values that have fractions");
	return true;
}

static bool read_speedscope(struct input *input, struct builder *builder, struct error *error)
{
	struct speedscope file = {.builder = builder};
	bool good;

	json_stream_init(&file.stream, input);
	frame_table_init(&file.table, builder);
	file.table.mangled = true;
	good = read_members(&file, error) && add_all(&file, error);
	json_stream_clear(&file.stream);
	frame_table_clear(&file.table);
	stack_list_clear(&file.stacks);
	free(file.locations);
	free(file.members);
	free(file.weights);
	free(file.path);
	return good;
}

#else
#define read_speedscope json_unavailable
#endif

/* The schema may stand behind all else, and then the frames tell. */
static int probe_speedscope(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length};

	if (!json_is_object(head))
		return 0;
	if (span_find(head, "speedscope.app/file-format-schema"))
		return 92;
	return (json_has_key(head, "shared") && json_has_key(head, "frames")) ||
			       (json_has_key(head, "profiles") && json_has_key(head, "weights"))
		       ? 88
		       : 0;
}

const struct format format_speedscope = {
	.name = "speedscope",
	.summary = "speedscope JSON: py-spy, memray, pyinstrument and others",
	.probe = probe_speedscope,
	.read = read_speedscope,
};
