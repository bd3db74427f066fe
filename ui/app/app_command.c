/* SPDX-License-Identifier: MIT */
/* What the commands do that are the same in all panes. */
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ui/app/app_copy.h"
#include "ui/app/app_prompt.h"
#include "ui/app/app_source.h"
#include "ui/app/app_visit.h"
#include "ui/app/app_write.h"
#include "ui/app/help_page.h"
#include "ui/session/class_group.h"
#include "ui/session/own_code.h"
#include "ui/pane/list.h"
#include "ui/term/terminal.h"
#include "ui/widget/text_pane.h"
#include "ui/widget/tree_traces.h"

#define STATUS_INTERRUPTED 130

/* --- Panes ---------------------------------------------------------------- */

static void open_pane(struct app *app, const struct command *command)
{
	const struct pane_kind *kind = pane_find(command->argument), *focus = app_focus(app);
	struct spot *spot = &app->session.spot;

	if (kind == &pane_help) {
		app_show(app, kind);
		help_page_show(app_pane(app, kind), &app->keys, focus == kind ? NULL : focus);
		return;
	}
	if (kind == focus && !kind->centres)
		return;
	app_leave(app);
	if (kind->centres && spot->node != NONE)
		spot->centre = spot->node;
	app_show(app, kind);
}

static void next_pane(struct app *app, const struct command *command)
{
	(void)command;
	if (app->over)
		app->over = NULL;
	else
		app_show(app, app->focus_right ? app->left : app->right);
}

static void maximise(struct app *app, const struct command *command)
{
	(void)command;
	app->maximised = !app->maximised;
	if (!layout_is_wide(app->columns))
		session_message(&app->session, "two panes need %d columns", LAYOUT_WIDE);
}

static void quit(struct app *app, const struct command *command)
{
	(void)command;
	app->quit = true;
}

/* One level: what is in front, then Peek or a lone icicle, then the program. */
static void close_pane(struct app *app, const struct command *command)
{
	if (app->over)
		app->over = NULL;
	else if (app->focus_right)
		app_show(app, app->left);
	else if (app->left != app_home(app))
		app_show(app, app_home(app));
	else
		quit(app, command);
}

/* What runs ends; a pane that is being computed is left for the one before it. */
static void interrupt(struct app *app, const struct command *command)
{
	if (session_cancel(&app->session)) {
		session_message(&app->session, "stopped");
		if (app->session.profile)
			return;
	} else if (app->session.shown.view && !app_ready_pane(app)) {
		session_drop_part(&app->session);
		if (app->visit_at)
			app_go_back(app, command);
		else
			app_show(app, &pane_top);
		session_message(&app->session, "stopped");
		return;
	} else if (app->session.work) {
		session_message(&app->session, "still computing; Q quits");
		return;
	}
	app->quit = true;
	app->status = STATUS_INTERRUPTED;
}

/* --- Search --------------------------------------------------------------- */

static void open_search(struct app *app, const struct command *command)
{
	(void)command;
	app_prompt_open(app, "/", "");
}

static void open_prompt(struct app *app, const struct command *command)
{
	(void)command;
	app_prompt_open(app, ":", "");
}

static void seek(struct app *app, int direction)
{
	struct pane *pane = app_ready_pane(app);
	uint32_t zoom = app->session.spot.zoom;

	if (!app->session.search)
		session_message(&app->session, "no search; / starts one");
	else if (pane)
		app_seek(app, pane, direction, false);
	if (app->session.spot.zoom != zoom)
		session_message(&app->session, "zoomed to the match; 0 shows everything");
}

static void next_match(struct app *app, const struct command *command)
{
	(void)command;
	seek(app, 1);
}

static void previous_match(struct app *app, const struct command *command)
{
	(void)command;
	seek(app, -1);
}

static void search_selected(struct app *app, const struct command *command)
{
	struct text expression = {0};
	struct error error;

	(void)command;
	if (!session_quote(&app->session, app->session.spot.node, true, &expression))
		return;
	pattern_free(app->session.search);
	app->session.search = pattern_new(expression.bytes, false, &error);
	app_search(app);
	text_clear(&expression);
}

static void escape(struct app *app, const struct command *command)
{
	struct session *session = &app->session;

	(void)command;
	if (session->search) {
		pattern_free(session->search);
		session->search = NULL;
		app_search(app);
	} else if (app->over) {
		app->over = NULL;
	} else if ((session->spot.zoom || app_focus(app) == &pane_sandwich) &&
		   command_find("zoom-out", app_focus(app)->groups)) {
		app_command(app, command_find("zoom-out", app_focus(app)->groups));
	}
}

/* --- Specs ---------------------------------------------------------------- */

