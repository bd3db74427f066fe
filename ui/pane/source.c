/* SPDX-License-Identifier: MIT */
/* The source of the selected function with what its lines cost: the numbers of the list report. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "base/wrap.h"
#include "report/list.h"
#include "ui/term/bar.h"
#include "ui/widget/empty_view.h"
#include "ui/widget/number.h"
#include "ui/pane/list.h"
#include "ui/widget/list_pane.h"
#include "ui/pane/source_listing.h"
#include "ui/widget/text_table.h"
#include "ui/term/theme.h"

#define TAB 4          /* columns */
#define VALUE_LEAST 10 /* columns of flat and of cum, as the report has them */
#define LINE_COLUMNS 7
#define SHARE_FROM 64 /* columns from which on there is a percentage, and a bar */
#define BAR_FROM 110
#define BAR_COLUMNS 10

#define HINTS                                                                           \
	"next-hot:next-hot edit:editor top-pane:top peek-pane:peek icicle-pane:icicle " \
	"search:search keys:help prompt:command"
/* Where the file was not found. */
#define HINTS_LOST                                                                         \
	"locate:say-where-it-is top-pane:top peek-pane:peek icicle-pane:icicle keys:help " \
	"prompt:command"
/* Where source is not shown. */
#define HINTS_HIDDEN "top-pane:top peek-pane:peek icicle-pane:icicle keys:help prompt:command"

struct source {
	struct list_pane list; /* with `kept` items are rows of the listing */
	struct source_files *files;
	struct source_listing listing;
	struct value_format format;
	int value_columns;
	node_id node;         /* that is listed */
	char *function;       /* its name, to stay at the line when the view changes */
	char *file;           /* of the selected line */
	int64_t line;         /* 0: none */
	struct text *scratch; /* what the widget is told of a row */
};

static struct source *of(struct pane *pane)
{
	return (struct source *)pane;
}

static int64_t total_of(const struct source *source)
{
	return source->list.pane.session->shown.line_view->total;
}

static void find_row(const struct source *source, uint32_t row, struct listing_row *found)
{
	source_listing_row(&source->listing, list_pane_item(&source->list, row), found);
}

static const char *row_text(const struct list_pane *list, uint32_t item)
{
	const struct source *source = (const struct source *)list;
	struct listing_row found;

	source_listing_row(&source->listing, item, &found);
	if (found.kind == LISTING_TITLE)
		return found.group->function;
	if (found.kind != LISTING_LINE)
		return NULL;
	text_reset(source->scratch);
	text_add(source->scratch, found.text ? found.text : "", found.length);
	return text_string(source->scratch);
}

/* --- Drawing -------------------------------------------------------------- */

static uint16_t heat(const struct listing_row *row)
{
	double share = row->cost ? table_share(row->cost->cum, row->group->cum) : 0;

	if (!row->cost || (!row->cost->flat && !row->cost->cum))
		return STYLE_MUTED;
	return share >= 0.25 ? STYLE_HOT : share >= 0.05 ? STYLE_WARM : STYLE_PLAIN;
}

/* Tabs become blanks up to the next stop. */
static void add_expanded(struct text *text, const char *bytes, size_t length, enum charset charset)
{
	int column = 0;

	while (length) {
		const char *tab = memchr(bytes, '\t', length);
		size_t part = tab ? (size_t)(tab - bytes) : length;

		text_add(text, bytes, part);
		column += canvas_width(charset, bytes, part, INT16_MAX);
		if (!tab)
			return;
		do
			text_add_char(text, ' ');
		while (++column % TAB);
		bytes += part + 1;
		length -= part + 1;
	}
}

static const char *value_or_dot(const struct source *source, int64_t value,
				char label[UNIT_LABEL_SIZE])
{
	return value ? figure_value(source->list.pane.session, &source->format, value, label) : ".";
}

/* Columns of numbers; returns where the text starts. */
static int draw_cost(const struct source *source, struct canvas *line, const struct line_cost *cost,
		     uint16_t style)
{
	const struct session *session = source->list.pane.session;
	char flat[UNIT_LABEL_SIZE], cum[UNIT_LABEL_SIZE];
	int at = source->value_columns;

	table_number(line, at, figure_style(session, cost ? cost->flat : 0, style),
		     value_or_dot(source, cost ? cost->flat : 0, flat));
	at += 1 + source->value_columns;
	table_number(line, at, figure_style(session, cost ? cost->cum : 0, style),
		     value_or_dot(source, cost ? cost->cum : 0, cum));
	if (line->columns >= SHARE_FROM) {
		at += 8;
		if (cost && cost->cum)
			table_percent(session, line, at, style, cost->cum, total_of(source));
	}
	return at;
}

