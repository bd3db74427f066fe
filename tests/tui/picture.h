/* SPDX-License-Identifier: MIT */
/* A screen as an SVG image, in its colours: the pictures of README and TOUR. */
#ifndef TUI_PICTURE_H
#define TUI_PICTURE_H

#include "screen.h"

/* Adds the image. The same cells give the same bytes. */
void picture_draw(const struct screen *screen, struct buffer *svg);

#endif
