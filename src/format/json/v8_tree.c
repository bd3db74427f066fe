/* SPDX-License-Identifier: MIT */
#include "format/json/v8_tree.h"

#include <stdlib.h>

#include "base/array.h"

void v8_tree_init(struct v8_tree *tree, struct builder *builder)
{
	*tree = (struct v8_tree){.builder = builder};
	frame_table_init(&tree->frames, builder);
	id_table_init(&tree->ids);
}

void v8_tree_clear(struct v8_tree *tree)
{
	frame_table_clear(&tree->frames);
	id_table_clear(&tree->ids);
	free(tree->nodes);
}

struct v8_node *v8_tree_node(struct v8_tree *tree, uint64_t id)
{
	uint32_t number = id_table_add(&tree->ids, id);

	if (number == tree->count)
		array_push(tree->nodes, tree->count, tree->capacity,
			   ((struct v8_node){.parent = NONE, .location = NONE}));
	return &tree->nodes[number];
}

#ifdef HAVE_JSON_C
location_id v8_tree_frame(struct v8_tree *tree, struct json_object *call_frame)
{
	struct span name = json_get_text(call_frame, "functionName");
	struct span url = json_get_text(call_frame, "url");
	int64_t line = json_get_integer(call_frame, "lineNumber", -1);

	if (span_equals(name, "(root)"))
		return NONE;
	if (span_is_empty(name))
		name = span_of("(anonymous)");
	span_take(&url, "file://");
	/* V8 counts lines from 0; natives have none. */
	line = line < 0 || line == INT64_MAX ? 0 : line + 1;
	return frame_table_add_at(
		&tree->frames, builder_string(tree->builder, name.at, span_length(name)),
		builder_string(tree->builder, url.at, span_length(url)), line, line, 0);
}
#endif

bool v8_tree_add_samples(struct v8_tree *tree, uint32_t value_count, struct error *error)
{
	location_id *stack = NULL;
	size_t capacity = 0;
	bool good = true;

	for (size_t i = 0; i < tree->count && good; i++) {
		const struct v8_node *node = &tree->nodes[i];
		size_t depth = 0, steps = 0;

		if (!node->values[0] && !(value_count > 1 && node->values[1]))
			continue;
		for (uint32_t at = (uint32_t)i; at != NONE && steps <= tree->count; steps++) {
			if (tree->nodes[at].location != NONE)
				array_push(stack, depth, capacity, tree->nodes[at].location);
			at = tree->nodes[at].parent;
		}
		good = steps <= tree->count ||
		       error_set(error, "a node is its own caller; capture the profile again");
		if (good)
			builder_sample(tree->builder, stack, depth, node->values, value_count, NULL,
				       0);
	}
	free(stack);
	return good;
}
