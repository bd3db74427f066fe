/* SPDX-License-Identifier: MIT */
/*
 * The CPU profiles of V8, as node --cpu-prof and Chrome's developer tools
 * write them (.cpuprofile):
 *
 *     {"nodes": [{"id": 1, "callFrame": {...}, "hitCount": 0, "children": [2]}],
 *      "startTime": 1, "endTime": 9, "samples": [1, 2], "timeDeltas": [4, 3]}
 *
 * Each sample names the node it was taken in, and stands for the time up to
 * the next one (microseconds).
 */
#include "format/list.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/wrap.h"
#include "format/json/v8_tree.h"

#ifdef HAVE_JSON_C

struct cpuprofile {
	struct json_stream stream;
	struct v8_tree tree;
	int64_t *samples, *deltas; /* ids; times */
	size_t sample_count, sample_capacity, delta_count, delta_capacity;
	int64_t start, end;
};

static bool read_node(struct cpuprofile *profile, struct error *error)
{
	struct json_object *object, *children;
	struct v8_node *node;
	location_id location;
	uint32_t number;
	int64_t id;

	if (!json_stream_take(&profile->stream, &object, error))
		return false;
	id = json_get_integer(object, "id", 0);
	location = v8_tree_frame(&profile->tree, json_get(object, "callFrame"));
	node = v8_tree_node(&profile->tree, (uint64_t)id);
	number = (uint32_t)(node - profile->tree.nodes);
	node->location = location;
	node->values[0] = json_get_integer(object, "hitCount", 0);
	if (json_get(object, "parent"))
		node->parent =
			(uint32_t)(v8_tree_node(&profile->tree,
						(uint64_t)json_get_integer(object, "parent", 0)) -
				   profile->tree.nodes);
	children = json_get(object, "children");
	for (size_t i = 0; i < json_get_count(children); i++) {
		struct json_object *child = json_object_array_get_idx(children, i);

		v8_tree_node(&profile->tree, (uint64_t)json_object_get_int64(child))->parent =
			number;
	}
	json_object_put(object);
	return true;
}

static bool read_nodes(struct cpuprofile *profile, struct error *error)
{
	bool more;

	if (!json_stream_enter(&profile->stream, '[', error))
		return false;
	while (json_stream_next(&profile->stream, &more, error)) {
		if (!more)
			return true;
		if (!read_node(profile, error))
			return false;
	}
	return false;
}

static bool read_numbers(struct cpuprofile *profile, int64_t **numbers, size_t *count,
			 size_t *capacity, struct error *error)
{
	struct json_object *array;

	if (!json_stream_take(&profile->stream, &array, error))
		return false;
	for (size_t i = 0; i < json_get_count(array); i++)
		array_push(*numbers, *count, *capacity,
			   json_object_get_int64(json_object_array_get_idx(array, i)));
	json_object_put(array);
	return true;
}

static bool read_time(struct cpuprofile *profile, int64_t *time, struct error *error)
{
	struct json_object *value;

	if (!json_stream_take(&profile->stream, &value, error))
		return false;
	*time = json_object_get_int64(value);
	json_object_put(value);
	return true;
}

static bool read_member(struct cpuprofile *profile, struct error *error)
{
	if (json_stream_is(&profile->stream, "nodes"))
		return read_nodes(profile, error);
	if (json_stream_is(&profile->stream, "samples"))
		return read_numbers(profile, &profile->samples, &profile->sample_count,
				    &profile->sample_capacity, error);
	if (json_stream_is(&profile->stream, "timeDeltas"))
		return read_numbers(profile, &profile->deltas, &profile->delta_count,
				    &profile->delta_capacity, error);
	if (json_stream_is(&profile->stream, "startTime"))
		return read_time(profile, &profile->start, error);
	if (json_stream_is(&profile->stream, "endTime"))
		return read_time(profile, &profile->end, error);
	return json_stream_skip(&profile->stream, error);
}

/* What each node was seen, and for how long; without samples there are only the counts of the nodes. */
static void add_times(struct cpuprofile *profile)
{
	int64_t time = profile->start;

	if (!profile->sample_count)
		return;
	for (size_t i = 0; i < profile->tree.count; i++)
		profile->tree.nodes[i].values[0] = 0;
	for (size_t i = 0; i < profile->sample_count; i++) {
		struct v8_node *node = v8_tree_node(&profile->tree, (uint64_t)profile->samples[i]);
		int64_t length = 0;

		if (i < profile->delta_count)
			time = wrap_add(time, profile->deltas[i]);
		if (i + 1 < profile->delta_count)
			length = profile->deltas[i + 1];
		else if (profile->end > time)
			length = profile->end - time;
		node->values[0]++;
		node->values[1] = wrap_add(node->values[1], length);
	}
}

static bool read_profile(struct cpuprofile *profile, struct error *error)
{
	struct builder *builder = profile->tree.builder;
	struct profile *built = builder_profile(builder);
	bool more;

	if (!json_stream_enter(&profile->stream, '{', error))
		return false;
	do {
		if (!json_stream_next(&profile->stream, &more, error) ||
		    (more && !read_member(profile, error)))
			return false;
	} while (more);
	add_times(profile);
	builder_type(builder, builder_text(builder, "samples"), builder_text(builder, "count"));
	builder_type(builder, builder_text(builder, "wall"), builder_text(builder, "microseconds"));
	built->default_type = builder_text(builder, profile->delta_count ? "wall" : "samples");
	if (profile->end > profile->start && profile->end - profile->start < INT64_MAX / 1000)
		built->duration_nanos = (profile->end - profile->start) * 1000;
	return v8_tree_add_samples(&profile->tree, 2, error);
}

static bool read_cpuprofile(struct input *input, struct builder *builder, struct error *error)
{
	struct cpuprofile profile = {0};
	bool good;

	json_stream_init(&profile.stream, input);
	v8_tree_init(&profile.tree, builder);
	good = read_profile(&profile, error);
	json_stream_clear(&profile.stream);
	v8_tree_clear(&profile.tree);
	free(profile.samples);
	free(profile.deltas);
	return good;
}

#else
#define read_cpuprofile json_unavailable
#endif

static int probe_cpuprofile(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length};

	if (!json_is_object(head))
		return 0;
	return json_has_key(head, "nodes") &&
			       (json_has_key(head, "callFrame") || json_has_key(head, "hitCount"))
		       ? 90
		       : 0;
}

const struct format format_cpuprofile = {
	.name = "cpuprofile",
	.summary = "CPU profile of V8 (.cpuprofile): node --cpu-prof, Chrome",
	.probe = probe_cpuprofile,
	.read = read_cpuprofile,
};
