/* SPDX-License-Identifier: MIT */
/* Changes of the view and of options that can be undone and gone back from. */
#include "ui/app/app_visit.h"

void app_set_spec(struct app *app, const struct view_spec *spec)
{
	if (view_spec_equal(spec, &app->session.settings.view))
		return;
	app->report_is_old = true;
	app_leave(app);
	session_set_spec(&app->session, spec, true, NULL);
}

void app_use_settings(struct app *app, struct settings *settings)
{
	struct session *session = &app->session;
	int32_t rows = settings->report.node_count;
	bool limits = rows != session->settings.report.node_count;

	settings->report.places = &app->places;
	if (!view_spec_equal(&settings->view, &app->session.settings.view))
		app_leave(app);
	session_use_settings(session, settings);
	if (limits)
		session->top_rows = rows > 0 ? (uint32_t)rows : 0;
	session_note(session);
	app->report_is_old = true;
}
