/* SPDX-License-Identifier: MIT */
/* What the profile is, on one page; Enter goes to what a line is about. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ui/widget/number.h"
#include "ui/term/symbol_name.h"
#include "ui/pane/overview_text.h"
#include "ui/pane/list.h"
#include "ui/widget/rows.h"
#include "ui/widget/text_table.h"
#include "ui/term/theme.h"

#define VALUE_LEAST 12
#define SHARE_COLUMNS 9

struct overview_pane {
	struct pane pane;
	struct overview overview;
	struct rows rows;
};

static struct overview_pane *of(struct pane *pane)
{
	return (struct overview_pane *)pane;
}

static const struct overview_line *line_at(const struct overview_pane *pane, uint32_t row)
{
	return &pane->overview.lines[row];
}

static const char *row_text(const void *owner, uint32_t row)
{
	const struct overview_line *data = line_at(owner, row);

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

static void draw_row(const void *owner, struct canvas *line, uint32_t row, int left, uint16_t flags)
{
	const struct overview_pane *pane = owner;
	const struct session *session = pane->pane.session;
	const struct overview_line *data = line_at(pane, row);
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
		text = name_fit(text, rest.charset, rest.columns, &scratch);
	canvas_matches(&rest, 0, -left, STYLE_PLAIN | flags, text, strlen(text), session->search);
	canvas_clip(&rest, 0, left, STYLE_PLAIN | flags, text);
	text_clear(&scratch);
}

static const struct rows_source source = {row_text, draw_row};

static void overview_draw(struct pane *pane, struct canvas *canvas, bool focused)
{
	rows_draw(&of(pane)->rows, canvas, focused);
}

/* --- Going there ---------------------------------------------------------- */

static void go_to_type(struct pane *pane, uint32_t type)
{
	struct view_spec *spec = alloc(sizeof(*spec));

	view_spec_copy(spec, &pane->session->settings.view);
	spec->value_type = type;
	pane->wants = spec;
	pane->opens = "top";
}

static void enter(struct overview_pane *overview)
{
	struct pane *pane = &overview->pane;
	struct session *session = pane->session;
	const struct overview_line *data;

	if (overview->rows.selected == NONE)
		return;
	data = line_at(overview, overview->rows.selected);
	switch (data->subject) {
	case ABOUT_FILES:
		pane->opens = "files";
		break;
	case ABOUT_TYPE:
		go_to_type(pane, data->index);
		break;
	case ABOUT_LABEL:
		free(session->label_key);
		session->label_key = alloc_text(session->shown.labels->keys[data->index].name);
		pane->opens = "labels";
		break;
	case ABOUT_NODE:
		session_select_node(session, data->index);
		session->spot.centre = data->index;
		pane->opens = "peek";
		break;
	case ABOUT_FRAME:
		session_go_to_frame(session, data->index);
		pane->opens = "icicle";
		break;
	case ABOUT_NOTHING:
	case ABOUT_SECTION:
		session_message(session, "this line leads nowhere else");
		break;
	}
}

static bool overview_handle(struct pane *pane, enum command_id command)
{
	of(pane)->rows.pointed = pane->point_row;
	if (command != COMMAND_ENTER)
		return rows_handle(&of(pane)->rows, command);
	enter(of(pane));
	return true;
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
	const struct overview_pane *overview = of(pane);
	const struct overview_line *data;

	if (overview->rows.selected == NONE)
		return;
	data = line_at(overview, overview->rows.selected);
	text_add_string(name, data->subject == ABOUT_FILES ? pane->session->files[data->index]
							   : data->text);
	text_add_string(numbers, leads[data->subject]);
}

static void overview_copy(struct pane *pane, struct text *text)
{
	const struct overview_pane *overview = of(pane);

	rows_copy(&overview->rows, beside_text(pane->session), NULL, text);
}

/* --- The kind ------------------------------------------------------------- */

static struct pane *overview_open(struct session *session)
{
	struct overview_pane *overview = alloc_zero(1, sizeof(*overview));

	overview->pane = (struct pane){.kind = &pane_overview, .session = session};
	rows_init(&overview->rows, &source, overview);
	return &overview->pane;
}

static void overview_close(struct pane *pane)
{
	overview_clear(&of(pane)->overview);
	rows_clear(&of(pane)->rows);
	free(pane);
}

static void overview_refresh(struct pane *pane)
{
	struct overview_pane *overview = of(pane);
	uint32_t selected = overview->rows.selected;

	overview_build(&overview->overview, pane->session);
	rows_set_count(&overview->rows, overview->overview.count);
	rows_search(&overview->rows, pane->session->search);
	rows_select(&overview->rows, selected == NONE ? 0 : selected);
}

static void overview_search(struct pane *pane)
{
	rows_search(&of(pane)->rows, pane->session->search);
}

static bool overview_seek(struct pane *pane, int direction, bool here)
{
	return rows_seek(&of(pane)->rows, direction, here);
}

static void overview_matches(struct pane *pane, uint32_t *number, uint32_t *count)
{
	*number = rows_match_number(&of(pane)->rows);
	*count = of(pane)->rows.match_count;
}

const struct pane_kind pane_overview = {
	.name = "overview",
	.title = "Overview",
	.about = "What this profile is. Enter goes to what the selected line is about.\n",
	.groups = "list overview",
	.hints = "follow:go top-pane:top icicle-pane:icicle search:search keys:help prompt:command",
	.side = SIDE_LEFT,
	.needs = PART_TABLE | PART_TREE | PART_LABELS,
	.open = overview_open,
	.close = overview_close,
	.refresh = overview_refresh,
	.draw = overview_draw,
	.handle = overview_handle,
	.describe = overview_describe,
	.copy = overview_copy,
	.search = overview_search,
	.seek = overview_seek,
	.matches = overview_matches,
};
