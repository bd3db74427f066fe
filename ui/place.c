#include "ui/place.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/hash.h"

static uint64_t name_hash(const struct view *view, node_id node)
{
	const char *name = view->node_names[node];

	return hash_bytes(name, strlen(name));
}

static void capture_node(const struct derived *derived, node_id node, char **name, char **function)
{
	const struct view *view = derived->view;

	if (node == NONE)
		return;
	*name = alloc_text(view->node_names[node]);
	*function = alloc_text(view_text(view, view->nodes[node].name));
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
	*place = (struct place){0};
	capture_node(derived, spot->node, &place->name, &place->function);
	capture_node(derived, spot->centre, &place->centre, &place->centre_function);
	capture_path(derived, spot->frame, &place->selection);
	capture_path(derived, spot->zoom, &place->zoom);
}

static char *copy_text(const char *text)
{
	return text ? alloc_text(text) : NULL;
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
		.name = copy_text(from->name),
		.function = copy_text(from->function),
		.centre = copy_text(from->centre),
		.centre_function = copy_text(from->centre_function),
		.selection = copy_path(&from->selection),
		.zoom = copy_path(&from->zoom),
	};
}

void place_swap(struct place *to, struct place *from, unsigned parts)
{
	struct place old = *to, new = *from;

	if (parts & PLACE_SELECTION) {
		to->name = new.name;
		to->function = new.function;
		to->selection = new.selection;
		from->name = old.name;
		from->function = old.function;
		from->selection = old.selection;
	}
	if (parts & PLACE_CENTRE) {
		to->centre = new.centre;
		to->centre_function = new.centre_function;
		from->centre = old.centre;
		from->centre_function = old.centre_function;
	}
	if (parts & PLACE_ZOOM) {
		to->zoom = new.zoom;
		from->zoom = old.zoom;
	}
}

void place_clear(struct place *place)
{
	free(place->name);
	free(place->function);
	free(place->centre);
	free(place->centre_function);
	free(place->selection.hashes);
	free(place->zoom.hashes);
	*place = (struct place){0};
}

void place_find_nodes(const struct place *place, const struct derived *derived, struct spot *spot)
{
	spot->node = place->name ? derived_find_node(derived, place->name, place->function) : NONE;
	spot->centre = place->centre
			       ? derived_find_node(derived, place->centre, place->centre_function)
			       : NONE;
	spot->frame = NONE;
	spot->zoom = 0;
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
