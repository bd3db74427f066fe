/* SPDX-License-Identifier: MIT */
/*
 * A pane that shows a text to read: lines with scrolling and search. Kinds of
 * such panes have this list and the two callbacks below.
 */
#ifndef UI_WIDGET_TEXT_PANE_H
#define UI_WIDGET_TEXT_PANE_H

#include "ui/widget/list_pane.h"

extern const struct list_kind text_pane_list;

void text_pane_describe(struct pane *pane, struct text *name, struct text *numbers);
void text_pane_copy(struct pane *pane, struct text *copy);

/* Takes over a text from malloc and stands at its start. title: copied; NULL: that of the kind. */
void text_pane_set(struct pane *pane, const char *title, char *text);

/*
 * Rows below the text that its longest line needs to be seen whole when it is
 * selected; 0: all lines fit, or this is no pane with a text.
 */
int text_pane_detail_rows(const struct pane *pane, int columns);

#endif
