/* SPDX-License-Identifier: MIT */
/*
 * Where a person is: the selected function and frame, the centre of Peek and
 * the zoom of the icicle, by names, so that it outlives the view it was taken
 * from. Paths through a call tree are kept as hashes of names, root first.
 */
#ifndef UI_SESSION_PLACE_H
#define UI_SESSION_PLACE_H

#include "ui/session/tables.h"

struct place_path {
	uint64_t *hashes;
	uint32_t count;
};

/* What a node is called; name NULL: there is none. */
struct place_node {
	char *name;     /* as it is printed */
	char *function; /* "" where a row is a file */
	char *file;     /* "" if the node does not tell it */
};

struct place {
	int64_t cycle;                  /* of a log of collections; 0: none */
	struct place_node node, centre; /* selected; what Peek is about */
	struct place_path selection, zoom;
};

/* What a person looks at in one view; NONE and 0 (the root) where there is nothing. */
struct spot {
	int64_t cycle; /* its number; 0: none */
	node_id node, centre;
	uint32_t frame, zoom; /* into the call tree */
};

/* Fills an empty place. */
void place_capture(struct place *place, const struct derived *derived, const struct spot *spot);
void place_copy(struct place *to, const struct place *from);

/* Moves the marked parts of `from` into `to`; what `to` had there is in `from` afterwards. */
enum place_part { PLACE_SELECTION = 1, PLACE_CENTRE = 2, PLACE_ZOOM = 4 };
void place_swap(struct place *to, struct place *from, unsigned parts);
void place_clear(struct place *place);

/* Finds the nodes again, then (needs the tree) frame and zoom as far down as they still exist. */
void place_find_nodes(const struct place *place, const struct derived *derived, struct spot *spot);
void place_find_frames(const struct place *place, const struct derived *derived, struct spot *spot);

#endif
