/* SPDX-License-Identifier: MIT */
/*
 * A view with recursive calls merged: a function that calls itself is one step
 * of a path, so a a b b a becomes a b a. Only code that walks paths may use it
 * (view/path_order.h, view/call_tree.h): its locations are not the profile's.
 */
#ifndef VIEW_COLLAPSED_VIEW_H
#define VIEW_COLLAPSED_VIEW_H

#include "view/view.h"

struct collapsed_view {
	struct view view;
	struct profile profile; /* the original's, with different paths */
	struct arena arena;
};

/* The original must outlive it. */
void collapsed_view_init(struct collapsed_view *collapsed, const struct view *view);
void collapsed_view_clear(struct collapsed_view *collapsed);

#endif
