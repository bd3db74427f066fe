/* SPDX-License-Identifier: MIT */
/* What clicks and the wheel do: they become keys in the pane they are in. */
#ifndef UI_APP_APP_MOUSE_H
#define UI_APP_APP_MOUSE_H

#include "ui/app/app.h"
#include "ui/term/mouse.h"

#define MOUSE_DOUBLE 400 /* ms between the clicks of a double click */

/* The key that an event of the mouse stands for; NAMED_NONE: none. now: milliseconds of any clock. */
uint32_t app_mouse(struct app *app, const struct mouse *mouse, int64_t now);

#endif
