/* SPDX-License-Identifier: MIT */
/* Assigns each visible frame of a view to a node, according to the granularity. */
#ifndef VIEW_NODE_H
#define VIEW_NODE_H

#include "view/view.h"

/*
 * Fills nodes, node_names, frame_node and steps of a view whose profile, spec and
 * strings are set. hidden: bitset of frames, or NULL.
 */
void node_build(struct view *view, const uint64_t *hidden);

#endif
