/* SPDX-License-Identifier: MIT */
/*
 * The lines around the panes: what is open (title), what is selected (detail),
 * and the hints of keys. They only read the session.
 */
#ifndef UI_WIDGET_STATUS_H
#define UI_WIDGET_STATUS_H

#include "ui/term/canvas.h"
#include "ui/input/key_map.h"
#include "ui/widget/pane.h"

/* Where the selected function stands in the source; looked up once per selection. */
struct chrome {
	node_id node;
	uint32_t generation;
	const char *file;
	int64_t line;
};

/* File, sample type, total, filters as chips, name of the pane. */
void chrome_title(const struct session *session, const char *pane, struct canvas *line);

/* The full name of what the pane has selected and its numbers, as the detail shows them. */
void chrome_describe(struct session *session, struct pane *pane, struct text *name,
		     struct text *numbers);

/* Rows that the detail of the selection needs at this width. */
int chrome_detail_rows(const struct session *session, struct pane *pane,
		       const struct canvas *screen);

/* What the pane (NULL: none yet) says of its selection, else of the selected function: full name,
 * file:line, flat and cum with their shares, callers and callees. */
void chrome_detail(struct chrome *chrome, struct session *session, struct pane *pane,
		   struct canvas *area);

/* The same in as many rows as there are, of a pane in front: only what it says of its selection. */
void chrome_text(const struct session *session, struct pane *pane, struct canvas *area);

/* Fills in file ("" if unknown) and line (0 if unknown) of the selected function. */
void chrome_find_source(struct chrome *chrome, const struct session *session);

/* Keys that are of use now in a pane of these groups: `first` before `hints`; "command:word ...". */
void chrome_hints(const struct key_map *keys, const char *groups, const char *first,
		  const char *hints, struct canvas *line);

#endif
