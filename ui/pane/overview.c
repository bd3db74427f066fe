/* SPDX-License-Identifier: MIT */
/* What the profile is, on one page; Enter goes to what a line is about. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ui/widget/number.h"
#include "ui/term/symbol_name.h"
#include "ui/pane/overview_text.h"
#include "ui/pane/list.h"
#include "ui/widget/list_pane.h"
#include "ui/widget/text_table.h"
#include "ui/term/theme.h"

#define VALUE_LEAST 12
#define SHARE_COLUMNS 9

struct overview_pane {
	struct list_pane list;
	struct overview overview;
};

static const struct overview_line *line_at(const struct list_pane *list, uint32_t item)
{
	return &((const struct overview_pane *)list)->overview.lines[item];
}

/* NULL: none is selected. */
static const struct overview_line *selected_line(const struct list_pane *list)
{
	return list->rows.selected == NONE ? NULL : line_at(list, list_pane_selected(list));
}

static const char *row_text(const struct list_pane *list, uint32_t item)
{
	const struct overview_line *data = line_at(list, item);

	return data->subject == ABOUT_SECTION ? NULL : data->text;
}

static int value_columns(const struct session *session)
{
	return table_format_columns(session, &session->format, session->shown.view->total,
				    VALUE_LEAST);
}

/* Cells in front of the text of a line with a value and a share. */
static int beside_text(const struct session *session)
{
	return value_columns(session) + SHARE_COLUMNS + 2;
}

/* Columns of numbers of a line that has any; returns where its text starts. */
static int draw_numbers(const struct session *session, struct canvas *line,
			const struct overview_line *data)
{
	const struct profile *profile = session->shown.view->profile;
	char label[UNIT_LABEL_SIZE];
	int at = value_columns(session);

	switch (data->subject) {
	case ABOUT_TYPE:
		unit_label(data->value, profile_text(profile, profile->types[data->index].unit),
			   "auto", label);
		table_number(line, at, data->value ? STYLE_PLAIN : STYLE_MUTED, label);
		return at + 2;
	case ABOUT_NODE:
	case ABOUT_FRAME:
		table_amount(session, &session->format, line, at, STYLE_PLAIN, data->value);
		table_percent(session, line, at + SHARE_COLUMNS, STYLE_PLAIN, data->value,
			      session->shown.view->total);
		return beside_text(session);
	default:
		return 2;
	}
}

static void draw_row(const struct list_pane *list, struct canvas *line, uint32_t item, int left,
		     uint16_t flags)
{
	const struct session *session = list->pane.session;
	const struct overview_line *data = line_at(list, item);
	const char *text = data->text;
	struct text scratch = {0};
	struct canvas rest;
	int at;

	canvas_fill(line, 0, 0, line->columns, STYLE_PLAIN);
	if (data->subject == ABOUT_SECTION) {
		canvas_string(line, 0, 0, STYLE_HEADER, text);
		return;
	}
	at = draw_numbers(session, line, data);
	rest = canvas_part(line, 0, at, 1, line->columns - at);
	if (left == 0 && (data->subject == ABOUT_NODE || data->subject == ABOUT_FRAME))
		text = table_fit_name(session, text, rest.charset, rest.columns, false, &scratch);
	list_pane_draw_text(list, &rest, 0, left, STYLE_PLAIN | flags, text);
	text_clear(&scratch);
}

/* --- Going there ---------------------------------------------------------- */

static struct pane_result go_to_type(struct session *session, uint32_t type)
{
	struct view_spec *spec = alloc(sizeof(*spec));

	view_spec_copy(spec, &session->settings.view);
	spec->value_type = type;
	return (struct pane_result){.kind = PANE_SPEC, .spec = spec, .open = "top"};
}

static struct pane_result enter(struct session *session, const struct overview_line *data)
{
	const char *open = NULL;

	switch (data->subject) {
	case ABOUT_FILES:
		open = "files";
		break;
	case ABOUT_TYPE:
		return go_to_type(session, data->index);
	case ABOUT_LABEL:
		free(session->label_key);
		session->label_key = alloc_text(session->shown.labels->keys[data->index].name);
		open = "labels";
		break;
	case ABOUT_NODE:
		session_select_node(session, data->index);
		session->spot.centre = data->index;
		open = "peek";
		break;
	case ABOUT_FRAME:
		session_go_to_frame(session, data->index);
		open = "icicle";
		break;
	case ABOUT_NOTHING:
	case ABOUT_SECTION:
		session_message(session, "this line leads nowhere else");
		return pane_done;
	}
	return (struct pane_result){.kind = PANE_OPEN, .open = open};
}

static struct pane_result overview_handle(struct pane *pane, const struct pane_input *input)
{
	const struct overview_line *line = selected_line((const struct list_pane *)pane);

	if (input->command != COMMAND_ENTER)
		return pane_ignored;
	return line ? enter(pane->session, line) : pane_done;
}

static void overview_describe(struct pane *pane, struct text *name, struct text *numbers)
{
	static const char *const leads[] = {
		[ABOUT_NOTHING] = "",
		[ABOUT_SECTION] = "",
		[ABOUT_FILES] = "Enter: the list of files",
		[ABOUT_TYPE] = "Enter: Top of this sample type",
		[ABOUT_LABEL] = "Enter: what its values cost",
		[ABOUT_NODE] = "Enter: its callers and callees",
		[ABOUT_FRAME] = "Enter: this frame in the icicle",
	};
	const struct overview_line *data = selected_line((const struct list_pane *)pane);

	if (!data)
		return;
	text_add_string(name, data->subject == ABOUT_FILES ? pane->session->files[data->index]
							   : data->text);
	text_add_string(numbers, leads[data->subject]);
}

/* --- The kind ------------------------------------------------------------- */

static int beside(const struct list_pane *list)
{
	return beside_text(list->pane.session);
}

static void clear(struct list_pane *list)
{
	overview_clear(&((struct overview_pane *)list)->overview);
}

static uint32_t build(struct list_pane *list)
{
	struct overview *overview = &((struct overview_pane *)list)->overview;

	overview_build(overview, list->pane.session);
	return overview->count;
}

static const struct list_kind list = {
	.size = sizeof(struct overview_pane),
	.clear = clear,
	.build = build,
	.row_text = row_text,
	.draw_row = draw_row,
	.beside = beside,
};

const struct pane_kind pane_overview = {
	.name = "overview",
	.title = "Overview",
	.about = "What this profile is. Enter goes to what the selected line is about.\n",
	.groups = "list overview",
	.hints = "follow:go top-pane:top icicle-pane:icicle search:search keys:help prompt:command",
	.side = SIDE_LEFT,
	.needs = PART_TABLE | PART_TREE | PART_LABELS,
	.list = &list,
	.handle = overview_handle,
	.describe = overview_describe,
};
