/* SPDX-License-Identifier: MIT */
#include "ui/widget/status.h"

#include <stdint.h>
#include <string.h>

#include "base/array.h"
#include "base/wrap.h"
#include "cli/request.h"
#include "ui/session/live.h"
#include "ui/session/view_change.h"
#include "ui/session/class_group.h"
#include "ui/widget/number.h"
#include "ui/term/theme.h"

#define LEAST_CHIP 12     /* cells; below that a chip says nothing */
#define CHIP_COUNTER 3    /* cells of "+2" behind a chip */
#define CHIP_LIVE (-2)    /* in front of all others */
#define CHIP_DIVISOR (-1) /* in front of those of ui/session/view_change.h */
#define TITLE_GAP 2
#define TOTAL_FORMS 3
#define DETAIL_ROWS 2
#define HELP_HINT 8 /* cells of "  ? help" */
#define MOST_NAME_ROWS 4

/* --- Title ---------------------------------------------------------------- */

/* The total in words, and where to end them so that the rest is whole: the longest form first. */
struct total {
	struct text text;
	size_t ends[TOTAL_FORMS];
};

static void end_form(struct total *total, int form)
{
	for (; form >= 0; form--)
		total->ends[form] = total->text.length;
}

/* "18.48s in 10.18s (181%)", or what the filters leave: "3.20s of 18.48s (17.3%)". */
static void print_total(const struct session *session, struct total *words)
{
	const struct view *view = session->shown.view;
	char total[UNIT_LABEL_SIZE], other[UNIT_LABEL_SIZE], share[PERCENTAGE_SIZE];
	const struct function_table *table = session->shown.table;
	struct text *text = &words->text;
	int64_t kept = 0, nanos;
	const char *unit;

	report_value(&session->format, view->total, total);
	if (view_spec_filtered(&view->spec) || session_is_difference(session)) {
		for (uint32_t i = 0; i < table->row_count; i++)
			kept = wrap_add(kept, function_row_flat(&table->rows[i]));
		figure_share(session, kept, view->total, share);
		text_add_string(text, figure_value(session, &session->format, kept, other));
		end_form(words, TOTAL_FORMS - 1);
		text_printf(text, " of %s", total);
		end_form(words, TOTAL_FORMS - 2);
		text_printf(text, " (%s)", share + strspn(share, " "));
		end_form(words, 0);
		return;
	}
	text_add_string(text, total);
	end_form(words, TOTAL_FORMS - 1);
	if (!view->profile->duration_nanos)
		return;
	text_printf(text, " in %s",
		    unit_label(view->profile->duration_nanos, "nanoseconds", "auto", other));
	end_form(words, TOTAL_FORMS - 2);
	nanos = unit_truncate(unit_scale(view->total, view_unit(view), "nanoseconds", &unit));
	if (strcmp(unit, "ns") != 0)
		return;
	unit_percentage(nanos, view->profile->duration_nanos, share);
	text_printf(text, " (%s)", share + strspn(share, " "));
	end_form(words, 0);
}

static int text_columns(const struct canvas *line, const struct text *text)
{
	return canvas_width(line->charset, text_string(text), text->length, INT16_MAX);
}

/* One more chip; those without room are only counted. */
static void draw_chip(struct canvas *line, int *column, int *left_out, const struct text *chip,
		      bool last)
{
	int room = line->columns - *column - 1 - (last ? 0 : CHIP_COUNTER);
	int most = line->columns / 3;

	if (*left_out || (room < LEAST_CHIP && room < text_columns(line, chip))) {
		++*left_out;
		return;
	}
	*column = canvas_fit(line, 0, *column + 1, room < most ? room : most, STYLE_CHIP,
			     text_string(chip), chip->length);
}

/*
 * The chip at or behind this one; CHIP_COUNT: none. divide_by goes first: whoever overlooks it
 * misreads all numbers.
 */
static int find_chip(const struct session *session, int chip, struct text *text)
{
	double divisor = session->settings.report.divide_by;

	text_reset(text);
	if (chip == CHIP_LIVE) {
		live_print(session->live, text);
		if (text->length)
			return chip;
		chip++;
	}
	if (chip == CHIP_DIVISOR && divisor != 1) {
		text_printf(text, "divide_by=%g", divisor);
		return chip;
	}
	if (chip == CHIP_DIVISOR)
		chip++;
	while (chip < CHIP_COUNT && !chip_print(&session->shown.view->spec, (enum chip)chip, text))
		chip++;
	return chip;
}

