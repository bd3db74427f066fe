/* SPDX-License-Identifier: MIT */
#include "ui/app/app_mouse.h"

#include "ui/term/key.h"

/* Gives the focus to the pane under the mouse; false if there is none. */
static bool focus_pane(struct app *app, const struct mouse *mouse)
{
	const struct layout *layout = &app->layout;

	if (layout->tiny || mouse->row < layout->body_row ||
	    mouse->row >= layout->body_row + layout->body_rows)
		return false;
	if (!layout->split)
		return true;
	if (mouse->column >= layout->left_columns && mouse->column < layout->right_column)
		return false;
	app->focus_right = mouse->column >= layout->right_column;
	return true;
}

static bool is_double(const struct app *app, const struct mouse *mouse, int64_t now)
{
	return app->clicked_at && now - app->clicked_at <= MOUSE_DOUBLE &&
	       app->clicked_row == mouse->row && app->clicked_column == mouse->column;
}

static uint32_t click(struct app *app, const struct mouse *mouse, int64_t now)
{
	bool twice = is_double(app, mouse, now);

	/* Where nothing can be pointed at, a double click would be about something else. */
	if (!key_map_find(&app->keys, NAMED_CLICK, app_focus(app)->groups))
		return NAMED_NONE;
	app->clicked_at = twice ? 0 : now;
	app->clicked_row = mouse->row;
	app->clicked_column = mouse->column;
	return twice ? NAMED_ENTER : NAMED_CLICK;
}

uint32_t app_mouse(struct app *app, const struct mouse *mouse, int64_t now)
{
	if (!mouse->pressed || app->prompting || !focus_pane(app, mouse))
		return NAMED_NONE;
	switch (mouse->button) {
	case MOUSE_LEFT:
		return click(app, mouse, now);
	case MOUSE_WHEEL_UP:
		return NAMED_WHEEL_UP;
	case MOUSE_WHEEL_DOWN:
		return NAMED_WHEEL_DOWN;
	default:
		return NAMED_NONE;
	}
}
