/* SPDX-License-Identifier: MIT */
/* The files of the command line: all merged, one alone, or what two of them differ in. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "cli/load.h"
#include "ui/pane/list.h"
#include "ui/widget/list_pane.h"
#include "ui/widget/text_table.h"
#include "ui/term/theme.h"

#define TOTAL_LEAST 11
#define DURATION_COLUMNS 10
#define TIME_COLUMNS 25
#define ROLE_COLUMNS 10
#define TIME_FROM 70 /* columns from which on there is a time */
#define ALL_MERGED "all files merged"

/* As they were named, by total, by name. */
enum files_order { FILES_GIVEN, FILES_TOTAL, FILES_NAME, FILES_ORDERS };

struct files {
	struct list_pane list; /* items are files, (uint32_t)COMPARISON_ALL for all of them */
	enum files_order order;
	bool reverse;
	int base; /* the file that the others are compared with; COMPARISON_ALL: none */
};

static const struct files *of(const struct list_pane *list)
{
	return (const struct files *)list;
}

static const struct session *session_of(const struct files *files)
{
	return files->list.pane.session;
}

/* The first row stands for all of them where there are several to merge. */
static bool has_merged_row(const struct files *files)
{
	return file_selection_location_count(session_of(files)->request) > 1;
}

/* COMPARISON_ALL for the row of all. */
static int selected_file(const struct files *files)
{
	return (int)list_pane_selected(&files->list);
}

static const char *row_text(const struct list_pane *list, uint32_t item)
{
	int file = (int)item;

	return file < 0 ? ALL_MERGED : list->pane.session->files[file];
}

/* The total of the type that is shown, by its name: files may number their types differently. */
static const struct load_total *find_total(const struct session *session, int file)
{
	const struct load_note *note = &session->notes[file];

	for (uint32_t i = 0; i < note->type_count; i++)
		if (!strcmp(note->totals[i].type, view_type(session->shown.view)))
			return &note->totals[i];
	return NULL;
}

/* "" if the file has none. */
static const char *print_total(const struct session *session, int file, char label[UNIT_LABEL_SIZE])
{
	const struct load_total *total = find_total(session, file);

	label[0] = '\0';
	return total ? unit_label(total->total, total->unit, session->settings.report.unit, label)
		     : label;
}

/* Cells that the totals need in the present unit. */
static int total_columns(const struct session *session)
{
	int columns = TOTAL_LEAST;

	for (int i = 0; i < file_selection_file_count(session->request); i++) {
		char label[UNIT_LABEL_SIZE];
		int width = (int)strlen(print_total(session, i, label)) + 1;

		columns = width > columns ? width : columns;
	}
	return columns;
}

/* Returns where the name starts. */
static int draw_note(const struct session *session, struct canvas *line, int file)
{
	const struct load_note *note = file < 0 ? NULL : &session->notes[file];
	char label[UNIT_LABEL_SIZE], time[UNIT_TIME_SIZE];
	int total = total_columns(session), at = total + DURATION_COLUMNS;

	if (note)
		table_number(line, total, STYLE_PLAIN, print_total(session, file, label));
	if (note && note->duration_nanos)
		table_number(line, at, STYLE_PLAIN,
			     unit_label(note->duration_nanos, "nanoseconds", "auto", label));
	if (line->columns < TIME_FROM)
		return at + 2;
	if (note && note->time_nanos && unit_time(note->time_nanos, time))
		canvas_string(line, 0, at + 2, STYLE_PLAIN, time);
	return at + 2 + TIME_COLUMNS;
}

/* What the file has to do with what is on the screen. */
static const char *role(const struct files *files, int file)
{
	const struct session *session = session_of(files);
	const struct file_selection *seen = &session->seen;

	if (file < 0)
		return seen->alone == COMPARISON_ALL && seen->display != DISPLAY_BASE ? "shown"
										      : "";
	if (!session->notes[file].read)
		return "not read";
	if (file == files->base)
		return "base";
	return file_selection_has_file(seen, session->request, file) ? "shown" : "";
}

static void draw_row(const struct list_pane *list, struct canvas *line, uint32_t item, int left,
		     uint16_t flags)
{
	const struct session *session = list->pane.session;
	int file = (int)item, at;
	struct text name = {0};

	canvas_fill(line, 0, 0, line->columns, STYLE_PLAIN);
	at = draw_note(session, line, file);
	canvas_string(line, 0, at, STYLE_KEY, role(of(list), file));
	at += ROLE_COLUMNS;
	if (file < 0)
		text_add_string(&name, ALL_MERGED);
	else
		file_selection_add_file(&name, session->files[file]);
	list_pane_draw_text(list, line, at, left, STYLE_PLAIN | flags, text_string(&name));
	text_clear(&name);
}

static void draw_header(const struct list_pane *list, struct canvas *line)
{
	const struct session *session = list->pane.session;
	int total = total_columns(session), at = total + DURATION_COLUMNS;

	canvas_fill(line, 0, 0, line->columns, STYLE_HEADER);
	table_number(line, total, STYLE_HEADER, view_type(session->shown.view));
	table_number(line, at, STYLE_HEADER, "duration");
	if (line->columns >= TIME_FROM)
		canvas_string(line, 0, at + 2, STYLE_HEADER, "time");
	at += 2 + (line->columns >= TIME_FROM ? TIME_COLUMNS : 0);
	canvas_string(line, 0, at + ROLE_COLUMNS, STYLE_HEADER, "file");
}

static int beside(const struct list_pane *list)
{
	return total_columns(list->pane.session) + DURATION_COLUMNS + 2 + TIME_COLUMNS +
	       ROLE_COLUMNS;
}

/* --- Rows ----------------------------------------------------------------- */