static void draw_chips(const struct session *session, struct canvas *line, int column)
{
	struct text text = {0}, next = {0};
	int left_out = 0;

	for (int chip = find_chip(session, CHIP_LIVE, &text); chip < CHIP_COUNT;) {
		int behind = find_chip(session, chip + 1, &next);

		draw_chip(line, &column, &left_out, &text, behind == CHIP_COUNT);
		chip = find_chip(session, behind, &text);
	}
	if (left_out)
		canvas_printf(line, 0, column, STYLE_CHIP, "+%d", left_out);
	text_clear(&text);
	text_clear(&next);
}

/* What the first chip needs to say something, and the number of the others. */
static int chip_columns(const struct session *session, const struct canvas *line)
{
	int most = line->columns / 4 > LEAST_CHIP ? line->columns / 4 : LEAST_CHIP, width;
	struct text text = {0};
	int first = find_chip(session, CHIP_DIVISOR, &text);
	int count = first == CHIP_COUNT ? 0 : 1;

	width = text_columns(line, &text);
	if (count && find_chip(session, first + 1, &text) < CHIP_COUNT)
		count++;
	text_clear(&text);
	if (!count)
		return 0;
	return TITLE_GAP + (width < most ? width : most) + (count > 1 ? CHIP_COUNTER : 0);
}

/*
 * Cuts the total to whole numbers and returns the cells of the names of files,
 * so that the first chip can be read: what a file is called and what the total
 * is related to is known from before.
 */
static int fit_title(const struct canvas *box, int names, int most, int chips, int type,
		     struct total *total)
{
	int room = box->columns - type - 2 * TITLE_GAP, capped = names < most ? names : most;
	int least = capped < box->columns / 5 ? capped : box->columns / 5, form = 0, width = 0;

	for (; form < TOTAL_FORMS; form++) {
		total->text.length = total->ends[form];
		width = text_columns(box, &total->text);
		if (capped + width + chips <= room)
			break;
	}
	if (form == TOTAL_FORMS && least + width + chips > room && chips)
		chips = TITLE_GAP + CHIP_COUNTER;
	if (form == TOTAL_FORMS && least + width + chips > room)
		total->text.length = 0;
	width = text_columns(box, &total->text);
	room -= width + chips;
	most = chips ? capped : names;
	return room < most ? room : most;
}

void chrome_title(const struct session *session, const char *pane, struct canvas *line)
{
	const struct view *view = session->shown.view;
	int title = canvas_width(line->charset, pane, strlen(pane), line->columns / 3), column;
	struct text names = {0}, type = {0};
	struct total total = {0};
	struct canvas box = canvas_part(line, 0, 0, 1, line->columns - title - 1);

	file_selection_print(&session->seen, session->request, session->files, &names);
	column = session->seen.base == COMPARISON_ALL ? box.columns / 3 : box.columns * 3 / 5;
	if (view) {
		text_printf(&type, "%s%s", view->spec.mean ? "mean_" : "", view_type(view));
		print_total(session, &total);
		column = fit_title(&box, text_columns(&box, &names), column,
				   chip_columns(session, &box), text_columns(&box, &type), &total);
	}
	column = canvas_fit(&box, 0, 0, column, STYLE_TITLE, text_string(&names), names.length);
	if (view) {
		column = canvas_text(&box, 0, column + TITLE_GAP, STYLE_PLAIN, text_string(&type),
				     type.length);
		column = canvas_text(&box, 0, column + TITLE_GAP, STYLE_TITLE,
				     text_string(&total.text), total.text.length);
		draw_chips(session, &box, column + TITLE_GAP - 1);
	}
	canvas_fit(line, 0, line->columns - title, title, STYLE_KEY, pane, strlen(pane));
	text_clear(&names);
	text_clear(&type);
	text_clear(&total.text);
}

/* --- Detail --------------------------------------------------------------- */

static const char *selected_name(const struct session *session)
{
	const struct view *view = session->shown.view;

	return view && session->spot.node != NONE ? view->node_names[session->spot.node] : "root";
}

static void describe(const struct session *session, struct pane *pane, struct text *name,
		     struct text *numbers)
{
	if (pane && pane->kind->describe)
		pane->kind->describe(pane, name, numbers);
	else
		text_add_string(name, selected_name(session));
}

/* The first frame of a node tells the file, which most granularities leave out of the node. */
void chrome_find_source(struct chrome *chrome, const struct session *session)
{
	const struct view *view = session->shown.view;
	const struct profile *profile = view->profile;

	if (chrome->node == session->spot.node && chrome->generation == session->generation)
		return;
	*chrome = (struct chrome){session->spot.node, session->generation, "", 0};
	if (session->spot.node == NONE)
		return;
	for (frame_id i = 0; i < profile->frame_count; i++) {
		const struct frame *frame = &profile->frames[i];
		const struct function *function;

		if (view->frame_node[i] != chrome->node || frame->function == NONE)
			continue;
		function = &profile->functions[frame->function];
		chrome->file = profile_text(profile, function->file);
		chrome->line = view->spec.granularity == GRANULARITY_LINES || !function->start_line
				       ? frame->line
				       : function->start_line;
		return;
	}
}

