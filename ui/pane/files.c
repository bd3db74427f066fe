/* SPDX-License-Identifier: MIT */
/* The files of the command line: all merged, one alone, or what two of them differ in. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "cli/load.h"
#include "ui/pane/list.h"
#include "ui/widget/rows.h"
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
	struct pane pane;
	enum files_order order;
	bool reverse;
	int base;             /* the file that the others are compared with; COMPARISON_ALL: none */
	struct pattern *kept; /* only files whose name matches; NULL: all */
	int *shown;           /* the file of each row, COMPARISON_ALL for all of them */
	uint32_t shown_count;
	size_t shown_capacity;
	struct rows rows;
};

static struct files *of(struct pane *pane)
{
	return (struct files *)pane;
}

/* The first row stands for all of them where there are several to merge. */
static bool has_merged_row(const struct files *files)
{
	return comparison_location_count(files->pane.session->request) > 1;
}

/* The file of a row, COMPARISON_ALL for the row of all. */
static int file_of(const struct files *files, uint32_t row)
{
	return files->shown[row];
}

static const char *row_text(const void *owner, uint32_t row)
{
	const struct files *files = owner;
	int file = file_of(files, row);

	return file < 0 ? ALL_MERGED : files->pane.session->files[file];
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

	for (int i = 0; i < comparison_file_count(session->request); i++) {
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
	const struct session *session = files->pane.session;
	const struct comparison *seen = &session->seen;

	if (file < 0)
		return seen->alone == COMPARISON_ALL && seen->display != DISPLAY_BASE ? "shown"
										      : "";
	if (!session->notes[file].read)
		return "not read";
	if (file == files->base)
		return "base";
	return comparison_has_file(seen, session->request, file) ? "shown" : "";
}

static void draw_row(const void *owner, struct canvas *line, uint32_t row, int left, uint16_t flags)
{
	const struct files *files = owner;
	const struct session *session = files->pane.session;
	int file = file_of(files, row), at;
	struct text name = {0};
	struct canvas rest;

	canvas_fill(line, 0, 0, line->columns, STYLE_PLAIN);
	at = draw_note(session, line, file);
	canvas_string(line, 0, at, STYLE_KEY, role(files, file));
	at += ROLE_COLUMNS;
	rest = canvas_part(line, 0, at, 1, line->columns - at);
	if (file < 0)
		text_add_string(&name, ALL_MERGED);
	else
		comparison_add_file(&name, session->files[file]);
	canvas_matches(&rest, 0, -left, STYLE_PLAIN | flags, text_string(&name), name.length,
		       session->search);
	canvas_clip(&rest, 0, left, STYLE_PLAIN | flags, text_string(&name));
	text_clear(&name);
}

static const struct rows_source source = {row_text, draw_row};

static void draw_header(const void *owner, struct canvas *line)
{
	const struct session *session = ((const struct files *)owner)->pane.session;
	int total = total_columns(session), at = total + DURATION_COLUMNS;

	canvas_fill(line, 0, 0, line->columns, STYLE_HEADER);
	table_number(line, total, STYLE_HEADER, view_type(session->shown.view));
	table_number(line, at, STYLE_HEADER, "duration");
	if (line->columns >= TIME_FROM)
		canvas_string(line, 0, at + 2, STYLE_HEADER, "time");
	at += 2 + (line->columns >= TIME_FROM ? TIME_COLUMNS : 0);
	canvas_string(line, 0, at + ROLE_COLUMNS, STYLE_HEADER, "file");
}

static void files_copy(struct pane *pane, struct text *text)
{
	int beside =
		total_columns(pane->session) + DURATION_COLUMNS + 2 + TIME_COLUMNS + ROLE_COLUMNS;

	rows_copy(&of(pane)->rows, beside, draw_header, text);
}

static void files_draw(struct pane *pane, struct canvas *canvas, bool focused)
{
	struct canvas body = canvas_part(canvas, 1, 0, canvas->rows - 1, canvas->columns);

	draw_header(of(pane), canvas);
	rows_draw(&of(pane)->rows, &body, focused);
	if (!of(pane)->rows.count)
		canvas_string(&body, 0, 1, STYLE_MUTED, ROWS_NONE_KEPT);
}

/* --- Rows ----------------------------------------------------------------- */

static void add_file(struct files *files, int file)
{
	const char *name = file < 0 ? ALL_MERGED : files->pane.session->files[file];

	if (!files->kept || pattern_matches(files->kept, name, strlen(name)))
		array_push(files->shown, files->shown_count, files->shown_capacity, file);
}

static int compare_files(const void *a, const void *b, void *argument)
{
	const struct files *files = argument;
	const struct session *session = files->pane.session;
	int first = *(const int *)a, second = *(const int *)b, order = 0;
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
static void arrange(struct files *files, int selected)
{
	const struct session *session = files->pane.session;
	uint32_t row = 0, merged;

	files->shown_count = 0;
	if (has_merged_row(files))
		add_file(files, COMPARISON_ALL);
	merged = files->shown_count;
	for (int i = 0; i < comparison_file_count(session->request); i++)
		add_file(files, i);
	if (files->order != FILES_GIVEN || files->reverse)
		qsort_r(files->shown + merged, files->shown_count - merged, sizeof(*files->shown),
			compare_files, files);
	rows_set_count(&files->rows, files->shown_count);
	rows_search(&files->rows, session->search);
	while (row + 1 < files->shown_count && files->shown[row] != selected)
		row++;
	rows_select(&files->rows, row);
}

/* In another order, or of other files that are kept. */
static void arrange_again(struct files *files)
{
	uint32_t selected = files->rows.selected;

	arrange(files, selected == NONE ? COMPARISON_ALL : file_of(files, selected));
}

/* --- Doing ---------------------------------------------------------------- */

/* The file of the row alone, or what it has more than the base. */
static void show_selected(struct files *files)
{
	struct session *session = files->pane.session;
	struct comparison wanted = {
		.alone = file_of(files, files->rows.selected),
		.base = files->base,
		.display = DISPLAY_DELTA,
	};
	bool own_base = wanted.base == comparison_location_count(session->request);

	/* A base is no difference to itself, and no part of what it is subtracted from. */
	if (wanted.alone == wanted.base || (wanted.alone == COMPARISON_ALL && !own_base))
		wanted.base = COMPARISON_ALL;
	if (session_compare(session, &wanted))
		files->pane.opens = "top";
}

static void mark_base(struct files *files)
{
	struct session *session = files->pane.session;
	int file = file_of(files, files->rows.selected);

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
	arrange_again(files);
	session_message(files->pane.session, "files %s%s", orders[files->order],
			files->reverse ? ", turned round" : "");
}

static bool files_handle(struct pane *pane, enum command_id command)
{
	struct files *files = of(pane);

	files->rows.pointed = pane->point_row;
	if (command == COMMAND_ENTER && files->rows.selected != NONE)
		show_selected(files);
	else if (command == COMMAND_COMPARE && files->rows.selected != NONE)
		mark_base(files);
	else if (command == COMMAND_SORT || command == COMMAND_INVERT)
		sort(files, command == COMMAND_INVERT);
	else
		return rows_handle(&files->rows, command);
	return true;
}

static void files_describe(struct pane *pane, struct text *name, struct text *numbers)
{
	const struct files *files = of(pane);
	const struct session *session = pane->session;
	const struct load_note *note;
	char label[UNIT_LABEL_SIZE];
	int file;

	if (files->rows.selected == NONE)
		return;
	text_add_string(name, row_text(files, files->rows.selected));
	file = file_of(files, files->rows.selected);
	note = file < 0 ? NULL : &session->notes[file];
	for (uint32_t i = 0; note && i < note->type_count; i++)
		text_printf(numbers, "%s%s %s", i ? "   " : "", note->totals[i].type,
			    unit_label(note->totals[i].total, note->totals[i].unit, "auto", label));
}

static struct pane *files_open(struct session *session)
{
	struct files *files = alloc_zero(1, sizeof(*files));

	files->pane = (struct pane){.kind = &pane_files, .session = session};
	files->base = session->seen.base;
	rows_init(&files->rows, &source, files);
	return &files->pane;
}

static void files_close(struct pane *pane)
{
	struct files *files = of(pane);

	rows_clear(&files->rows);
	pattern_free(files->kept);
	free(files->shown);
	free(files);
}

static void files_refresh(struct pane *pane)
{
	struct files *files = of(pane);
	uint32_t selected = files->rows.selected;

	arrange(files, selected == NONE ? pane->session->seen.alone : file_of(files, selected));
}

static void files_keep(struct pane *pane, struct pattern *pattern)
{
	struct files *files = of(pane);

	pattern_free(files->kept);
	files->kept = pattern;
	arrange_again(files);
}

static void files_search(struct pane *pane)
{
	rows_search(&of(pane)->rows, pane->session->search);
}

static bool files_seek(struct pane *pane, int direction, bool here)
{
	return rows_seek(&of(pane)->rows, direction, here);
}

static void files_matches(struct pane *pane, uint32_t *number, uint32_t *count)
{
	*number = rows_match_number(&of(pane)->rows);
	*count = of(pane)->rows.match_count;
}

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
	.open = files_open,
	.close = files_close,
	.refresh = files_refresh,
	.draw = files_draw,
	.handle = files_handle,
	.describe = files_describe,
	.copy = files_copy,
	.keep = files_keep,
	.search = files_search,
	.seek = files_seek,
	.matches = files_matches,
};
