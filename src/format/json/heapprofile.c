/* SPDX-License-Identifier: MIT */
/*
 * The sampled heaps of V8, as node --heap-prof and Chrome's developer tools
 * write them (.heapprofile): a tree of calls, each with the bytes that it
 * allocated itself and that are in use.
 *
 *     {"head": {"callFrame": {...}, "selfSize": 24, "id": 1, "children": [...]}}
 *
 * The tree is as deep as the stacks were, so it is walked, not taken.
 */
#include "format/list.h"

#include <stdlib.h>

#include "base/array.h"
#include "format/json/v8_tree.h"

#ifdef HAVE_JSON_C

struct heapprofile {
	struct json_stream stream;
	struct v8_tree tree;
	uint32_t *path; /* nodes whose objects are open, the root first */
	size_t depth, path_capacity;
};

/* Enters the object of a node; nodes are numbered as they come, as ids may be missing. */
static bool begin_node(struct heapprofile *heap, struct error *error)
{
	uint32_t number = (uint32_t)heap->tree.count;

	if (!json_stream_enter(&heap->stream, '{', error))
		return false;
	v8_tree_node(&heap->tree, number)->parent =
		heap->depth ? heap->path[heap->depth - 1] : NONE;
	array_push(heap->path, heap->depth, heap->path_capacity, number);
	return true;
}

/* A member of the innermost node; *entered if that is its list of children. */
static bool read_member(struct heapprofile *heap, bool *entered, struct error *error)
{
	uint32_t number = heap->path[heap->depth - 1];
	struct json_object *value;

	*entered = json_stream_is(&heap->stream, "children");
	if (*entered)
		return json_stream_enter(&heap->stream, '[', error);
	if (!json_stream_is(&heap->stream, "callFrame") &&
	    !json_stream_is(&heap->stream, "selfSize"))
		return json_stream_skip(&heap->stream, error);
	if (!json_stream_take(&heap->stream, &value, error))
		return false;
	if (json_stream_is(&heap->stream, "callFrame"))
		heap->tree.nodes[number].location = v8_tree_frame(&heap->tree, value);
	else
		heap->tree.nodes[number].values[0] = json_object_get_int64(value);
	json_object_put(value);
	return true;
}

/* Reads a node and all below it: objects of nodes and lists of children take turns. */
static bool read_tree(struct heapprofile *heap, struct error *error)
{
	bool more, in_list = false;

	if (!begin_node(heap, error))
		return false;
	while (heap->depth) {
		if (!json_stream_next(&heap->stream, &more, error))
			return false;
		if (in_list) {
			if (more && !begin_node(heap, error))
				return false;
			in_list = false;
		} else if (!more) {
			heap->depth--;
			in_list = heap->depth > 0;
		} else if (!read_member(heap, &in_list, error)) {
			return false;
		}
	}
	return true;
}

static bool read_profile(struct heapprofile *heap, struct error *error)
{
	struct builder *builder = heap->tree.builder;
	bool more;

	if (!json_stream_enter(&heap->stream, '{', error))
		return false;
	do {
		if (!json_stream_next(&heap->stream, &more, error))
			return false;
		if (more && !(json_stream_is(&heap->stream, "head")
				      ? read_tree(heap, error)
				      : json_stream_skip(&heap->stream, error)))
			return false;
	} while (more);
	builder_type(builder, builder_text(builder, "inuse_space"), builder_text(builder, "bytes"));
	return v8_tree_add_samples(&heap->tree, 1, error);
}

static bool read_heapprofile(struct input *input, struct builder *builder, struct error *error)
{
	struct heapprofile heap = {0};
	bool good;

	json_stream_init(&heap.stream, input);
	v8_tree_init(&heap.tree, builder);
	good = read_profile(&heap, error);
	json_stream_clear(&heap.stream);
	v8_tree_clear(&heap.tree);
	free(heap.path);
	return good;
}

#else
#define read_heapprofile json_unavailable
#endif

static int probe_heapprofile(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length};

	return json_is_object(head) && json_has_key(head, "callFrame") &&
			       (json_has_key(head, "head") || json_has_key(head, "selfSize")) &&
			       !json_has_key(head, "nodes")
		       ? 90
		       : 0;
}

const struct format format_heapprofile = {
	.name = "heapprofile",
	.summary = "heap profile of V8 (.heapprofile): node --heap-prof, Chrome",
	.probe = probe_heapprofile,
	.read = read_heapprofile,
};
