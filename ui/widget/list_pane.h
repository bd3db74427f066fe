/* SPDX-License-Identifier: MIT */
/*
 * A pane that is a list: items, a row each. It carries selection, scrolling,
 * search and the rows that & keeps, so that a kind of such panes only says what
 * its items are. The least one is
 *
 *	struct fruit_pane { struct list_pane list; ... };
 *
 *	static uint32_t build(struct list_pane *list);  -- makes the items, counts them
 *	static const char *row_text(const struct list_pane *list, uint32_t item);
 *	static void draw_row(const struct list_pane *list, struct canvas *line,
 *			     uint32_t item, int left, uint16_t flags);
 *
 *	static const struct list_kind list = {
 *		.size = sizeof(struct fruit_pane), .build = build,
 *		.row_text = row_text, .draw_row = draw_row,
 *	};
 *
 * and a pane_kind with `.list = &list` and a `.describe`.
 */
#ifndef UI_WIDGET_LIST_PANE_H
#define UI_WIDGET_LIST_PANE_H

#include "ui/widget/pane.h"
#include "ui/widget/rows.h"

/* The first member of every such pane. */
struct list_pane {
	struct pane pane;
	struct rows rows;
	struct pattern *kept; /* only items that match; NULL: all */
	uint32_t item_count;  /* that build has made */
	uint32_t *shown;      /* the item of each row; NULL: the number of the row */
	uint32_t shown_count;
	size_t shown_capacity;
};

struct list_kind {
	size_t size; /* of the pane, which starts as zeros */
	/* After that; NULL: all is zero. */
	void (*init)(struct list_pane *list);
	/* Frees what the kind has; NULL: nothing. */
	void (*clear)(struct list_pane *list);
	/* Makes the items anew from the session and says how many there are. */
	uint32_t (*build)(struct list_pane *list);
	/*
	 * Instead of build: lists the rows anew, of those that `kept` matches, ending with
	 * list_pane_set_count. It is called after another view and another `kept`.
	 */
	void (*arrange)(struct list_pane *list);
	/* What search and & look at; NULL: a row that cannot be selected. */
	const char *(*row_text)(const struct list_pane *list, uint32_t item);
	/* `line` is one row high; left: columns scrolled away; flags: of the selection. */
	void (*draw_row)(const struct list_pane *list, struct canvas *line, uint32_t item, int left,
			 uint16_t flags);
	/* The line above the rows; NULL: none. */
	void (*draw_header)(const struct list_pane *list, struct canvas *line);
	/* The selection has moved by a key or a search; NULL: nobody else needs to know. */
	void (*moved)(struct list_pane *list);
	/* Cells that a row needs besides its text, for a copy of the list; NULL: none. */
	int (*beside)(const struct list_pane *list);
	const char *none; /* instead of rows, where there are none; NULL: ROWS_NONE_KEPT */
	bool whole;       /* & leaves nothing out */
	bool follows;     /* scrolls to the selection without the focus, too */
};

/*
 * Draws the text of a row from `column` on, `left` columns of it scrolled away,
 * what the search matches marked. Returns the column behind it.
 */
int list_pane_draw_text(const struct list_pane *list, struct canvas *line, int column, int left,
			uint16_t style, const char *text);

/* The item of a row; NONE for none. */
uint32_t list_pane_item(const struct list_pane *list, uint32_t row);

/* The selected one; NONE: there is none. */
uint32_t list_pane_selected(const struct list_pane *list);

/* There are other rows: as many, with this one selected. Searches in them. */
void list_pane_set_count(struct list_pane *list, uint32_t count, uint32_t selected);

/* The callbacks of lists: see pane.h. */
struct pane *list_pane_open(const struct pane_kind *kind, struct session *session);
void list_pane_close(struct pane *pane);
void list_pane_refresh(struct pane *pane);
void list_pane_draw(struct pane *pane, struct canvas *canvas, bool focused);
struct pane_result list_pane_handle(struct pane *pane, const struct pane_input *input);
void list_pane_copy(struct pane *pane, struct text *text);
bool list_pane_keep(struct pane *pane, struct pattern *pattern);
void list_pane_search(struct pane *pane);
bool list_pane_seek(struct pane *pane, int direction, bool here);
void list_pane_matches(struct pane *pane, uint32_t *number, uint32_t *count);

#endif
