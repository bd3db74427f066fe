/* SPDX-License-Identifier: MIT */
/*
 * A list of rows: selection, scrolling and search, the same in all list panes.
 * A pane says what a row is by a source; the widget never sees more rows than
 * fit on the screen, save for a search.
 */
#ifndef UI_WIDGET_ROWS_H
#define UI_WIDGET_ROWS_H

#include "base/pattern.h"
#include "base/text.h"
#include "ui/term/canvas.h"
#include "ui/input/command.h"

struct rows_source {
	/* What a search looks at; NULL: a row that cannot be selected. */
	const char *(*text)(const void *owner, uint32_t row);
	/* Draws one row; `line` is one row high. left: columns scrolled away; flags: of the selection. */
	void (*draw)(const void *owner, struct canvas *line, uint32_t row, int left,
		     uint16_t flags);
};

struct rows {
	const struct rows_source *source;
	const void *owner;
	uint32_t count;
	uint32_t selected; /* NONE: no row */
	uint32_t first;    /* the first visible one */
	uint32_t height;   /* visible rows when it was last drawn */
	int left;
	int top;           /* row of the screen when it was last drawn */
	int pointed;       /* row of the screen for COMMAND_POINT */
	bool follows;      /* scrolls to the selection without the focus, too */
	bool centre;       /* the next picture has the selection in its middle */
	uint64_t *matches; /* bitset of rows; NULL: no search */
	uint32_t match_count;
};

/* Owner and source must outlive the rows. */
/* What stands there instead of rows if & leaves none. */
#define ROWS_NONE_KEPT "no row matches; & and Enter shows all"

void rows_init(struct rows *rows, const struct rows_source *source, const void *owner);
void rows_clear(struct rows *rows);

/* There are `count` rows now; selection and matches must be set anew. */
void rows_set_count(struct rows *rows, uint32_t count);

/* Selects the row or the next one that can be selected. */
void rows_select(struct rows *rows, uint32_t row);

/* The same, and scrolls there; rows_centre shows it with what stands around it. */
void rows_move_to(struct rows *rows, uint32_t row);
void rows_centre(struct rows *rows, uint32_t row);

/*
 * Draws the rows from the first visible one on. Focused, it scrolls to the
 * selection; otherwise it stays where it is and shows a selection that is
 * outside in the last line, with an arrow to where it belongs in front, so that
 * following another pane costs one line.
 */
void rows_draw(struct rows *rows, struct canvas *canvas, bool focused);

/*
 * Adds all rows as they are drawn, none of them cut; beside: the cells that a
 * row needs besides its text. header draws a line above them, NULL: there is none.
 */
void rows_copy(const struct rows *rows, int beside,
	       void (*header)(const void *owner, struct canvas *line), struct text *text);

/* Moves by a command; false if it is none of a list, or points at no row that can be selected. */
bool rows_handle(struct rows *rows, enum command_id command);

/* Finds all matches; NULL forgets them. The selection stays. */
void rows_search(struct rows *rows, const struct pattern *pattern);

/* Selects the next match (or the selected row itself with `here`), round the end. False: none. */
bool rows_seek(struct rows *rows, int direction, bool here);

/* The number of the selected match, 1 being the first; 0: the selection is none. */
uint32_t rows_match_number(const struct rows *rows);

#endif
