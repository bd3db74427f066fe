/* SPDX-License-Identifier: MIT */
/* Numbers as a row of columns, the highest of which is a whole cell. */
#ifndef UI_TERM_SPARKLINE_H
#define UI_TERM_SPARKLINE_H

#include "ui/term/canvas.h"

/*
 * Draws one cell for each number; more numbers than cells share them, and a
 * cell has its largest one. A cell without any (NAN) stays blank.
 */
void sparkline_draw(struct canvas *canvas, int row, int column, int columns, uint16_t style,
		    const double *numbers, size_t count);

#endif
