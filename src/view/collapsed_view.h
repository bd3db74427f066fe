/* SPDX-License-Identifier: MIT */
/*
 * A view in whose paths a function that calls itself is one step: a a b b a is
 * a b a. Only walks over paths may use it (view/path_order.h, view/call_tree.h):
 * its locations are others than those of the profile.
 */
#ifndef VIEW_COLLAPSED_VIEW_H
#define VIEW_COLLAPSED_VIEW_H

#include "view/view.h"

struct collapsed_view {
	struct view view;
	struct profile profile; /* with other paths, else that of the original */
	struct arena arena;
};

/* Reads the original as long as it lives. */
void collapsed_view_init(struct collapsed_view *collapsed, const struct view *view);
void collapsed_view_clear(struct collapsed_view *collapsed);

#endif
