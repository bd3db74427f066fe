/* SPDX-License-Identifier: MIT */
/*
 * Chrome's trace events, as far as they carry stacks: as object or as array,
 * whose end may be missing.
 *
 *     {"name": "work", "ph": "B", "pid": 1, "tid": 2, "ts": 99142, "args": {...}}
 *
 * B and E begin and end a call, X is one with its duration ("dur"); times are
 * microseconds. py-spy puts "filename" and "line" into args. Where V8's
 * sampling profiler was on (ProfileChunk), its samples are the profile.
 */
#include "format/list.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/wrap.h"
#include "format/json/trace_stacks.h"
#include "format/json/v8_tree.h"

#ifdef HAVE_JSON_C

struct thread_key {
	string_id process, thread;
};

struct trace {
	struct builder *builder;
	struct json_stream stream;
	struct intern threads; /* of thread_key */
	string_id *names;      /* by thread; 0: none */
	size_t name_count, name_capacity;
	struct trace_stacks stacks;
	struct v8_tree tree;
	struct strings profiles; /* ids of V8's profiles */
	uint64_t *last;          /* by profile: id of the node of its last sample */
	size_t last_count, last_capacity;
	uint64_t samples; /* of V8 */
	uint32_t event_count;
};

/* The number or text of a member as a string of the profile. */
static string_id id_text(struct trace *trace, struct json_object *event, const char *key)
{
	struct json_object *value = json_get(event, key);
	char text[32];

	if (json_object_is_type(value, json_type_string))
		return builder_string(trace->builder, json_object_get_string(value),
				      (size_t)json_object_get_string_len(value));
	snprintf(text, sizeof(text), "%lld", (long long)json_object_get_int64(value));
	return builder_text(trace->builder, text);
}

static uint32_t thread_of(struct trace *trace, struct json_object *event)
{
	struct thread_key key = {id_text(trace, event, "pid"), id_text(trace, event, "tid")};
	uint32_t number = intern_add(&trace->threads, &key);

	array_reserve(trace->names, trace->name_capacity, (size_t)number + 1);
	while (trace->name_count <= number)
		trace->names[trace->name_count++] = 0;
	return number;
}

/* Microseconds, in any fractions, as nanoseconds. */
static int64_t time_of(struct json_object *event, const char *key)
{
	double time = json_get_real(event, key) * 1000;

	return fabs(time) < 0x1p62 ? (int64_t)llround(time) : 0;
}

static location_id location_of(struct trace *trace, struct json_object *event)
{
	struct json_object *args = json_get(event, "args");
	struct span name = json_get_text(event, "name");

	return frame_table_add(&trace->tree.frames,
			       span_is_empty(name) ? span_of("(anonymous)") : name,
			       json_get_text(args, "filename"), json_get_integer(args, "line", 0));
}

static void add_call(struct trace *trace, struct json_object *event, enum trace_event_kind kind)
{
	struct trace_event call = {
		.kind = kind,
		.thread = thread_of(trace, event),
		.time = time_of(event, "ts"),
		.length = kind == TRACE_WHOLE ? time_of(event, "dur") : 0,
		.location = location_of(trace, event),
		.number = trace->event_count,
	};

	trace_stacks_add(&trace->stacks, &call);
}

static void name_thread(struct trace *trace, struct json_object *event)
{
	struct span name = json_get_text(json_get(event, "args"), "name");
	uint32_t thread;

	if (!span_equals(json_get_text(event, "name"), "thread_name") || span_is_empty(name))
		return;
	thread = thread_of(trace, event);
	trace->names[thread] = builder_string(trace->builder, name.at, span_length(name));
}

/* --- Samples of V8 -------------------------------------------------------------------------- */

/* Profiles of several threads number their nodes alike. */
static uint64_t v8_id(uint32_t profile, int64_t id)
{
	return (uint64_t)profile << 32 | (uint32_t)id;
}

static uint32_t profile_of(struct trace *trace, struct json_object *event)
{
	string_id id = id_text(trace, event, "id");
	const char *text = profile_text(builder_profile(trace->builder), id);
	uint32_t number = strings_add_text(&trace->profiles, text);

	array_reserve(trace->last, trace->last_capacity, (size_t)number + 1);
	while (trace->last_count <= number)
		trace->last[trace->last_count++] = 0;
	return number;
}

static void add_nodes(struct trace *trace, uint32_t profile, struct json_object *nodes)
{
	for (size_t i = 0; i < json_get_count(nodes); i++) {
		struct json_object *object = json_object_array_get_idx(nodes, i);
		location_id location = v8_tree_frame(&trace->tree, json_get(object, "callFrame"));
		uint32_t parent = NONE;
		struct v8_node *node;

		if (json_get(object, "parent"))
			parent = (uint32_t)(v8_tree_node(
						    &trace->tree,
						    v8_id(profile,
							  json_get_integer(object, "parent", 0))) -
					    trace->tree.nodes);
		node = v8_tree_node(&trace->tree,
				    v8_id(profile, json_get_integer(object, "id", 0)));
		node->location = location;
		node->parent = parent;
	}
}

