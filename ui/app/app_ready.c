/* SPDX-License-Identifier: MIT */
/* The focused pane for a key. */
#include "ui/app/app.h"

/* The pane is there, and shows what it will be asked about. */
bool app_is_ready(struct app *app)
{
	const struct pane_kind *kind = app_focus(app);

	return (kind->needs & ~session_current_parts(&app->session)) == 0 && app_pane(app, kind);
}

struct pane *app_ready_pane(struct app *app)
{
	const struct pane_kind *kind = app_focus(app);
	struct pane *pane = app_pane(app, kind);
	int row, column;

	if (!app_is_ready(app))
		return NULL;
	/* Scrolling and moving aside depend on what has which cells. */
	if (app->drawn != kind || app->drawn_generation != app->session.generation)
		app_draw(app, &row, &column);
	if (kind->follow)
		kind->follow(pane);
	return pane;
}