/* "file:line" behind a name that ends at `end` if it fits, else shortened in front. */
static void draw_source(const struct chrome *chrome, struct canvas *area, int row, int end)
{
	struct text source = {0};
	int room = area->columns - end - 2, width;

	if (*chrome->file)
		text_printf(&source, chrome->line ? "%s:%lld" : "%s", chrome->file,
			    (long long)chrome->line);
	width = canvas_width(area->charset, text_string(&source), source.length, INT16_MAX);
	if (width <= room) {
		canvas_text(area, row, end + 2, STYLE_PLAIN, text_string(&source), source.length);
	} else if (room > 12) {
		struct canvas box = canvas_part(area, row, end + 2, 1, room);

		canvas_text(&box, 0, room - width, STYLE_PLAIN, source.bytes, source.length);
		canvas_glyph(&box, 0, 0, 1, STYLE_PLAIN, GLYPH_ELLIPSIS);
	}
	text_clear(&source);
}

/* Bytes of a name for one row: at a blank if one is near the end, for sentences. */
static size_t row_of_name(const struct canvas *area, const char *name, size_t length)
{
	size_t part = canvas_prefix(area->charset, name, length, area->columns), blank = part;

	while (blank > part / 2 && part < length && name[blank] != ' ')
		blank--;
	return part == length || blank <= part / 2 ? part : blank + 1;
}

/* Rows that a name needs, of which there are at most MOST_NAME_ROWS. */
static int name_rows(const struct canvas *area, const struct text *text)
{
	const char *name = text_string(text);
	size_t at = 0;
	int rows = 1;

	while (rows < MOST_NAME_ROWS && canvas_width(area->charset, name + at, text->length - at,
						     area->columns) > area->columns) {
		at += row_of_name(area, name + at, text->length - at);
		rows++;
	}
	return rows;
}

int chrome_detail_rows(const struct session *session, struct pane *pane,
		       const struct canvas *screen)
{
	struct text name = {0}, numbers = {0};
	int rows;

	describe(session, pane, &name, &numbers);
	rows = name_rows(screen, &name);
	text_clear(&name);
	text_clear(&numbers);
	return DETAIL_ROWS + rows - 1;
}

/* The name over as many rows as are left; *row is its last one. Returns the column behind it. */
static int draw_name(const struct text *text, struct canvas *area, int *row)
{
	const char *name = text_string(text);
	size_t length = text->length, at = 0;

	*row = 0;
	while (*row + 1 < area->rows - 1 &&
	       canvas_width(area->charset, name + at, length - at, area->columns) > area->columns) {
		size_t part = row_of_name(area, name + at, length - at);

		canvas_text(area, (*row)++, 0, STYLE_PLAIN, name + at, part);
		at += part;
	}
	return canvas_fit(area, *row, 0, area->columns, STYLE_PLAIN, name + at, length - at);
}

static void add_value(const struct session *session, struct text *text, const char *what,
		      int64_t value, int64_t total)
{
	char label[UNIT_LABEL_SIZE], share[PERCENTAGE_SIZE];

	figure_value(session, &session->format, value, label);
	figure_share(session, value, total, share);
	text_printf(text, "%s%s %s %s", text->length ? "   " : "", what, label,
		    share + strspn(share, " "));
}

/* Left out where it does not fit. */
static void add_neighbours(const struct session *session, size_t columns, struct text *text)
{
	const struct call_graph *graph = session->shown.graph;
	node_id node = session->spot.node;
	size_t length = text->length;
	uint32_t callers, callees;

	if (!graph || node == NONE)
		return;
	callers = graph->in_start[node + 1] - graph->in_start[node];
	callees = graph->out_start[node + 1] - graph->out_start[node];
	text_printf(text, "   %u caller%s, %u callee%s", callers, callers == 1 ? "" : "s", callees,
		    callees == 1 ? "" : "s");
	if (text->length <= columns)
		return;
	text->length = length;
	text->bytes[length] = '\0';
}

