/* SPDX-License-Identifier: MIT */
/*
 * A view whose names stay on their line: for reports that are text. A line
 * break in the name of a function would be another row of the table, or
 * another line of its header ("Duration: 999s"). So control characters, what
 * reorders a line and what hides in it are spelled out: \n, \x1b, \u202e.
 */
#ifndef VIEW_PLAIN_VIEW_H
#define VIEW_PLAIN_VIEW_H

#include "view/view.h"

struct plain_view;

/*
 * NULL if the names of the view are plain already, as nearly all are; that
 * costs one look at its strings. Free with plain_view_free, before the view.
 */
struct plain_view *plain_view_new(const struct view *view);
void plain_view_free(struct plain_view *plain);

/* The view with plain names, for plain_view_free to free. Nothing may be added to its strings. */
const struct view *plain_view_get(const struct plain_view *plain);

#endif