/* A delta is the time since the sample before, which that sample stands for. */
static void add_chunk(struct trace *trace, struct json_object *event)
{
	struct json_object *data = json_get(json_get(event, "args"), "data");
	struct json_object *samples = json_get(json_get(data, "cpuProfile"), "samples");
	struct json_object *deltas = json_get(data, "timeDeltas");
	uint32_t profile = profile_of(trace, event);

	add_nodes(trace, profile, json_get(json_get(data, "cpuProfile"), "nodes"));
	for (size_t i = 0; i < json_get_count(samples); i++) {
		uint64_t id = v8_id(profile,
				    json_object_get_int64(json_object_array_get_idx(samples, i)));
		struct v8_node *node;

		if (trace->last[profile] && i < json_get_count(deltas)) {
			node = v8_tree_node(&trace->tree, trace->last[profile]);
			node->values[1] = wrap_add(
				node->values[1],
				json_object_get_int64(json_object_array_get_idx(deltas, i)));
		}
		v8_tree_node(&trace->tree, id)->values[0]++;
		trace->last[profile] = id;
		trace->samples++;
	}
}

/* --- The file --------------------------------------------------------------------------------- */

static void add_event(struct trace *trace, struct json_object *event)
{
	struct span phase = json_get_text(event, "ph");

	trace->event_count++;
	if (span_equals(phase, "B"))
		add_call(trace, event, TRACE_BEGIN);
	else if (span_equals(phase, "E"))
		add_call(trace, event, TRACE_END);
	else if (span_equals(phase, "X"))
		add_call(trace, event, TRACE_WHOLE);
	else if (span_equals(phase, "M"))
		name_thread(trace, event);
	else if (span_equals(json_get_text(event, "name"), "ProfileChunk"))
		add_chunk(trace, event);
}

static bool read_events(struct trace *trace, struct error *error)
{
	bool more;

	if (!json_stream_enter(&trace->stream, '[', error))
		return false;
	for (;;) {
		struct json_object *event;

		if (!json_stream_next(&trace->stream, &more, error))
			return false;
		if (!more)
			return true;
		if (!json_stream_take(&trace->stream, &event, error))
			return false;
		add_event(trace, event);
		json_object_put(event);
	}
}

static bool read_object(struct trace *trace, struct error *error)
{
	bool more;

	if (!json_stream_enter(&trace->stream, '{', error))
		return false;
	do {
		if (!json_stream_next(&trace->stream, &more, error))
			return false;
		if (more && !(json_stream_is(&trace->stream, "traceEvents")
				      ? read_events(trace, error)
				      : json_stream_skip(&trace->stream, error)))
			return false;
	} while (more);
	return true;
}

static size_t thread_labels(void *context, uint32_t thread, struct label *labels)
{
	struct trace *trace = context;
	const struct thread_key *key = intern_key(&trace->threads, thread);
	size_t count = 0;

	labels[count++] =
		(struct label){.key = builder_text(trace->builder, "pid"), .text = key->process};
	labels[count++] =
		(struct label){.key = builder_text(trace->builder, "tid"), .text = key->thread};
	if (trace->names[thread])
		labels[count++] = (struct label){.key = builder_text(trace->builder, "thread"),
						 .text = trace->names[thread]};
	return count;
}

static bool build(struct trace *trace, struct error *error)
{
	struct builder *builder = trace->builder;

	if (trace->samples) {
		builder_type(builder, builder_text(builder, "samples"),
			     builder_text(builder, "count"));
		builder_type(builder, builder_text(builder, "wall"),
			     builder_text(builder, "microseconds"));
		return v8_tree_add_samples(&trace->tree, 2, error);
	}
	if (!trace->stacks.count)
		return error_set(error,
				 "the trace has no calls (events B, E and X) and no samples of V8; "
				 "ui.perfetto.dev shows what it has");
	builder_type(builder, builder_text(builder, "wall"), builder_text(builder, "nanoseconds"));
	trace_stacks_build(&trace->stacks, builder, thread_labels, trace);
	return true;
}

static bool read_file(struct trace *trace, struct error *error)
{
	struct error problem;
	bool good;
	char byte;

	if (!json_stream_peek(&trace->stream, &byte, error))
		return false;
	good = byte == '[' ? read_events(trace, &problem) : read_object(trace, &problem);
	/* Whoever writes a trace while it happens may leave out the end. */
	if (!good && !(trace->stream.cut && trace->event_count))
		return error_set(error, "%s", problem.message);
	if (!good)
		builder_warn(trace->builder,
			     "the trace ends behind event %u, without its last bracket",
			     trace->event_count);
	return build(trace, error);
}

static bool read_chrome_trace(struct input *input, struct builder *builder, struct error *error)
{
	struct trace trace = {.builder = builder};
	bool good;

	json_stream_init(&trace.stream, input);
	v8_tree_init(&trace.tree, builder);
	intern_init(&trace.threads, sizeof(struct thread_key));
	strings_init(&trace.profiles, NULL);
	good = read_file(&trace, error);
	json_stream_clear(&trace.stream);
	v8_tree_clear(&trace.tree);
	intern_clear(&trace.threads);
	strings_clear(&trace.profiles);
	trace_stacks_clear(&trace.stacks);
	free(trace.names);
	free(trace.last);
	return good;
}

#else
#define read_chrome_trace json_unavailable
#endif

static int probe_chrome_trace(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length};

	if (json_is_object(head) && json_has_key(head, "traceEvents"))
		return 90;
	return json_is_array(head) && json_has_key(head, "ph") &&
			       (json_has_key(head, "ts") || json_has_key(head, "pid"))
		       ? 88
		       : 0;
}

const struct format format_chrome_trace = {
	.name = "chrome_trace",
	.summary = "trace events of Chrome with stacks: py-spy chrometrace, Node",
	.probe = probe_chrome_trace,
	.read = read_chrome_trace,
};
