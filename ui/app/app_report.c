/* SPDX-License-Identifier: MIT */
/* Reports that are written in the background: started, shown, written anew. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ui/app/app.h"
#include "ui/app/app_config.h"
#include "ui/pane/list.h"
#include "ui/session/session_settle.h"
#include "ui/widget/text_pane.h"

#define SETTLE 60 /* ms to wait for a report before the next key */

bool app_take_report(struct app *app, struct error *error)
{
	struct report_job *job = app->session.written;
	const struct pane_kind *kind;
	bool good = true;

	if (!job)
		return true;
	app->session.written = NULL;
	if (!job->text) {
		*error = job->error;
		good = false;
	} else if (*job->settings.output || job->report->extension) {
		good = report_job_save(job, error);
		if (good)
			session_message(&app->session, "%s written to %s", job->report->name,
					job->settings.output);
	} else {
		kind = job->report == report_find("disasm") ? &pane_instructions : &pane_report;
		app_show(app, kind);
		text_pane_set(app_pane(app, kind), job->line, job->text);
		job->text = NULL; /* taken over */
	}
	report_job_free(job);
	return good;
}

void app_renew_report(struct app *app)
{
	bool shown = app->over == &pane_report || app->over == &pane_instructions;
	const struct pane *pane = shown ? app_pane(app, app->over) : NULL;
	struct shell_command command;
	struct settings settings;
	struct error error;
	char *line;

	if (!pane)
		app->report_is_old = false;
	if (!app->report_is_old || app->session.changing || app->session.task)
		return;
	app->report_is_old = false;
	line = alloc_text(pane->title ? pane->title : "");
	settings_copy(&settings, &app->session.settings);
	if (!strcmp(line, APP_SETTINGS_TITLE)) {
		app_list_settings(app);
	} else if (shell_parse(line, &settings, app->session.profile, &command, &error)) {
		if (command.action == SHELL_REPORT && !*command.settings.output &&
		    !app_start_report(app, report_job_new(line, &command), &error))
			session_error(&app->session, &error);
		shell_command_clear(&command);
	}
	settings_clear(&settings);
	free(line);
}

bool app_start_report(struct app *app, struct report_job *job, struct error *error)
{
	session_finish(&app->session, SETTLE);
	if (!session_write(&app->session, job)) {
		report_job_free(job);
		return error_set(error, "still computing; try again when it is done");
	}
	session_finish(&app->session, SETTLE);
	if (!app->session.written)
		session_message(&app->session, "writing the report");
	return app_take_report(app, error);
}