static void draw_line(const struct source *source, struct canvas *line,
		      const struct listing_row *row, int left, uint16_t flags)
{
	uint16_t style = heat(row);
	struct text text = {0};
	struct canvas rest;
	char number[24];
	int at = draw_cost(source, line, row->cost, style);

	if (line->columns >= BAR_FROM) {
		if (row->cost)
			bar_draw(line, 0, at + 1, BAR_COLUMNS,
				 table_share(row->cost->flat, row->group->cum),
				 table_share(row->cost->cum, row->group->cum));
		at += 1 + BAR_COLUMNS;
	}
	at += LINE_COLUMNS;
	snprintf(number, sizeof(number), "%" PRId64, row->line);
	/* The number carries the selection: an empty line has nothing else that could. */
	table_number(line, at, style | flags, number);
	rest = canvas_part(line, 0, at + 2, 1, line->columns - at - 2);
	if (row->text)
		add_expanded(&text, row->text, row->length, line->charset);
	else
		text_add_string(&text, "(no source)");
	canvas_matches(&rest, 0, -left, style, text_string(&text), text.length,
		       source->list.pane.session->search);
	canvas_clip(&rest, 0, left, style, text_string(&text));
	text_clear(&text);
}

static void draw_total(const struct source *source, struct canvas *line,
		       const struct line_group *group)
{
	const struct session *session = source->list.pane.session;
	char share[PERCENTAGE_SIZE];

	table_amount(session, &source->format, line, source->value_columns, STYLE_STRONG,
		     group->flat);
	table_amount(session, &source->format, line, 2 * source->value_columns + 1, STYLE_STRONG,
		     group->cum);
	figure_share(session, group->cum, total_of(source), share);
	canvas_printf(line, 0, 2 * source->value_columns + 2, STYLE_STRONG,
		      "(flat, cum) %s of the total", share + strspn(share, " "));
}

static void draw_title(const struct source *source, struct canvas *line,
		       const struct line_group *group, uint16_t flags)
{
	int end = canvas_matches(line, 0, 0, STYLE_STRONG | flags, group->function,
				 strlen(group->function), source->list.pane.session->search);

	canvas_printf(line, 0, end, STYLE_MUTED, *group->file ? " in %s" : "%s", group->file);
}

static void draw_row(const struct list_pane *list, struct canvas *line, uint32_t item, int left,
		     uint16_t flags)
{
	const struct source *source = (const struct source *)list;
	struct listing_row found;

	canvas_fill(line, 0, 0, line->columns, STYLE_PLAIN);
	source_listing_row(&source->listing, item, &found);
	switch (found.kind) {
	case LISTING_TITLE:
		draw_title(source, line, found.group, flags);
		break;
	case LISTING_TOTAL:
		draw_total(source, line, found.group);
		break;
	case LISTING_NOTE:
		canvas_fit(line, 0, 1, line->columns - 1, STYLE_MUTED, found.note,
			   strlen(found.note));
		break;
	case LISTING_LINE:
		draw_line(source, line, &found, left, flags);
		break;
	}
}

static const struct listing_section *selected_section(const struct source *source)
{
	uint32_t row = source->list.rows.selected == NONE ? 0 : source->list.rows.selected;

	row = list_pane_item(&source->list, row);
	return &source->listing.sections[source_listing_section(&source->listing, row)];
}

/* Only what works is offered. */
static void choose_hints(struct source *source)
{
	bool readable = source->list.rows.count && selected_section(source)->readable;

	source->list.pane.hints = readable                                   ? HINTS
				  : source->files && source->list.rows.count ? HINTS_LOST
									     : HINTS_HIDDEN;
}

static void draw_header(const struct list_pane *list, struct canvas *canvas)
{
	const struct source *source = (const struct source *)list;
	bool readable = !source->list.rows.count || selected_section(source)->readable;
	int at = 2 * source->value_columns + 1;

	canvas_fill(canvas, 0, 0, canvas->columns, STYLE_HEADER);
	table_number(canvas, source->value_columns, STYLE_HEADER, "flat");
	table_number(canvas, at, STYLE_HEADER, "cum");
	if (canvas->columns >= SHARE_FROM)
		table_number(canvas, at += 8, STYLE_HEADER, "cum%");
	if (canvas->columns >= BAR_FROM)
		at += 1 + BAR_COLUMNS;
	table_number(canvas, at + LINE_COLUMNS, STYLE_HEADER, "line");
	canvas_string(canvas, 0, at + LINE_COLUMNS + 2, STYLE_HEADER,
		      readable        ? "source"
		      : source->files ? "source: not here; g tells more"
				      : "source: hidden");
}

/* --- What is listed ------------------------------------------------------- */

