/* SPDX-License-Identifier: MIT */
#include "ui/session/place.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/hash.h"

static uint64_t name_hash(const struct view *view, node_id node)
{
	const char *name = view->node_names[node];

	return hash_bytes(name, strlen(name));
}

static void capture_node(const struct derived *derived, node_id node, struct place_node *place)
{
	const struct view *view = derived->view;

	if (node == NONE)
		return;
	place->name = alloc_text(view->node_names[node]);
	place->function = alloc_text(view_text(view, view->nodes[node].name));
	place->file = alloc_text(view_text(view, view->nodes[node].file));
}

static void capture_path(const struct derived *derived, uint32_t frame, struct place_path *path)
{
	const struct call_tree *tree = derived->tree;

	if (!tree || frame == NONE || frame == 0)
		return;
	path->count = call_tree_depth(tree, frame);
	path->hashes = alloc(path->count * sizeof(*path->hashes));
	for (uint32_t i = path->count; i-- > 0; frame = call_tree_parent(tree, frame))
		path->hashes[i] = name_hash(derived->view, tree->node[frame]);
}

void place_capture(struct place *place, const struct derived *derived, const struct spot *spot)
{
	*place = (struct place){.cycle = spot->cycle};
	capture_node(derived, spot->node, &place->node);
	capture_node(derived, spot->centre, &place->centre);
	capture_path(derived, spot->frame, &place->selection);
	capture_path(derived, spot->zoom, &place->zoom);
}

static char *copy_text(const char *text)
{
	return text ? alloc_text(text) : NULL;
}

static struct place_node copy_node(const struct place_node *node)
{
	return (struct place_node){copy_text(node->name), copy_text(node->function),
				   copy_text(node->file)};
}

static struct place_path copy_path(const struct place_path *path)
{
	struct place_path copy = {.count = path->count};

	if (path->count) {
		copy.hashes = alloc(path->count * sizeof(*path->hashes));
		memcpy(copy.hashes, path->hashes, path->count * sizeof(*path->hashes));
	}
	return copy;
}

void place_copy(struct place *to, const struct place *from)
{
	*to = (struct place){
		.cycle = from->cycle,
		.node = copy_node(&from->node),
		.centre = copy_node(&from->centre),
		.selection = copy_path(&from->selection),
		.zoom = copy_path(&from->zoom),
	};
}

void place_swap(struct place *to, struct place *from, unsigned parts)
{
	struct place old = *to, new = *from;

	if (parts & PLACE_SELECTION) {
		to->cycle = new.cycle;
		to->node = new.node;
		to->selection = new.selection;
		from->cycle = old.cycle;
		from->node = old.node;
		from->selection = old.selection;
	}
	if (parts & PLACE_CENTRE) {
		to->centre = new.centre;
		from->centre = old.centre;
	}
	if (parts & PLACE_ZOOM) {
		to->zoom = new.zoom;
		from->zoom = old.zoom;
	}
}

static void clear_node(struct place_node *node)
{
	free(node->name);
	free(node->function);
	free(node->file);
}

void place_clear(struct place *place)
{
	clear_node(&place->node);
	clear_node(&place->centre);
	free(place->selection.hashes);
	free(place->zoom.hashes);
	*place = (struct place){0};
}

static node_id find_node(const struct derived *derived, const struct place_node *node)
{
	return node->name ? derived_find_node(derived, node->name, node->function, node->file)
			  : NONE;
}

void place_find_nodes(const struct place *place, const struct derived *derived, struct spot *spot)
{
	spot->node = find_node(derived, &place->node);
	spot->centre = find_node(derived, &place->centre);
	spot->frame = NONE;
	spot->zoom = 0;
	spot->cycle = place->cycle;
}

/* The frame at the end of a path, or the last one of it that is there. */
static uint32_t follow(const struct call_tree *tree, const uint64_t *node_hash,
		       const struct place_path *path)
{
	uint32_t at = 0;

	for (uint32_t i = 0; i < path->count; i++) {
		uint32_t child = call_tree_child(tree, at);

		while (child != NONE && node_hash[tree->node[child]] != path->hashes[i])
			child = call_tree_sibling(tree, child);
		if (child == NONE)
			break;
		at = child;
	}
	return at;
}

void place_find_frames(const struct place *place, const struct derived *derived, struct spot *spot)
{
	const struct view *view = derived->view;
	uint64_t *node_hash;

	if (!place->selection.count && !place->zoom.count)
		return;
	node_hash = alloc(view->node_count * sizeof(*node_hash));
	for (node_id i = 0; i < view->node_count; i++)
		node_hash[i] = name_hash(view, i);
	spot->zoom = follow(derived->tree, node_hash, &place->zoom);
	if (place->selection.count) {
		uint32_t frame = follow(derived->tree, node_hash, &place->selection);

		/* Part of the path is gone: rather another frame of the same function. */
		spot->frame = call_tree_depth(derived->tree, frame) == place->selection.count
				      ? frame
				      : NONE;
	}
	free(node_hash);
}
