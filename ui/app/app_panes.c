/* SPDX-License-Identifier: MIT */
/* The panes that are open: which one has the focus, and what they read. */
#include "ui/app/app.h"
#include "ui/app/app_prompt.h"
#include "ui/pane/list.h"
#include "ui/session/session_settle.h"

#define SETTLE 150 /* ms for which a change may hold up the next key */

bool app_is_split(const struct app *app)
{
	return layout_is_wide(app->columns) && !app->maximised && !app->over && !app->left->alone;
}

const struct pane_kind *app_focus(const struct app *app)
{
	if (app->over)
		return app->over;
	return app->focus_right ? app->right : app->left;
}

struct pane *app_pane(struct app *app, const struct pane_kind *kind)
{
	struct session *session = &app->session;
	struct app_pane *slot = app->panes;

	for (size_t i = 0; pane_kinds[i] != kind; i++)
		slot++;
	if ((session_parts(session) & kind->needs) != kind->needs)
		return NULL;
	if (!slot->pane) {
		slot->pane = pane_open(kind, session);
		slot->generation = session->generation - 1;
	}
	if (slot->generation != session->generation) {
		slot->generation = session->generation;
		pane_refresh(slot->pane);
	}
	return slot->pane;
}

/* A pane around a centre that has not the focus shows what is selected in the other one. */
static void follow_selection(struct app *app)
{
	const struct pane_kind *focus = app_focus(app);
	const struct pane_kind *other = app->focus_right ? app->left : app->right;
	struct spot *spot = &app->session.spot;

	if (spot->node == app->followed)
		return;
	app->followed = spot->node;
	if (app_is_split(app) && !focus->centres && other->centres && spot->node != NONE)
		spot->centre = spot->node;
}

/* Asks the session for what the visible panes read. */
void app_update_needs(struct app *app)
{
	unsigned first = app_focus(app)->needs, needs = first;

	follow_selection(app);
	if (app_is_split(app))
		needs |= app->left->needs | app->right->needs;
	session_need(&app->session, needs, first);
}

void app_put_over(struct app *app, const struct pane_kind *kind)
{
	app->over = kind;
	if (!app->searched || app->searched == kind)
		return;
	app->searched = NULL;
	pattern_free(app->session.search);
	app->session.search = NULL;
	app_search(app);
}

void app_show(struct app *app, const struct pane_kind *kind)
{
	const struct spot *spot = &app->session.spot;
	uint32_t zoom = spot->zoom;
	struct pane *pane;

	app_put_over(app, kind->side == SIDE_OVER ? kind : NULL);
	if (kind->side == SIDE_LEFT)
		app->left = kind;
	if (kind->side == SIDE_RIGHT)
		app->right = kind;
	if (!app->over)
		app->focus_right = kind->side == SIDE_RIGHT;
	app_update_needs(app);
	session_settle(&app->session, SETTLE);
	pane = app_pane(app, kind);
	if (!pane || !kind->reveal)
		return;
	kind->reveal(pane);
	if (spot->zoom && spot->zoom != zoom)
		session_message(&app->session, "zoomed to what is selected; 0 shows everything");
}

void app_search(struct app *app)
{
	for (size_t i = 0; i < APP_MOST_PANES; i++) {
		struct pane *pane = app->panes[i].pane;

		/* The others search when they are refreshed. */
		if (pane && app->panes[i].generation == app->session.generation)
			pane_search(pane);
	}
}

void app_seek(struct app *app, struct pane *pane, int direction, bool here)
{
	struct session *session = &app->session;

	if (pane_seek(pane, direction, here))
		return;
	if (pane->kind == &pane_top && session->top_rows &&
	    session->top_rows < session->shown.table->row_count)
		session_message(session, "nothing matches in the first %u rows; :top shows all",
				session->top_rows);
	else
		session_message(session, "nothing matches here");
}
