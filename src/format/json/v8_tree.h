/* SPDX-License-Identifier: MIT */
/* The tree of calls that V8 (Node, Chrome, Deno) writes: nodes with what they cost themselves. */
#ifndef FORMAT_JSON_V8_TREE_H
#define FORMAT_JSON_V8_TREE_H

#include "format/frame_table.h"
#include "format/id_table.h"
#include "format/json/json_stream.h"

#define V8_VALUES 2

struct v8_node {
	uint32_t parent;      /* NONE: a root, or not said so far */
	location_id location; /* NONE: the root, which is no function */
	int64_t values[V8_VALUES];
};

struct v8_tree {
	struct builder *builder;
	struct frame_table frames;
	struct id_table ids; /* of nodes, by number */
	struct v8_node *nodes;
	size_t count, capacity;
};

void v8_tree_init(struct v8_tree *tree, struct builder *builder);
void v8_tree_clear(struct v8_tree *tree);

/* The node of an id, new if it was not named before; valid until the next call. */
struct v8_node *v8_tree_node(struct v8_tree *tree, uint64_t id);

#ifdef HAVE_JSON_C
/* The location of {"functionName": "f", "url": "file:///app.js", "lineNumber": 0, ...}; NONE for "(root)". */
location_id v8_tree_frame(struct v8_tree *tree, struct json_object *call_frame);
#endif

/* Adds a sample for each node that costs something; false if nodes are their own parents. */
bool v8_tree_add_samples(struct v8_tree *tree, uint32_t value_count, struct error *error);

#endif
