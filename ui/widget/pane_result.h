/* SPDX-License-Identifier: MIT */
/* A key on its way to a pane, and what the pane answers. */
#ifndef UI_WIDGET_PANE_RESULT_H
#define UI_WIDGET_PANE_RESULT_H

#include "ui/input/command.h"
#include "ui/session/visit.h"

/* A key that was pressed, and where the mouse points at. */
struct pane_input {
	enum command_id command;
	int row, column; /* of the screen, for COMMAND_POINT */
};

/* What the app has to do after a key. */
struct pane_result {
	enum {
		PANE_IGNORED, /* nothing: no key of this pane, or COMMAND_POINT where nothing is */
		PANE_DONE,    /* nothing: the pane has done it */
		PANE_OPEN,    /* open another pane */
		PANE_SPEC,    /* show another spec, here or in the pane `open` */
		PANE_VISIT,   /* go to a place elsewhere */
		PANE_PROMPT,  /* open the command prompt with a line to edit */
		PANE_LINE,    /* run a line as if it were typed at the command prompt */
	} kind;
	const char *open; /* name of a pane; NULL: none */
	union {           /* from alloc, given away */
		struct view_spec *spec;
		struct visit *visit;
		char *line;
	};
};

extern const struct pane_result pane_ignored, pane_done;

#endif
