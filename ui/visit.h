/* A place in one pane under one spec: an entry of the history, or a bookmark. */
#ifndef UI_VISIT_H
#define UI_VISIT_H

#include "ui/place.h"
#include "view/view_spec.h"

#define VISIT_MARKS 52 /* a letter each: a to z, A to Z */

struct pane_kind;

struct visit {
	const struct pane_kind *kind; /* NULL: none */
	struct place place;
	struct view_spec spec;
};

#endif