/* Of a function: here (in a tree), flat and cum with their shares, how many callers and callees. */
static void add_numbers(struct session *session, struct pane *pane, size_t columns,
			struct text *text)
{
	bool frame = pane && pane->kind->needs & PART_TREE;
	const struct derived *shown = &session->shown;
	node_id node = session->spot.node;
	uint32_t row = node == NONE ? NONE : shown->table->row_of_node[node];
	uint32_t index = frame && shown->tree ? session_frame(session) : NONE;
	int64_t total = shown->view->total;

	if (frame && shown->tree && index == NONE)
		index = session->spot.zoom;
	if (index != NONE)
		add_value(session, text, "here", call_tree_total(shown->tree, index),
			  shown->view->sum);
	if (pane && pane->kind->here) {
		int64_t value;
		const char *what = pane->kind->here(pane, &value);

		if (what)
			add_value(session, text, what, value, shown->view->sum);
	}
	if (row != NONE) {
		if (!shown->view->spec.by_class || !class_group_has(shown->view->node_names[node]))
			add_value(session, text, "flat",
				  function_row_flat(&shown->table->rows[row]), total);
		add_value(session, text, "cum", function_row_cum(&shown->table->rows[row]), total);
	}
	add_neighbours(session, columns, text);
}

/* The name and, in `columns` cells, the numbers. */
static void describe_in(struct session *session, struct pane *pane, size_t columns,
			struct text *name, struct text *numbers)
{
	describe(session, pane, name, numbers);
	if (!pane || !pane->kind->describe)
		add_numbers(session, pane, columns, numbers);
}

void chrome_describe(struct session *session, struct pane *pane, struct text *name,
		     struct text *numbers)
{
	describe_in(session, pane, SIZE_MAX, name, numbers);
}

void chrome_detail(struct chrome *chrome, struct session *session, struct pane *pane,
		   struct canvas *area)
{
	struct text name = {0}, numbers = {0};
	int row, end;

	if (area->rows < 2)
		return;
	describe_in(session, pane, (size_t)area->columns, &name, &numbers);
	end = draw_name(&name, area, &row);
	if (!pane || !pane->kind->describe) {
		chrome_find_source(chrome, session);
		/* Names of lines and files have it already. */
		if (!strstr(text_string(&name), chrome->file))
			draw_source(chrome, area, row, end);
	}
	canvas_fit(area, area->rows - 1, 0, area->columns, STYLE_PLAIN, text_string(&numbers),
		   numbers.length);
	text_clear(&name);
	text_clear(&numbers);
}

void chrome_text(const struct session *session, struct pane *pane, struct canvas *area)
{
	struct text name = {0}, numbers = {0};
	size_t at = 0;

	describe(session, pane, &name, &numbers);
	for (int row = 0; row < area->rows && at < name.length; row++) {
		size_t part = canvas_prefix(area->charset, name.bytes + at, name.length - at,
					    area->columns);

		if (row + 1 == area->rows)
			canvas_fit(area, row, 0, area->columns, STYLE_STRONG, name.bytes + at,
				   name.length - at);
		else
			canvas_text(area, row, 0, STYLE_STRONG, name.bytes + at, part);
		at += part;
	}
	text_clear(&name);
	text_clear(&numbers);
}

/* --- Hints ---------------------------------------------------------------- */

static int draw_hint(const struct key_map *keys, const char *hint, size_t length,
		     const char *groups, struct canvas *line, int column)
{
	char name[32], key[KEY_NAME_SIZE];
	const char *colon = memchr(hint, ':', length);
	size_t size = colon ? (size_t)(colon - hint) : length;
	const char *word = hint + size + 1;
	size_t word_length = length - size - 1;

	if (!colon || size >= sizeof(name))
		return column;
	memcpy(name, hint, size);
	name[size] = '\0';
	key_map_first(keys, name, groups, key);
	if (!*key || column + (int)strlen(key) + 1 + (int)word_length > line->columns)
		return column;
	column = canvas_string(line, 0, column, STYLE_KEY, key);
	return canvas_text(line, 0, column + 1, STYLE_MUTED, word, word_length) + 2;
}

void chrome_hints(const struct key_map *keys, const char *groups, const char *first,
		  const char *hints, struct canvas *line)
{
	const char *lists[] = {first, hints};
	struct canvas front = canvas_part(line, 0, 0, 1, line->columns - HELP_HINT);
	int column = 0;

	for (size_t i = 0; i < COUNT(lists); i++) {
		for (const char *hint = lists[i]; *hint;) {
			size_t length = strcspn(hint, " ");

			/* Whatever else has no room, how to get help has. */
			if (!strncmp(hint, "keys:", strlen("keys:")))
				front = *line;
			column = draw_hint(keys, hint, length, groups, &front, column);
			hint += length + strspn(hint + length, " ");
		}
	}
}
