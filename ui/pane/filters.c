/* SPDX-License-Identifier: MIT */
/* What narrows the view, one row each: to edit, to take away, to switch off for a while. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ui/pane/list.h"
#include "ui/widget/list_pane.h"
#include "ui/widget/text_table.h"
#include "ui/term/theme.h"

#define STATE_COLUMNS 4
#define NAME_COLUMNS 22
#define MISSED "matched nothing"

struct filter_row {
	enum chip chip;
	char *value; /* owned */
	bool off;    /* switched off: the value is the session's, not the spec's */
};

struct filters {
	struct list_pane list;
	struct filter_row rows[CHIP_COUNT];
	uint32_t count;
};

static const struct filter_row *row_at(const struct list_pane *list, uint32_t item)
{
	return &((const struct filters *)list)->rows[item];
}

static const char *row_text(const struct list_pane *list, uint32_t item)
{
	return row_at(list, item)->value;
}

static void draw_row(const struct list_pane *list, struct canvas *line, uint32_t item, int left,
		     uint16_t flags)
{
	const struct filter_row *data = row_at(list, item);
	const struct view *view = list->pane.session->shown.view;
	uint16_t style = data->off ? STYLE_MUTED : STYLE_PLAIN;
	int filter = (int)data->chip - CHIP_FILTER;
	bool missed = !data->off && filter >= 0 && filter < FILTER_COUNT &&
		      (view->filters_missed >> filter & 1);
	struct canvas rest;

	canvas_fill(line, 0, 0, line->columns, STYLE_PLAIN);
	canvas_string(line, 0, 0, data->off ? STYLE_MUTED : STYLE_KEY, data->off ? "off" : "on");
	canvas_string(line, 0, STATE_COLUMNS, style, chip_name(data->chip));
	rest = canvas_part(line, 0, STATE_COLUMNS + NAME_COLUMNS, 1,
			   line->columns - STATE_COLUMNS - NAME_COLUMNS);
	if (missed && rest.columns > 30) {
		table_number(line, line->columns, STYLE_ERROR, MISSED);
		rest.columns -= (int)strlen(MISSED) + 1;
	}
	list_pane_draw_text(list, &rest, 0, left, style | flags, data->value);
}

static void draw_header(const struct list_pane *list, struct canvas *line)
{
	(void)list;
	canvas_fill(line, 0, 0, line->columns, STYLE_HEADER);
	canvas_string(line, 0, STATE_COLUMNS, STYLE_HEADER, "filter");
	canvas_string(line, 0, STATE_COLUMNS + NAME_COLUMNS, STYLE_HEADER, "value");
}

static int beside(const struct list_pane *list)
{
	(void)list;
	return STATE_COLUMNS + NAME_COLUMNS + (int)strlen(MISSED) + 1;
}

static void filters_draw(struct pane *pane, struct canvas *canvas, bool focused)
{
	struct canvas body = canvas_part(canvas, 1, 0, canvas->rows - 1, canvas->columns);

	if (((const struct filters *)pane)->count) {
		list_pane_draw(pane, canvas, focused);
		return;
	}
	draw_header(NULL, canvas);
	canvas_string(&body, 1, 2, STYLE_STRONG, "no filter: all samples are shown");
	canvas_string(&body, 3, 2, STYLE_PLAIN,
		      "f   in another pane: only what the selection is in");
	canvas_string(&body, 4, 2, STYLE_PLAIN,
		      ":focus=REGEX, :ignore=, :hide=, :tagfocus= set one");
}

/* --- Rows ----------------------------------------------------------------- */

static void clear(struct list_pane *list)
{
	struct filters *filters = (struct filters *)list;

	for (uint32_t i = 0; i < filters->count; i++)
		free(filters->rows[i].value);
	filters->count = 0;
}

/* What the spec has, and what was switched off and not set anew since then. */
static uint32_t build(struct list_pane *list)
{
	struct filters *filters = (struct filters *)list;
	const struct session *session = list->pane.session;

	clear(list);
	for (enum chip chip = 0; chip < CHIP_COUNT; chip++) {
		struct filter_row row = {chip, chip_value(&session->settings.view, chip), false};

		if (!row.value && session->chips_off[chip]) {
			row.value = alloc_text(session->chips_off[chip]);
			row.off = true;
		}
		if (row.value)
			filters->rows[filters->count++] = row;
	}
	return filters->count;
}

/* --- Doing ---------------------------------------------------------------- */

/* Asks for the spec with another value of one chip. */
static struct pane_result want(const struct session *session, enum chip chip, const char *value)
{
	struct view_spec *spec = alloc(sizeof(*spec));

	view_spec_copy(spec, &session->settings.view);
	chip_set(spec, chip, value);
	return (struct pane_result){.kind = PANE_SPEC, .spec = spec};
}

static void forget(struct session *session, enum chip chip)
{
	free(session->chips_off[chip]);
	session->chips_off[chip] = NULL;
}

static struct pane_result toggle(struct session *session, const struct filter_row *row)
{
	struct pane_result result = want(session, row->chip, row->off ? row->value : NULL);

	forget(session, row->chip);
	if (!row->off)
		session->chips_off[row->chip] = alloc_text(row->value);
	return result;
}

static struct pane_result drop(struct session *session, const struct filter_row *row)
{
	struct pane_result result = want(session, row->chip, NULL);

	forget(session, row->chip);
	return result;
}

static struct pane_result edit(struct session *session, const struct filter_row *row)
{
	struct text line = {0};

	if (!chip_has_value(row->chip)) {
		session_message(session, "%s is on or off: Space switches it",
				chip_name(row->chip));
		return pane_done;
	}
	text_printf(&line, "%s=%s", chip_name(row->chip), row->value);
	return (struct pane_result){.kind = PANE_PROMPT, .line = line.bytes};
}

static struct pane_result filters_handle(struct pane *pane, const struct pane_input *input)
{
	const struct list_pane *list = (const struct list_pane *)pane;
	uint32_t item = list_pane_selected(list);
	enum command_id command = input->command;
	struct pane_result result;

	if (command != COMMAND_ENTER && command != COMMAND_REMOVE && command != COMMAND_TOGGLE)
		return pane_ignored;
	if (item == NONE)
		return pane_done;
	result = (command == COMMAND_ENTER    ? edit
		  : command == COMMAND_TOGGLE ? toggle
					      : drop)(pane->session, row_at(list, item));
	list_pane_refresh(pane);
	return result;
}

static void filters_describe(struct pane *pane, struct text *name, struct text *numbers)
{
	const struct list_pane *list = (const struct list_pane *)pane;
	const struct filter_row *row;

	if (list->rows.selected == NONE)
		return;
	row = row_at(list, list_pane_selected(list));
	text_printf(name, "%s=%s", chip_name(row->chip), row->value);
	text_add_string(numbers, row->off ? "switched off: it filters nothing" : "");
}

/* --- The kind ------------------------------------------------------------- */

static const struct list_kind list = {
	.size = sizeof(struct filters),
	.clear = clear,
	.build = build,
	.row_text = row_text,
	.draw_row = draw_row,
	.draw_header = draw_header,
	.beside = beside,
};

const struct pane_kind pane_filters = {
	.name = "filters",
	.title = "Filters",
	.about = "What is taken away from the profile, filter by filter.\n",
	.groups = "list filters",
	.hints = "edit-filter:edit toggle-filter:on/off remove-filter:remove "
		 "top-pane:top keys:help prompt:command",
	.side = SIDE_LEFT,
	.needs = PART_TABLE,
	.list = &list,
	.draw = filters_draw,
	.handle = filters_handle,
	.describe = filters_describe,
};