/* ignore and hide add to what they have, the others replace it: as pprof's web page does. */
static void filter_selected(struct app *app, const struct command *command)
{
	struct view_spec spec;
	struct text pattern = {0};
	const char *old;
	int filter = 0;

	while (strcmp(view_filter_names[filter], command->argument) != 0)
		filter++;
	if (!session_quote(&app->session, app->session.spot.node, false, &pattern)) {
		session_message(&app->session, "no function is selected");
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

static void undo(struct app *app, const struct command *command)
{
	(void)command;
	app->report_is_old = true;
	if (!session_undo(&app->session))
		session_message(&app->session, "nothing to undo");
}

static void redo(struct app *app, const struct command *command)
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

static void next_type(struct app *app, const struct command *command)
{
	(void)command;
	change_type(app, 1);
}

static void previous_type(struct app *app, const struct command *command)
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

static void toggle_relative(struct app *app, const struct command *command)
{
	(void)command;
	toggle(app, offsetof(struct view_spec, relative), "percent of what the filters leave",
	       "percent of all samples");
}

static void toggle_collapsed(struct app *app, const struct command *command)
{
	(void)command;
	toggle(app, offsetof(struct view_spec, collapsed),
	       "a function that calls itself is one frame", "recursion is shown frame by frame");
}

static void toggle_inverted(struct app *app, const struct command *command)
{
	(void)command;
	toggle(app, offsetof(struct view_spec, inverted),
	       "call trees are turned round: callers below", "call trees start at their roots");
}

/* The filter hide has the expression besides what else it has, or no longer. */
static void toggle_own_code(struct app *app, const struct command *command)
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

static void toggle_classes(struct app *app, const struct command *command)
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

static void next_display(struct app *app, const struct command *command)
{
	static const char *const meanings[DISPLAY_COUNT] = {
		[DISPLAY_DELTA] = "what grew (+) and what shrank (-)",
		[DISPLAY_BASE] = "what is compared with, alone",
		[DISPLAY_NEW] = "what is compared, alone",
		[DISPLAY_NORMALISED] = "delta, the new one scaled to the total of the base",
	};
	struct session *session = &app->session;
	struct comparison next = session->asked;

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

static void next_unit(struct app *app, const struct command *command)
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

static void next_granularity(struct app *app, const struct command *command)
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

/* --- The rest ------------------------------------------------------------- */

static void keep_rows(struct app *app, const struct command *command)
{
	(void)command;
	app_prompt_open(app, "&", "");
}

/* As a text in the pager; Backspace or q goes back. */
static void show_traces(struct app *app, const struct command *command)
{
	struct session *session = &app->session;
	uint32_t frame;
	char *text;

	(void)command;
	if (!app_ready_pane(app))
		return;
	frame = session_frame(session);
	frame = frame == NONE ? session->spot.zoom : frame;
	text = tree_traces(session, frame);
	app_leave(app);
	app_show(app, &pane_report);
	text_pane_set(app_pane(app, &pane_report), "Stacks", text);
}

static void reload(struct app *app, const struct command *command)
{
	(void)command;
	if (!strcmp(session_location(&app->session), "-"))
		session_message(&app->session, "standard input cannot be read again");
	else
		app_load(app);
}

static void redraw(struct app *app, const struct command *command)
{
	(void)app;
	(void)command;
	terminal_redraw();
}

static void suspend(struct app *app, const struct command *command)
{
	(void)app;
	(void)command;
	raise(SIGTSTP);
}

static const struct {
	enum command_id id;
	void (*run)(struct app *app, const struct command *command);
} actions[] = {
	{COMMAND_BACK, app_go_back},
	{COMMAND_FORWARD, app_go_forward},
	{COMMAND_MARK, app_ask_letter},
	{COMMAND_GO_TO_MARK, app_ask_letter},
	{COMMAND_ESCAPE, escape},
	{COMMAND_CLOSE, close_pane},
	{COMMAND_QUIT, quit},
	{COMMAND_INTERRUPT, interrupt},
	{COMMAND_PANE, open_pane},
	{COMMAND_NEXT_PANE, next_pane},
	{COMMAND_MAXIMISE, maximise},
	{COMMAND_SEARCH, open_search},
	{COMMAND_NEXT_MATCH, next_match},
	{COMMAND_PREVIOUS_MATCH, previous_match},
	{COMMAND_SAME_NAME, search_selected},
	{COMMAND_KEEP_ROWS, keep_rows},
	{COMMAND_FILTER, filter_selected},
	{COMMAND_UNDO, undo},
	{COMMAND_REDO, redo},
	{COMMAND_NEXT_TYPE, next_type},
	{COMMAND_PREVIOUS_TYPE, previous_type},
	{COMMAND_RELATIVE, toggle_relative},
	{COMMAND_UNIT, next_unit},
	{COMMAND_GRANULARITY, next_granularity},
	{COMMAND_TREE_COLLAPSE, toggle_collapsed},
	{COMMAND_TREE_INVERT, toggle_inverted},
	{COMMAND_OWN_CODE, toggle_own_code},
	{COMMAND_BY_CLASS, toggle_classes},
	{COMMAND_DISPLAY, next_display},
	{COMMAND_EDIT, app_edit},
	{COMMAND_LOCATE, app_ask_source},
	{COMMAND_TRACES, show_traces},
	{COMMAND_WRITE, app_write},
	{COMMAND_COPY_NAME, app_copy_name},
	{COMMAND_COPY_ROW, app_copy_row},
	{COMMAND_RELOAD, reload},
	{COMMAND_REDRAW, redraw},
	{COMMAND_SUSPEND, suspend},
	{COMMAND_PROMPT, open_prompt},
};

/* Jumps inside a pane can be gone back from. */
static bool is_jump(enum command_id id)
{
	return id == COMMAND_ENTER || id == COMMAND_ZOOM_IN || id == COMMAND_ZOOM_OUT ||
	       id == COMMAND_ZOOM_RESET;
}

/* Somebody asked for it with a key, which is remembered already. */
static void go_elsewhere(struct app *app, struct visit *visit)
{
	if (app_go_to(app, visit))
		app_show(app, visit->kind);
	else
		app_forget_visit(app);
	visit_clear(visit);
	free(visit);
}

/* What a pane wants to be done after a key. */
static void take_result(struct app *app, const struct pane_result *result)
{
	struct error error;
	size_t error_at;

	if (result->open)
		app_show(app, pane_find(result->open));
	switch (result->kind) {
	case PANE_SPEC:
		app_set_spec(app, result->spec);
		view_spec_clear(result->spec);
		free(result->spec);
		break;
	case PANE_VISIT:
		go_elsewhere(app, result->visit);
		break;
	case PANE_PROMPT:
		app_prompt_open(app, ":", result->line);
		free(result->line);
		break;
	case PANE_LINE:
		if (!app_run_line(app, result->line, &error_at, &error))
			session_error(&app->session, &error);
		free(result->line);
		break;
	case PANE_IGNORED:
	case PANE_DONE:
	case PANE_OPEN:
		break;
	}
}

static void run_in_pane(struct app *app, struct pane *pane, enum command_id id)
{
	const struct spot *spot = &app->session.spot;
	struct spot old = *spot;
	struct pane_input input = {id, app->clicked_row, app->clicked_column};
	struct pane_result result;

	if (is_jump(id))
		app_leave(app);
	result = pane_handle(pane, &input);
	/* Clicked at again, nothing is still nothing: Enter would be about the old selection. */
	if (result.kind == PANE_IGNORED && id == COMMAND_POINT)
		app->clicked_at = 0;
	if (is_jump(id) && !result.open && result.kind != PANE_VISIT && old.zoom == spot->zoom &&
	    old.centre == spot->centre)
		app_forget_visit(app);
	take_result(app, &result);
}

void app_command(struct app *app, const struct command *command)
{
	struct pane *pane;

	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++) {
		if (actions[i].id == command->id) {
			actions[i].run(app, command);
			return;
		}
	}
	pane = app_ready_pane(app);
	if (pane)
		run_in_pane(app, pane, command->id);
}

/* A key of another pane is said to be one: nothing happens without a reason. */
void app_explain_key(struct app *app, uint32_t key)
{
	struct session *session = &app->session;
	const struct pane_kind *kind = NULL;
	const struct command *command = NULL;
	char name[KEY_NAME_SIZE], help[KEY_NAME_SIZE];

	if (key >= NAMED_CLICK)
		return;
	key_print(key, name);
	for (size_t i = 0; pane_kinds[i] && !command; i++) {
		kind = pane_kinds[i];
		command = key_map_find(&app->keys, key, kind->groups);
	}
	key_map_first(&app->keys, "keys", app_focus(app)->groups, help);
	if (command)
		session_message(session, "%s is a key of %s: %s", name, kind->title, command->help);
	else if (key == 'a' || key == '6')
		session_message(session, "there is no disassembly; %s", option_instead("disasm"));
	else
		session_message(session, "%s does nothing; %s lists the keys", name, help);
}

bool app_command_needs_pane(const struct command *command)
{
	static const enum command_id own[] = {
		COMMAND_NEXT_MATCH, COMMAND_PREVIOUS_MATCH, COMMAND_SAME_NAME, COMMAND_KEEP_ROWS,
		COMMAND_FILTER,     COMMAND_EDIT,           COMMAND_LOCATE,    COMMAND_TRACES,
		COMMAND_COPY_NAME,  COMMAND_COPY_ROW};

	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (own[i] == command->id)
			return true;
	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++)
		if (actions[i].id == command->id)
			return false;
	return true;
}
