/* SPDX-License-Identifier: MIT */
/*
 * Where things stand on the screen: title line, one or two panes, detail
 * lines, status line. A pure function of the size and of what is open.
 */
#ifndef UI_TERM_LAYOUT_H
#define UI_TERM_LAYOUT_H

#include <stdbool.h>

/* From this width on two panes stand side by side. */
#define LAYOUT_WIDE 140

struct layout {
	bool tiny;  /* too small for more than one plain line */
	bool split; /* left pane, a line, right pane */
	int body_row, body_rows;
	int left_columns, right_column, right_columns; /* with split */
	int detail_row, detail_rows;
	int status_row;
};

/* detail_rows: wanted; fewer where the screen is low. */
void layout_compute(struct layout *layout, int rows, int columns, bool split, int detail_rows);

/* True if there is room for two panes. */
bool layout_is_wide(int columns);

#endif
