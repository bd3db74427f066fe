/* SPDX-License-Identifier: MIT */
/* A place in one pane under one spec in some files: an entry of the history, a bookmark, or where to go. */
#ifndef UI_SESSION_VISIT_H
#define UI_SESSION_VISIT_H

#include "ui/session/file_selection.h"
#include "ui/session/place.h"
#include "view/view_spec.h"

#define VISIT_MARKS 52 /* a letter each: a to z, A to Z */

struct pane_kind;

struct visit {
	const struct pane_kind *kind;     /* NULL: none */
	struct file_selection comparison; /* which files */
	struct place place;
	struct view_spec spec; /* a type of NONE: the one that the command line wants */
};

void visit_clear(struct visit *visit);

#endif
