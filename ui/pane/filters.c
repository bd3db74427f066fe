/* SPDX-License-Identifier: MIT */
/* What narrows the view, one row each: to edit, to take away, to switch off for a while. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ui/pane/list.h"
#include "ui/widget/rows.h"
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
	struct pane pane;
	struct filter_row list[CHIP_COUNT];
	uint32_t count;
	struct rows rows;
};

static struct filters *of(struct pane *pane)
{
	return (struct filters *)pane;
}

static const char *row_text(const void *owner, uint32_t row)
{
	return ((const struct filters *)owner)->list[row].value;
}

static void draw_row(const void *owner, struct canvas *line, uint32_t row, int left, uint16_t flags)
{
	const struct filters *filters = owner;
	const struct filter_row *data = &filters->list[row];
	const struct view *view = filters->pane.session->shown.view;
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
	canvas_matches(&rest, 0, -left, style | flags, data->value, strlen(data->value),
		       filters->pane.session->search);
	canvas_clip(&rest, 0, left, style | flags, data->value);
}

static const struct rows_source source = {row_text, draw_row};

static void draw_header(const void *owner, struct canvas *line)
{
	(void)owner;
	canvas_fill(line, 0, 0, line->columns, STYLE_HEADER);
	canvas_string(line, 0, STATE_COLUMNS, STYLE_HEADER, "filter");
	canvas_string(line, 0, STATE_COLUMNS + NAME_COLUMNS, STYLE_HEADER, "value");
}

static void filters_copy(struct pane *pane, struct text *text)
{
	int beside = STATE_COLUMNS + NAME_COLUMNS + (int)strlen(MISSED) + 1;

	rows_copy(&of(pane)->rows, beside, draw_header, text);
}

static void filters_draw(struct pane *pane, struct canvas *canvas, bool focused)
{
	struct filters *filters = of(pane);
	struct canvas body = canvas_part(canvas, 1, 0, canvas->rows - 1, canvas->columns);

	draw_header(filters, canvas);
	rows_draw(&filters->rows, &body, focused);
	if (filters->count)
		return;
	canvas_string(&body, 1, 2, STYLE_STRONG, "no filter: all samples are shown");
	canvas_string(&body, 3, 2, STYLE_PLAIN,
		      "f   in another pane: only what the selection is in");
	canvas_string(&body, 4, 2, STYLE_PLAIN,
		      ":focus=REGEX, :ignore=, :hide=, :tagfocus= set one");
}

/* --- Rows ----------------------------------------------------------------- */

static void clear_rows(struct filters *filters)
{
	for (uint32_t i = 0; i < filters->count; i++)
		free(filters->list[i].value);
	filters->count = 0;
}

/* What the spec has, and what was switched off and not set anew since then. */
static void list_chips(struct filters *filters)
{
	const struct session *session = filters->pane.session;
	uint32_t selected = filters->rows.selected;

	clear_rows(filters);
	for (enum chip chip = 0; chip < CHIP_COUNT; chip++) {
		struct filter_row row = {chip, chip_value(&session->settings.view, chip), false};

		if (!row.value && session->chips_off[chip]) {
			row.value = alloc_text(session->chips_off[chip]);
			row.off = true;
		}
		if (row.value)
			filters->list[filters->count++] = row;
	}
	rows_set_count(&filters->rows, filters->count);
	rows_search(&filters->rows, session->search);
	rows_select(&filters->rows, selected == NONE ? 0 : selected);
}

/* --- Doing ---------------------------------------------------------------- */

/* Asks for the spec with another value of one chip. */
static void want(struct filters *filters, enum chip chip, const char *value)
{
	struct view_spec *spec = alloc(sizeof(*spec));

	view_spec_copy(spec, &filters->pane.session->settings.view);
	chip_set(spec, chip, value);
	filters->pane.wants = spec;
}

static void forget(struct session *session, enum chip chip)
{
	free(session->chips_off[chip]);
	session->chips_off[chip] = NULL;
}

static void toggle(struct filters *filters, const struct filter_row *row)
{
	struct session *session = filters->pane.session;

	want(filters, row->chip, row->off ? row->value : NULL);
	forget(session, row->chip);
	if (!row->off)
		session->chips_off[row->chip] = alloc_text(row->value);
}

static void edit(struct filters *filters, const struct filter_row *row)
{
	struct text line = {0};

	if (!chip_has_value(row->chip)) {
		session_message(filters->pane.session, "%s is on or off: Space switches it",
				chip_name(row->chip));
		return;
	}
	text_printf(&line, "%s=%s", chip_name(row->chip), row->value);
	filters->pane.prompts = line.bytes;
}

static bool filters_handle(struct pane *pane, enum command_id command)
{
	struct filters *filters = of(pane);
	const struct filter_row *row =
		filters->rows.selected == NONE ? NULL : &filters->list[filters->rows.selected];

	filters->rows.pointed = pane->point_row;
	if (command != COMMAND_ENTER && command != COMMAND_REMOVE && command != COMMAND_TOGGLE)
		return rows_handle(&filters->rows, command);
	if (!row)
		return true;
	if (command == COMMAND_ENTER) {
		edit(filters, row);
	} else if (command == COMMAND_TOGGLE) {
		toggle(filters, row);
	} else {
		want(filters, row->chip, NULL);
		forget(pane->session, row->chip);
	}
	list_chips(filters);
	return true;
}

static void filters_describe(struct pane *pane, struct text *name, struct text *numbers)
{
	const struct filters *filters = of(pane);
	const struct filter_row *row;

	if (filters->rows.selected == NONE)
		return;
	row = &filters->list[filters->rows.selected];
	text_printf(name, "%s=%s", chip_name(row->chip), row->value);
	text_add_string(numbers, row->off ? "switched off: it filters nothing" : "");
}

/* --- The kind ------------------------------------------------------------- */

static struct pane *filters_open(struct session *session)
{
	struct filters *filters = alloc_zero(1, sizeof(*filters));

	filters->pane = (struct pane){.kind = &pane_filters, .session = session};
	rows_init(&filters->rows, &source, filters);
	return &filters->pane;
}

static void filters_close(struct pane *pane)
{
	clear_rows(of(pane));
	rows_clear(&of(pane)->rows);
	free(pane);
}

static void filters_refresh(struct pane *pane)
{
	list_chips(of(pane));
}

static void filters_search(struct pane *pane)
{
	rows_search(&of(pane)->rows, pane->session->search);
}

static bool filters_seek(struct pane *pane, int direction, bool here)
{
	return rows_seek(&of(pane)->rows, direction, here);
}

static void filters_matches(struct pane *pane, uint32_t *number, uint32_t *count)
{
	*number = rows_match_number(&of(pane)->rows);
	*count = of(pane)->rows.match_count;
}

const struct pane_kind pane_filters = {
	.name = "filters",
	.title = "Filters",
	.about = "What is taken away from the profile, filter by filter.\n",
	.groups = "list filters",
	.hints = "edit-filter:edit toggle-filter:on/off remove-filter:remove "
		 "top-pane:top keys:help prompt:command",
	.side = SIDE_LEFT,
	.needs = PART_TABLE,
	.open = filters_open,
	.close = filters_close,
	.refresh = filters_refresh,
	.draw = filters_draw,
	.handle = filters_handle,
	.describe = filters_describe,
	.copy = filters_copy,
	.search = filters_search,
	.seek = filters_seek,
	.matches = filters_matches,
};
