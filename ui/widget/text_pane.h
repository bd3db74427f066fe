/* SPDX-License-Identifier: MIT */
/*
 * A pane that shows a text to read: lines with scrolling and search. Kinds of
 * such panes only say what the text is; these functions are their callbacks.
 */
#ifndef UI_WIDGET_TEXT_PANE_H
#define UI_WIDGET_TEXT_PANE_H

#include "ui/widget/pane.h"

struct pane *text_pane_open(struct session *session, const struct pane_kind *kind);

/* Takes over a text from malloc and stands at its start. title: copied; NULL: that of the kind. */
void text_pane_set(struct pane *pane, const char *title, char *text);

void text_pane_close(struct pane *pane);
void text_pane_refresh(struct pane *pane);
void text_pane_draw(struct pane *pane, struct canvas *canvas, bool focused);
bool text_pane_handle(struct pane *pane, enum command_id command);
void text_pane_describe(struct pane *pane, struct text *name, struct text *numbers);
void text_pane_copy(struct pane *pane, struct text *copy);
/*
 * Rows below the text that its longest line needs to be seen whole when it is
 * selected; 0: all lines fit, or this is no pane with a text.
 */
int text_pane_detail_rows(const struct pane *pane, int columns);
void text_pane_keep(struct pane *pane, struct pattern *pattern);
void text_pane_search(struct pane *pane);
bool text_pane_seek(struct pane *pane, int direction, bool here);
void text_pane_matches(struct pane *pane, uint32_t *number, uint32_t *count);

#endif
