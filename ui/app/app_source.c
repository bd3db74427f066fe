/* SPDX-License-Identifier: MIT */
#include "ui/app/app_source.h"

#include "report/text/source_files.h"
#include "ui/app/app_prompt.h"
#include "ui/store/editor.h"
#include "base/user_file.h"

/* --- The editor ----------------------------------------------------------- */

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

/* The file of the selection, and what finds files; NULL with a message if there is none. */
static struct source_files *open_files(struct app *app, const char **file, int64_t *line)
{
	const struct view_spec *spec = &app->session.settings.view;

	if (app->session.settings.report.hide_source)
		session_message(&app->session, "source text is hidden by -redact");
	else if (!locate(app, file, line))
		session_message(&app->session, "the profile names no source file for this");
	else
		return source_files_new(spec->source_path, spec->trim_path,
					app->session.settings.report.places);
	return NULL;
}

void app_edit(struct app *app, const struct command *command)
{
	const char *file, *location;
	struct source_files *files;
	struct error error;
	int64_t line;

	(void)command;
	files = open_files(app, &file, &line);
	if (!files)
		return;
	location = source_files_location(files, file);
	if (!location) {
		error_set(&error, "%s; Enter in Source asks where it is",
			  source_files_error(files, file));
		session_error(&app->session, &error);
	} else if (!editor_run(location, line, &error)) {
		session_error(&app->session, &error);
	}
	source_files_free(files);
}

/* --- Where files are ------------------------------------------------------ */

void app_ask_source(struct app *app, const struct command *command)
{
	const char *file, *location;
	struct source_files *files;
	int64_t line;

	(void)command;
	files = open_files(app, &file, &line);
	if (!files)
		return;
	location = source_files_location(files, file);
	if (location)
		session_message(&app->session, "this is %s", location);
	else
		app_prompt_open(app, APP_PROMPT_SOURCE, "");
	source_files_free(files);
}

static bool places_path(const struct app *app, struct text *path)
{
	return app->preferences.history && user_file_path(USER_STATE, "sources", path);
}

void app_read_places(struct app *app)
{
	struct text path = {0};
	struct error error;

	if (places_path(app, &path) && !source_places_read(path.bytes, &app->places, &error) &&
	    !app->notice.length)
		text_add_string(&app->notice, error.message);
	text_clear(&path);
}

/* Other runs may have added to the file since this one began. */
static void keep_place(struct app *app, struct source_place *place)
{
	struct text path = {0};
	struct error error;

	if (places_path(app, &path)) {
		source_places_clear(&app->places);
		source_places_read(path.bytes, &app->places, &error);
	}
	source_places_add(&app->places, place);
	if (path.length && !source_places_write(path.bytes, &app->places, &error))
		session_error(&app->session, &error);
	text_clear(&path);
}

bool app_source_named(struct app *app, const char *line)
{
	struct session *session = &app->session;
	struct source_place place;
	struct error error;
	const char *file, *location;
	struct source_files *files;
	int64_t number;

	if (!*line || !locate(app, &file, &number))
		return true;
	if (!source_place_guess(file, line, &place, &error)) {
		session_error(session, &error);
		return false;
	}
	keep_place(app, &place);
	/* Listings read files anew. */
	session->generation++;
	files = open_files(app, &file, &number);
	location = files ? source_files_location(files, file) : NULL;
	if (location)
		session_message(session, "now and in later runs this is %s", location);
	else if (files)
		session_message(session, "%s is still not found", file);
	source_files_free(files);
	return true;
}
