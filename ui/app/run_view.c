/* SPDX-License-Identifier: MIT */
#include "ui/app/run_view.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ui/session/class_group.h"
#include "ui/session/own_code.h"

/* ignore and hide add to what they have, the others replace it: as pprof's web page does. */
void run_filter(struct app *app, const struct command *command)
{
	struct view_spec spec;
	struct text pattern = {0};
	const char *old;
	int filter = 0;

	while (strcmp(view_filter_names[filter], command->argument) != 0)
		filter++;
	if (!session_quote(&app->session, app->session.spot.node, false, &pattern)) {
		session_message(&app->session, "%s",
				session_no_quote(&app->session, app->session.spot.node));
		return;
	}
	view_spec_copy(&spec, &app->session.settings.view);
	old = view_spec_filter(&spec, (enum view_filter)filter);
	if (*old && (filter == FILTER_IGNORE || filter == FILTER_HIDE))
		text_printf(&pattern, "|%s", old);
	view_spec_set_filter(&spec, (enum view_filter)filter, pattern.bytes);
	app_set_spec(app, &spec);
	view_spec_clear(&spec);
	text_clear(&pattern);
}

void run_undo(struct app *app, const struct command *command)
{
	(void)command;
	app->report_is_old = true;
	if (!session_undo(&app->session))
		session_message(&app->session, "nothing to undo");
}

void run_redo(struct app *app, const struct command *command)
{
	(void)command;
	app->report_is_old = true;
	if (!session_redo(&app->session))
		session_message(&app->session, "nothing to redo");
}

static void change_type(struct app *app, uint32_t distance)
{
	const struct profile *profile = app->session.profile;
	struct view_spec spec;

	if (!profile)
		return;
	if (profile->type_count < 2) {
		session_message(&app->session, "this profile has only one sample type");
		return;
	}
	view_spec_copy(&spec, &app->session.settings.view);
	spec.value_type = (spec.value_type + distance + profile->type_count) % profile->type_count;
	app_set_spec(app, &spec);
	session_message(&app->session, "sample type %s",
			profile_text(profile, profile->types[spec.value_type].type));
	view_spec_clear(&spec);
}

void run_next_type(struct app *app, const struct command *command)
{
	(void)command;
	change_type(app, 1);
}

void run_previous_type(struct app *app, const struct command *command)
{
	(void)command;
	change_type(app, (uint32_t)-1);
}

/* Turns a switch of the spec round and says what holds now. */
static void toggle(struct app *app, size_t field, const char *on, const char *off)
{
	struct view_spec spec;
	bool *value = (bool *)((char *)&spec + field);

	view_spec_copy(&spec, &app->session.settings.view);
	*value = !*value;
	app_set_spec(app, &spec);
	session_message(&app->session, "%s", *value ? on : off);
	view_spec_clear(&spec);
}

void run_relative(struct app *app, const struct command *command)
{
	(void)command;
	toggle(app, offsetof(struct view_spec, relative), "percent of what the filters leave",
	       "percent of all samples");
}

void run_recursion(struct app *app, const struct command *command)
{
	(void)command;
	toggle(app, offsetof(struct view_spec, collapsed),
	       "a function that calls itself is one frame", "recursion is shown frame by frame");
}

void run_invert_trees(struct app *app, const struct command *command)
{
	(void)command;
	toggle(app, offsetof(struct view_spec, inverted),
	       "call trees are turned round: callers below", "call trees start at their roots");
}

/* The filter hide has the expression besides what else it has, or no longer. */
void run_own_code(struct app *app, const struct command *command)
{
	struct session *session = &app->session;
	struct text foreign = {0}, hide = {0};
	struct view_spec spec;

	(void)command;
	if (!session->profile)
		return;
	if (!own_code_expression(session->profile, &foreign)) {
		session_message(session, "%s",
				foreign.length ? "nothing here looks like code of your own"
					       : "all of this looks like code of your own");
		text_clear(&foreign);
		return;
	}
	view_spec_copy(&spec, &session->settings.view);
	if (own_code_toggle(view_spec_filter(&spec, FILTER_HIDE), foreign.bytes, &hide))
		session_message(session, "only code of your own; O again shows all");
	else
		session_message(session, "all code");
	view_spec_set_filter(&spec, FILTER_HIDE, text_string(&hide));
	app_set_spec(app, &spec);
	view_spec_clear(&spec);
	text_clear(&foreign);
	text_clear(&hide);
}

void run_classes(struct app *app, const struct command *command)
{
	struct view_spec spec;

	(void)command;
	view_spec_copy(&spec, &app->session.settings.view);
	class_group_toggle(&spec);
	app_set_spec(app, &spec);
	session_message(&app->session, "%s",
			spec.by_class ? "by class: each sample in one; Enter opens one, J shows all"
				      : "by function");
	view_spec_clear(&spec);
}

void run_display(struct app *app, const struct command *command)
{
	static const char *const meanings[DISPLAY_COUNT] = {
		[DISPLAY_DELTA] = "what grew (+) and what shrank (-)",
		[DISPLAY_BASE] = "what is compared with, alone",
		[DISPLAY_NEW] = "what is compared, alone",
		[DISPLAY_NORMALISED] = "delta, the new one scaled to the total of the base",
	};
	struct session *session = &app->session;
	struct file_selection next = session->asked;

	(void)command;
	if (next.base == COMPARISON_ALL) {
		session_message(session, "nothing to compare with: no -base and no -diff_base");
		return;
	}
	next.display = (next.display + 1) % DISPLAY_COUNT;
	if (!session_compare(session, &next))
		return;
	session_note(session);
	session_message(session, "%s: %s", comparison_display_name(next.display),
			meanings[next.display]);
}

void run_unit(struct app *app, const struct command *command)
{
	struct session *session = &app->session;
	const struct view *view = session->shown.view;
	struct settings settings;
	const char *unit;

	(void)command;
	if (!view)
		return;
	unit = unit_next(session->settings.report.unit, view_unit(view), view->total);
	if (!unit) {
		session_message(session, "%s has only one unit", view_type(view));
		return;
	}
	settings_copy(&settings, &session->settings);
	free(settings.report.unit);
	settings.report.unit = alloc_text(unit);
	app_use_settings(app, &settings);
	session_message(session, "unit=%s%s", unit,
			!strcmp(unit, "minimum") ? ": one that suits the smallest number"
			: !strcmp(unit, "auto")  ? ": each number in its own"
						 : "");
}

void run_granularity(struct app *app, const struct command *command)
{
	static const struct {
		enum granularity next;
		const char *name;
	} steps[] = {
		[GRANULARITY_FUNCTIONS] = {GRANULARITY_FILES, "files"},
		[GRANULARITY_FILEFUNCTIONS] = {GRANULARITY_FILES, "files"},
		[GRANULARITY_FILES] = {GRANULARITY_LINES, "lines"},
		[GRANULARITY_LINES] = {GRANULARITY_ADDRESSES, "addresses"},
		[GRANULARITY_ADDRESSES] = {GRANULARITY_FUNCTIONS, "functions"},
	};
	struct view_spec spec;

	(void)command;
	view_spec_copy(&spec, &app->session.settings.view);
	session_message(&app->session, "rows are %s", steps[spec.granularity].name);
	spec.granularity = steps[spec.granularity].next;
	app_set_spec(app, &spec);
	view_spec_clear(&spec);
}
