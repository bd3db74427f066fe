/* SPDX-License-Identifier: MIT */
/*
 * A bar of a share: the dark part (flat) inside the light one (cum), in
 * eighths of a cell where the character set has them and colours tell the
 * parts apart.
 */
#ifndef UI_TERM_BAR_H
#define UI_TERM_BAR_H

#include "ui/term/canvas.h"

/* flat and cum are shares of the whole width, 0..1; what is beyond is cut. */
void bar_draw(struct canvas *canvas, int row, int column, int columns, double flat, double cum);

#endif
