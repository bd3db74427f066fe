/* SPDX-License-Identifier: MIT */
/*
 * The frames of a flame graph: those of a call tree that are wide enough to be
 * worth their bytes, root first, each with its left edge.
 */
#ifndef REPORT_STACKS_FLAME_WALK_H
#define REPORT_STACKS_FLAME_WALK_H

#include "view/call_tree.h"

/* Which frames: all wider than `least` and the first `ties` of those as wide. A frame goes with all it calls. */
struct flame_choice {
	int64_t least;
	uint32_t ties;
};

/* The widest `most` frames, none narrower than `least`. */
void flame_choose(const struct call_tree *tree, int64_t least, uint32_t most,
		  struct flame_choice *choice);

/* Zeroed but for tree and choice. */
struct flame_walk {
	const struct call_tree *tree;
	struct flame_choice choice;
	int64_t *next; /* by depth: where the next frame begins */
	size_t next_capacity;
	uint32_t at;   /* the frame to look at next */
	uint32_t run;  /* of the tree: that of the frame looked at last */
	int64_t start; /* left edge of the frame that was found, in units of the profile */
};

/* False at the end, which must be reached: it frees what the walk holds. */
bool flame_walk_next(struct flame_walk *walk, uint32_t *found);

#endif