static void add_file(struct files *files, int file)
{
	struct list_pane *list = &files->list;
	const char *name = row_text(list, (uint32_t)file);

	if (!list->kept || pattern_matches(list->kept, name, strlen(name)))
		array_push(list->shown, list->shown_count, list->shown_capacity, (uint32_t)file);
}

static int compare_files(const void *a, const void *b, void *argument)
{
	const struct files *files = argument;
	const struct session *session = session_of(files);
	int first = (int)*(const uint32_t *)a, second = (int)*(const uint32_t *)b, order = 0;
	const struct load_total *left = find_total(session, first),
				*right = find_total(session, second);

	if (files->order == FILES_NAME)
		order = strcmp(session->files[first], session->files[second]);
	else if (files->order == FILES_TOTAL && left && right)
		order = (left->total < right->total) - (left->total > right->total);
	else if (files->order == FILES_TOTAL)
		order = !left - !right;
	if (!order)
		order = (first > second) - (first < second);
	return files->reverse ? -order : order;
}

/* Lists what is kept, at the file where one was. */
static void list_files(struct files *files, int selected)
{
	const struct session *session = session_of(files);
	struct list_pane *list = &files->list;
	uint32_t row = 0, merged;

	array_reserve(list->shown, list->shown_capacity, 1);
	list->shown_count = 0;
	if (has_merged_row(files))
		add_file(files, COMPARISON_ALL);
	merged = list->shown_count;
	for (int i = 0; i < file_selection_file_count(session->request); i++)
		add_file(files, i);
	if (files->order != FILES_GIVEN || files->reverse)
		qsort_r(list->shown + merged, list->shown_count - merged, sizeof(*list->shown),
			compare_files, files);
	while (row + 1 < list->shown_count && (int)list->shown[row] != selected)
		row++;
	list_pane_set_count(list, list->shown_count, row);
}

static void arrange(struct list_pane *list)
{
	struct files *files = (struct files *)list;
	bool none = list->rows.selected == NONE;

	list_files(files, none ? list->pane.session->seen.alone : selected_file(files));
}

/* --- Doing ---------------------------------------------------------------- */

/* The file of the row alone, or what it has more than the base. */
static struct pane_result show_selected(struct files *files)
{
	struct session *session = files->list.pane.session;
	struct file_selection wanted = {
		.alone = selected_file(files),
		.base = files->base,
		.display = DISPLAY_DELTA,
	};
	bool own_base = wanted.base == file_selection_location_count(session->request);

	/* A base is no difference to itself, and no part of what it is subtracted from. */
	if (wanted.alone == wanted.base || (wanted.alone == COMPARISON_ALL && !own_base))
		wanted.base = COMPARISON_ALL;
	if (!session_compare(session, &wanted))
		return pane_done;
	return (struct pane_result){.kind = PANE_OPEN, .open = "top"};
}

static void mark_base(struct files *files)
{
	struct session *session = files->list.pane.session;
	int file = selected_file(files);

	if (file < 0) {
		session_message(session, "select one file");
		return;
	}
	files->base = file == files->base ? COMPARISON_ALL : file;
	session_message(session, "%s",
			file == files->base
				? "the base; Enter on another file shows what that has more or less"
				: "no base; Enter shows a file by itself");
}

static void sort(struct files *files, bool invert)
{
	static const char *const orders[FILES_ORDERS] = {"as they were named", "by total",
							 "by name"};

	files->reverse = invert && !files->reverse;
	if (!invert)
		files->order = (files->order + 1) % FILES_ORDERS;
	arrange(&files->list);
	session_message(files->list.pane.session, "files %s%s", orders[files->order],
			files->reverse ? ", turned round" : "");
}

static struct pane_result files_handle(struct pane *pane, const struct pane_input *input)
{
	struct files *files = (struct files *)pane;
	enum command_id command = input->command;
	bool selected = files->list.rows.selected != NONE;

	if (command == COMMAND_ENTER && selected)
		return show_selected(files);
	if (command == COMMAND_COMPARE && selected)
		mark_base(files);
	else if (command == COMMAND_SORT || command == COMMAND_INVERT)
		sort(files, command == COMMAND_INVERT);
	else
		return pane_ignored;
	return pane_done;
}

static void files_describe(struct pane *pane, struct text *name, struct text *numbers)
{
	const struct files *files = (const struct files *)pane;
	int file = selected_file(files);
	const struct load_note *note = file < 0 ? NULL : &pane->session->notes[file];
	char label[UNIT_LABEL_SIZE];

	if (files->list.rows.selected == NONE)
		return;
	text_add_string(name, row_text(&files->list, (uint32_t)file));
	for (uint32_t i = 0; note && i < note->type_count; i++)
		text_printf(numbers, "%s%s %s", i ? "   " : "", note->totals[i].type,
			    unit_label(note->totals[i].total, note->totals[i].unit, "auto", label));
}

static void init(struct list_pane *list)
{
	((struct files *)list)->base = list->pane.session->seen.base;
}

static const struct list_kind list = {
	.size = sizeof(struct files),
	.init = init,
	.arrange = arrange,
	.row_text = row_text,
	.draw_row = draw_row,
	.draw_header = draw_header,
	.beside = beside,
};

const struct pane_kind pane_files = {
	.name = "files",
	.title = "Files",
	.about = "The files of the command line. Enter shows one alone; = marks what the others\n"
		 "are compared with.\n",
	.groups = "list files",
	.hints = "show-file:show mark-base:base top-pane:top overview:overview search:search "
		 "keys:help prompt:command",
	.side = SIDE_LEFT,
	.needs = PART_TABLE,
	.list = &list,
	.handle = files_handle,
	.describe = files_describe,
};
