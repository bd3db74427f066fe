/* SPDX-License-Identifier: MIT */
/*
 * A pane shows the session in one way. A kind is one file in ui/pane/ and one
 * row in ui/pane/list.c; everything else finds it by its name. A pane draws
 * into a canvas, reads the session's derived tables and shares its selection.
 *
 * Most panes are lists: their kind has a `list` (list_pane.h), which brings
 * all callbacks that are the same for lists. The app calls the functions at
 * the end of this page, which choose between a kind's own callback and that
 * of lists.
 */
#ifndef UI_WIDGET_PANE_H
#define UI_WIDGET_PANE_H

#include "ui/term/canvas.h"
#include "ui/session/session.h"
#include "ui/widget/pane_result.h"

/* Where a pane stands: side by side on a wide terminal, or over everything until closed. */
enum pane_side {
	SIDE_LEFT,
	SIDE_RIGHT,
	SIDE_OVER,
};

struct pane_kind;
struct list_kind;

/* The first member of every pane. */
struct pane {
	const struct pane_kind *kind;
	struct session *session;
	const char *title; /* NULL: that of the kind */
	const char *hints; /* of what can be done now; NULL: those of the kind */
};

struct pane_kind {
	const char *name;   /* of the command that opens it */
	const char *title;  /* on the top line */
	const char *about;  /* lines in plain words, for the help; NULL: none */
	const char *groups; /* of keys: see command.h */
	const char *hints;  /* "command:word ..." for the status line, most useful first */
	enum pane_side side;
	bool alone;         /* has the whole width, even of a wide terminal */
	bool centres;       /* shows what stands around the session's centre */
	unsigned needs;     /* parts of the derived */
	const char *report; /* that says the same as text; NULL: none */

	/* Non-NULL: the pane starts with a struct list_pane, and callbacks that are NULL are those of lists. */
	const struct list_kind *list;

	struct pane *(*open)(struct session *session);
	void (*close)(struct pane *pane);
	/* There is another view, or another part of it. Needs are met. */
	void (*refresh)(struct pane *pane);
	/* Needs are met. Not focused, it follows the session's selection. */
	void (*draw)(struct pane *pane, struct canvas *canvas, bool focused);
	/* A list is asked for what is ignored here. */
	struct pane_result (*handle)(struct pane *pane, const struct pane_input *input);
	/* Makes the selection of the session visible: the pane gets the focus. NULL: always is. */
	void (*reveal)(struct pane *pane);
	/* Takes over where the session is, before a key that may come before the next paint. NULL: has no other. */
	void (*follow)(struct pane *pane);
	/* What is selected, for the lines below: its name and its numbers. NULL: a function is. */
	void (*describe)(struct pane *pane, struct text *name, struct text *numbers);
	/* What the selection costs where it stands, and what that is called; NULL: nothing apart. */
	const char *(*here)(struct pane *pane, int64_t *value);
	/* Where that stands in the source; false: nowhere. NULL: where the function does. */
	bool (*locate)(struct pane *pane, const char **file, int64_t *line);
	/* Makes its report list the same rows in the same order. NULL: it does. */
	void (*arrange)(const struct pane *pane, struct report_options *options);
	/* Adds all its text. NULL: a list has its rows, others have a report. */
	void (*copy)(struct pane *pane, struct text *text);
	/* Marks what session->search matches; NULL there: nothing. */
	void (*search)(struct pane *pane);
	/* Selects the next (1) or previous (-1) match, or the selection itself if `here`. */
	bool (*seek)(struct pane *pane, int direction, bool here);
	/* The number of the selected match, 0 if it is none, and how many there are. */
	void (*matches)(struct pane *pane, uint32_t *number, uint32_t *count);
};

/* All kinds in the order of their numbers, ended by NULL. */
extern const struct pane_kind *const pane_kinds[];

/* By name; NULL if there is none. */
const struct pane_kind *pane_find(const char *name);

/* A new pane of a kind; pane_close frees it. */
struct pane *pane_open(const struct pane_kind *kind, struct session *session);
void pane_close(struct pane *pane);

/* Each calls the callback of its name above. */
void pane_refresh(struct pane *pane);
void pane_draw(struct pane *pane, struct canvas *canvas, bool focused);
struct pane_result pane_handle(struct pane *pane, const struct pane_input *input);
void pane_copy(struct pane *pane, struct text *text);
void pane_search(struct pane *pane);
bool pane_seek(struct pane *pane, int direction, bool here);
void pane_matches(struct pane *pane, uint32_t *number, uint32_t *count);

/* True if the text of the pane is its rows and not a report. */
bool pane_has_copy(const struct pane_kind *kind);

/* Shows only rows that match, NULL: all; takes the pattern over. False: the pane always shows everything. */
bool pane_keep(struct pane *pane, struct pattern *pattern);

/* True if pane_keep leaves out some rows. */
bool pane_is_filtered(const struct pane *pane);

#endif
