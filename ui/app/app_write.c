/* SPDX-License-Identifier: MIT */
#include "ui/app/app_write.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/user_file.h"
#include "ui/app/app_prompt.h"

void app_write(struct app *app, const struct command *command)
{
	(void)command;
	app_prompt_open(app, APP_PROMPT_FILE, "");
}

static bool ends_in(const char *text, const char *ending)
{
	size_t length = strlen(text), size = strlen(ending);

	return length > size && !strcmp(text + length - size, ending);
}

/* The function that the pane is about, as the report's argument or as its focus. */
static void name_function(const struct session *session, const struct pane_kind *kind,
			  const struct report *report, struct shell_command *command)
{
	node_id node = kind->centres ? session->spot.centre : session->spot.node;
	struct text pattern = {0};

	if (!session_quote(session, node, false, &pattern))
		return;
	if (report->argument) {
		command->argument = pattern.bytes;
		return;
	}
	if (kind->centres && !*view_spec_filter(&command->settings.view, FILTER_FOCUS))
		view_spec_set_filter(&command->settings.view, FILTER_FOCUS, pattern.bytes);
	text_clear(&pattern);
}

static bool write_report_of(struct app *app, struct pane *pane, bool only_new, struct error *error)
{
	const struct report *report = report_find(pane->kind->report);
	struct shell_command command = {.action = SHELL_REPORT, .report = report};
	struct settings *settings = &command.settings;
	struct report_job *job;

	settings_copy(settings, &app->session.settings);
	settings->report.trim = false;
	settings->report.json = report->write_json && ends_in(app->file, ".json");
	settings->report.csv = report->write_csv && ends_in(app->file, ".csv");
	if (pane->kind->arrange)
		pane->kind->arrange(pane, &settings->report);
	free(settings->output);
	settings->output = alloc_text(app->file);
	name_function(&app->session, pane->kind, report, &command);
	if (report->argument && !command.argument) {
		shell_command_clear(&command);
		return error_set(error, "no function is selected");
	}
	job = report_job_new(report->name, &command);
	job->only_new = only_new;
	shell_command_clear(&command);
	return app_start_report(app, job, error);
}

static bool write_text_of(struct app *app, struct pane *pane, bool only_new, struct error *error)
{
	struct text text = {0};
	bool good;

	pane_copy(pane, &text);
	good = report_write_file(app->file, text_string(&text), text.length, only_new, error);
	text_clear(&text);
	if (good)
		session_message(&app->session, "written to %s", app->file);
	return good;
}

static void write_view(struct app *app, bool only_new)
{
	struct pane *pane = app_ready_pane(app);
	struct error error;
	bool good;

	if (!pane)
		good = error_set(&error, "still computing; try again when it is done");
	else if (pane->kind->report)
		good = write_report_of(app, pane, only_new, &error);
	else
		good = write_text_of(app, pane, only_new, &error);
	if (!good)
		session_error(&app->session, &error);
}

/* Must be freed. */
static char *expand_home(const char *path)
{
	struct text expanded = {0};

	user_file_expand(path, strlen(path), &expanded);
	return expanded.bytes;
}

/* Why no file can be made there, as errno has it; 0: one can. */
static int directory_error(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct text directory = {0};
	int reason;

	text_add(&directory, slash ? path : ".", slash ? (size_t)(slash - path) + 1 : 1);
	reason = access(directory.bytes, W_OK | X_OK) == 0 ? 0 : errno;
	text_clear(&directory);
	return reason;
}

/* What cannot be written is told before the prompt is gone: then its text can still be mended. */
static bool check_place(const char *path, bool *there, struct error *error)
{
	struct stat status;
	int reason;

	*there = stat(path, &status) == 0;
	if (*there)
		return S_ISREG(status.st_mode) ||
		       error_set(error, "%s is no regular file; name another one", path);
	reason = errno == ENOENT ? directory_error(path) : errno;
	return !reason || error_set(error, "%s: %s", path, strerror(reason));
}

bool app_write_named(struct app *app, const char *line)
{
	struct error error;
	bool there;

	free(app->file);
	app->file = NULL;
	if (!*line)
		return true;
	app->file = expand_home(line);
	if (!check_place(app->file, &there, &error)) {
		session_error(&app->session, &error);
		return false;
	}
	if (there)
		app_prompt_open(app, APP_PROMPT_OVERWRITE, "");
	else
		write_view(app, true);
	return true;
}

bool app_write_agreed(struct app *app, const char *line)
{
	if (*line == 'y' || *line == 'Y')
		write_view(app, false);
	else
		session_message(&app->session, "nothing was written");
	return true;
}