/* The selected row as file and line; *row->kind tells whether it has one. */
static bool selected_row(const struct source *source, struct listing_row *row)
{
	if (source->list.rows.selected == NONE)
		return false;
	find_row(source, source->list.rows.selected, row);
	return true;
}

static void remember_line(struct list_pane *list)
{
	struct source *source = (struct source *)list;
	struct listing_row row;

	if (!selected_row(source, &row))
		return;
	free(source->file);
	source->file = alloc_text(row.group->file);
	source->line = row.kind == LISTING_LINE ? row.line : 0;
}

/* The row that shows a row of the listing, else the nearest one before it. */
static uint32_t find_listed(const struct source *source, uint32_t row)
{
	uint32_t found = source->list.shown_count;

	if (!source->list.kept)
		return row;
	while (found && source->list.shown[found - 1] > row)
		found--;
	return found ? found - 1 : 0;
}

/* Titles and sums stay with what is kept of their lines. */
static void list_lines(struct source *source)
{
	struct list_pane *list = &source->list;

	if (!list->kept) {
		free(list->shown);
		list->shown = NULL;
		list->shown_capacity = 0;
	}
	list->shown_count = 0;
	for (uint32_t i = 0; list->kept && i < source->listing.count; i++) {
		struct listing_row row;

		source_listing_row(&source->listing, i, &row);
		if (row.kind == LISTING_TITLE || row.kind == LISTING_TOTAL ||
		    (row.text && pattern_matches(list->kept, row.text, row.length)))
			array_push(list->shown, list->shown_count, list->shown_capacity, i);
	}
	list_pane_set_count(&source->list, list->kept ? list->shown_count : source->listing.count,
			    0);
}

/* The remembered line if it is still there, else that of the node, else the hottest one. */
static void choose_line(struct source *source, int64_t line, const char *file)
{
	const struct source_listing *listing = &source->listing;
	const struct line_cost *best = NULL;
	uint32_t row = NONE;

	for (size_t i = 0; i < listing->section_count; i++) {
		const struct line_group *group = listing->sections[i].group;
		const struct line_cost *hottest = line_group_hottest(group);
		uint32_t here = NONE;

		if (line && !strcmp(group->file, file))
			here = source_listing_find(listing, i, line);
		if (here != NONE) {
			row = here;
			break;
		}
		if (hottest && (!best || llabs(hottest->cum) > llabs(best->cum))) {
			best = hottest;
			row = source_listing_find(listing, i, best->line);
		}
	}
	rows_centre(&source->list.rows, row == NONE ? 0 : find_listed(source, row));
	if (source->list.rows.count && !selected_section(source)->readable) {
		/* Why there is no text stands above. */
		source->list.rows.centre = false;
		source->list.rows.first = 0;
	}
	remember_line(&source->list);
}

/* Lists the selected function; at the line of before if it is the same one. */
static void list_selected(struct source *source)
{
	const struct session *session = source->list.pane.session;
	const struct view *view = session->shown.view;
	const struct node *node;
	const char *function, *file;
	bool same;

	source_listing_clear(&source->listing);
	source->node = session->spot.node;
	if (source->node == NONE) {
		list_pane_set_count(&source->list, 0, 0);
		return;
	}
	node = &view->nodes[source->node];
	function = view_text(view, node->name);
	file = view_text(view, node->file);
	same = source->function && !strcmp(source->function, function);
	if (!same) {
		free(source->function);
		source->function = alloc_text(function);
		source->list.rows.left = 0;
	}
	source_listing_build(&source->listing, session->shown.lines, function, file, source->files);
	list_lines(source);
	if (node->line)
		choose_line(source, node->line, file);
	else
		choose_line(source, same ? source->line : 0, same ? source->file : "");
}

/* --- The callbacks -------------------------------------------------------- */

static void init(struct list_pane *list)
{
	struct source *source = (struct source *)list;

	source->node = NONE;
	source->scratch = alloc_zero(1, sizeof(*source->scratch));
}

static void clear(struct list_pane *list)
{
	struct source *source = (struct source *)list;

	source_listing_clear(&source->listing);
	source_files_free(source->files);
	text_clear(source->scratch);
	free(source->scratch);
	free(source->function);
	free(source->file);
}

/* Files are read again: they, or where they are looked for, may have changed. */
static void source_refresh(struct pane *pane)
{
	struct source *source = of(pane);
	const struct session *session = pane->session;
	struct report_input input = {.view = session->shown.line_view,
				     .options = &session->settings.report};

	source_listing_clear(&source->listing);
	source_files_free(source->files);
	source->files = session->settings.report.hide_source
				? NULL
				: source_files_new(session->shown.view->spec.source_path,
						   session->shown.view->spec.trim_path,
						   session->settings.report.places);
	report_own_unit(&input, &source->format);
	source->value_columns =
		table_format_columns(session, &source->format, total_of(source), VALUE_LEAST);
	list_selected(source);
}

