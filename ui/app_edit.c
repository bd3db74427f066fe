/* From the selection to its line in an editor. */
#include "report/text/source_files.h"
#include "ui/app.h"
#include "ui/editor.h"

static bool locate(struct app *app, const char **file, int64_t *line)
{
	struct pane *pane = app_ready_pane(app);

	if (!pane)
		return false;
	if (pane->kind->locate)
		return pane->kind->locate(pane, file, line);
	chrome_find_source(&app->chrome, &app->session);
	*file = app->chrome.file;
	*line = app->chrome.line;
	return **file != '\0';
}

void app_edit(struct app *app, const struct command *command)
{
	const struct view_spec *spec = &app->session.settings.view;
	const char *file, *location;
	struct source_files *files;
	struct error error;
	int64_t line;

	(void)command;
	if (app->session.settings.report.hide_source) {
		session_message(&app->session, "source text is hidden by -redact");
		return;
	}
	if (!locate(app, &file, &line)) {
		session_message(&app->session, "the profile names no source file for this");
		return;
	}
	files = source_files_new(spec->source_path, spec->trim_path);
	location = source_files_location(files, file);
	if (!location) {
		error_set(&error, "%s; :source_path=FOLDER says where",
			  source_files_error(files, file));
		session_error(&app->session, &error);
	} else if (!editor_run(location, line, &error)) {
		session_error(&app->session, &error);
	}
	source_files_free(files);
}
