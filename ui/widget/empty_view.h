/* SPDX-License-Identifier: MIT */
/* What a pane shows when the filters leave nothing: why, and what helps. */
#ifndef UI_WIDGET_EMPTY_VIEW_H
#define UI_WIDGET_EMPTY_VIEW_H

#include "base/text.h"
#include "ui/session/session.h"
#include "ui/term/canvas.h"

/* Adds why nothing is left in the view, and lines with what helps. */
void empty_view_describe(const struct session *session, struct text *why, struct text *remedy);

/* Draws both, for a pane without rows. */
void empty_view_draw(const struct session *session, struct canvas *canvas);

#endif