static void source_follow(struct pane *pane)
{
	if (of(pane)->node != pane->session->spot.node)
		list_selected(of(pane));
}

static void source_draw(struct pane *pane, struct canvas *canvas, bool focused)
{
	struct source *source = of(pane);
	struct canvas body = canvas_part(canvas, 1, 0, canvas->rows - 1, canvas->columns);

	source_follow(pane);
	choose_hints(source);
	if (!pane->session->shown.table->row_count) {
		empty_view_draw(pane->session, canvas);
		return;
	}
	if (!source->list.rows.count) {
		draw_header(&source->list, canvas);
		canvas_string(&body, 1, 2, STYLE_STRONG,
			      source->node == NONE ? "no function is selected"
						   : "the profile has no lines of this function");
		return;
	}
	list_pane_draw(pane, canvas, focused);
}

static void seek_hot(struct source *source, int direction)
{
	int64_t count = source->list.rows.count, at = source->list.rows.selected;
	struct listing_row row;

	for (int64_t i = 1; i <= count; i++) {
		uint32_t next = (uint32_t)(((at + i * direction) % count + count) % count);

		find_row(source, next, &row);
		if (row.kind != LISTING_LINE || !line_is_hot(row.group, row.cost))
			continue;
		rows_move_to(&source->list.rows, next);
		return;
	}
}

static struct pane_result source_handle(struct pane *pane, const struct pane_input *input)
{
	struct source *source = of(pane);

	if (input->command != COMMAND_NEXT_HOT && input->command != COMMAND_PREVIOUS_HOT)
		return pane_ignored;
	seek_hot(source, input->command == COMMAND_NEXT_HOT ? 1 : -1);
	remember_line(&source->list);
	return pane_done;
}

/* Other lines are kept. */
static void arrange(struct list_pane *list)
{
	struct source *source = (struct source *)list;

	list_lines(source);
	choose_line(source, source->line, source->file ? source->file : "");
}

static bool source_locate(struct pane *pane, const char **file, int64_t *line)
{
	struct listing_row row;

	if (!selected_row(of(pane), &row) || !*row.group->file)
		return false;
	*file = row.group->file;
	*line = row.kind == LISTING_LINE ? row.line : row.group->first;
	return true;
}

static void add_value(const struct source *source, struct text *text, const char *what,
		      int64_t value)
{
	char label[UNIT_LABEL_SIZE], share[PERCENTAGE_SIZE];

	figure_share(source->list.pane.session, value, total_of(source), share);
	text_printf(text, "%s%s %s %s", text->length ? "   " : "", what,
		    figure_value(source->list.pane.session, &source->format, value, label),
		    share + strspn(share, " "));
}

static void source_describe(struct pane *pane, struct text *name, struct text *numbers)
{
	struct source *source = of(pane);
	struct listing_row row;

	source_follow(pane);
	if (!selected_row(source, &row)) {
		text_add_string(name, source->function ? source->function : "root");
		return;
	}
	text_printf(name, "%s  %s", row.group->function, row.group->file);
	if (row.kind == LISTING_LINE)
		text_printf(name, ":%" PRId64, row.line);
	if (row.kind == LISTING_LINE && !row.cost) {
		text_add_string(numbers, "no samples on this line");
		return;
	}
	add_value(source, numbers, "flat", row.cost ? row.cost->flat : row.group->flat);
	add_value(source, numbers, "cum", row.cost ? row.cost->cum : row.group->cum);
	if (row.cost && row.group->cum)
		text_printf(numbers, "   %.1f%% of the function",
			    100 * table_share(row.cost->cum, row.group->cum));
}

static const struct list_kind list = {
	.size = sizeof(struct source),
	.init = init,
	.clear = clear,
	.arrange = arrange,
	.row_text = row_text,
	.draw_row = draw_row,
	.follows = true,
	.draw_header = draw_header,
	.moved = remember_line,
};

const struct pane_kind pane_source = {
	.name = "source",
	.title = "Source",
	.about = "The lines of the selected function: flat is what the line costs itself, cum\n"
		 "with what it calls. Coloured lines cost most; ] and [ go through them.\n",
	.groups = "list source",
	.hints = HINTS,
	.side = SIDE_RIGHT,
	.needs = PART_TABLE | PART_LINES,
	.list = &list,
	.report = "list",
	.refresh = source_refresh,
	.draw = source_draw,
	.handle = source_handle,
	.follow = source_follow,
	.describe = source_describe,
	.locate = source_locate,
};
