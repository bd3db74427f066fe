/* SPDX-License-Identifier: MIT */
#include "ui/term/layout.h"

#define LEAST_COLUMNS 40
#define LEAST_ROWS 8
#define LEAST_BODY 4

bool layout_is_wide(int columns)
{
	return columns >= LAYOUT_WIDE;
}

void layout_compute(struct layout *layout, int rows, int columns, bool split, int detail_rows)
{
	int most = rows - 2 - LEAST_BODY;

	*layout = (struct layout){.tiny = rows < LEAST_ROWS || columns < LEAST_COLUMNS};
	if (layout->tiny)
		return;
	layout->detail_rows = detail_rows > most ? most : detail_rows;
	layout->body_row = 1;
	layout->body_rows = rows - 2 - layout->detail_rows;
	layout->detail_row = layout->body_row + layout->body_rows;
	layout->status_row = rows - 1;
	layout->split = split && layout_is_wide(columns);
	if (!layout->split)
		return;
	/* The table needs its numbers, the icicle every cell it can get. */
	layout->left_columns = columns * 9 / 20;
	layout->right_column = layout->left_columns + 1;
	layout->right_columns = columns - layout->right_column;
}
