/* SPDX-License-Identifier: MIT */
/* Lines of a diagnosis (report/findings/page.h) as panes show them. */
#ifndef UI_WIDGET_PAGE_VIEW_H
#define UI_WIDGET_PAGE_VIEW_H

#include "report/findings/page.h"
#include "ui/term/canvas.h"
#include "ui/widget/rows.h"

/* SEVERITY_UNKNOWN is of less interest. */
uint16_t page_view_severity(enum severity severity);

/* One line on a canvas of one row, `left` columns scrolled away; findings: that it is of. */
void page_view_draw(const struct page_line *line, const struct findings *findings,
		    struct canvas *canvas, int left, uint16_t selection,
		    const struct pattern *search);

/*
 * Selects the next (1) or previous (-1) line that starts a finding or a table
 * and shows it with what it says. The page stands behind `before` other rows.
 * False: there is none in this direction.
 */
bool page_view_step(const struct page *page, uint32_t before, struct rows *rows, int direction);

#endif
