/* SPDX-License-Identifier: MIT */
/* What clicks and the wheel do: they become keys in the pane they are in. */
#ifndef UI_APP_APP_MOUSE_H
#define UI_APP_APP_MOUSE_H

#include "ui/app/app.h"
#include "ui/term/mouse.h"

#define MOUSE_DOUBLE 400 /* ms between the clicks of a double click */

/* now: milliseconds of any clock. */
void app_mouse(struct app *app, const struct mouse *mouse, int64_t now);

#endif
