/* SPDX-License-Identifier: MIT */
/* Reads the files, and again when they have changed. */
#include "cli/request.h"
#include "ui/app/app.h"

void app_load(struct app *app)
{
	const struct request *request = app->session.request;

	app->outdated = false;
	app->report_is_old = true;
	/* Before it is read: what changes meanwhile has changed. */
	file_watch_start(&app->watch, request->locations, (size_t)request->location_count);
	session_forget_diagnosis(&app->session);
	session_load(&app->session);
}

void app_check_files(struct app *app)
{
	const char *changed = app->outdated ? NULL : file_watch_changed(&app->watch);

	if (!changed && !app->outdated)
		return;
	if (app->preferences.autoreload) {
		session_message(&app->session, "a file has changed and is read again");
		app_load(app);
	} else if (changed) {
		session_message(&app->session, "%s changed; R reloads", changed);
		app->outdated = true;
		file_watch_stop(&app->watch);
	}
}
