/* SPDX-License-Identifier: MIT */
/* The labels of the samples, key by key: the numbers of the tags report. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "base/wrap.h"
#include "ui/term/bar.h"
#include "ui/widget/empty_view.h"
#include "ui/widget/number.h"
#include "ui/store/label_expression.h"
#include "ui/pane/list.h"
#include "ui/widget/list_pane.h"
#include "ui/widget/text_table.h"
#include "ui/term/theme.h"

#define VALUE_LEAST 10
#define BAR_FROM 60
#define BAR_COLUMNS 12

/* A label by its texts, so that it outlives the table. */
struct label_name {
	char *key, *value; /* NULL: none; value NULL: the key itself */
};

/* What stands on a row: a key, or one of its values. */
struct label_row {
	const struct label_key *key;
	const struct label_value *value; /* NULL: the row of the key */
};

struct labels {
	struct list_pane list;
	struct label_row *rows;
	uint32_t count;
	size_t capacity;
	bool by_name, reverse;
	struct label_name selected, compared;
	struct label_row reference; /* the row of `compared`; key NULL: none */
	struct value_format format;
	int value_columns;
	int share_columns; /* of the longest percentage, and the blanks in front of it */
};

static struct labels *of(struct pane *pane)
{
	return (struct labels *)pane;
}

static const struct label_table *table_of(const struct labels *labels)
{
	return labels->list.pane.session->shown.labels;
}

static struct label_row row_at(const struct list_pane *list, uint32_t row)
{
	return ((const struct labels *)list)->rows[row];
}

static int64_t sum_of(const struct label_row *row)
{
	return row->value ? row->value->sum : row->key->total;
}

static const char *row_text(const struct list_pane *list, uint32_t index)
{
	struct label_row row = row_at(list, index);

	return row.value ? row.value->text : row.key->name;
}

/* --- Names ---------------------------------------------------------------- */

static void forget(struct label_name *name)
{
	free(name->key);
	free(name->value);
	*name = (struct label_name){NULL, NULL};
}

static void remember(struct label_name *name, const struct label_row *row)
{
	forget(name);
	name->key = alloc_text(row->key->name);
	name->value = row->value ? alloc_text(row->value->text) : NULL;
}

/* The row of a label, that of its key where the value is gone; NONE. */
static uint32_t find(const struct labels *labels, const struct label_name *name)
{
	uint32_t found = NONE;

	for (uint32_t i = 0; name->key && i < labels->count; i++) {
		const struct label_row *row = &labels->rows[i];

		if (strcmp(row->key->name, name->key) != 0)
			continue;
		if (!row->value)
			found = i;
		else if (name->value && !strcmp(row->value->text, name->value))
			return i;
	}
	return found;
}

static bool selected_row(const struct labels *labels, struct label_row *row)
{
	if (labels->list.rows.selected == NONE)
		return false;
	*row = labels->rows[labels->list.rows.selected];
	return true;
}

static void take_selection(struct list_pane *list)
{
	struct labels *labels = (struct labels *)list;
	struct label_row row;

	if (selected_row(labels, &row))
		remember(&labels->selected, &row);
}

static void find_reference(struct labels *labels)
{
	uint32_t row = find(labels, &labels->compared);

	labels->reference = (struct label_row){NULL, NULL};
	if (row != NONE)
		labels->reference = labels->rows[row];
	if (!labels->reference.value)
		labels->reference.key = NULL;
}

/* --- Drawing -------------------------------------------------------------- */

/* "+1.2s", "-1.2s", "0". */
static const char *print_delta(const struct labels *labels, int64_t delta,
			       char text[UNIT_LABEL_SIZE + 1])
{
	text[0] = '+';
	report_value(&labels->format, delta, text + (delta > 0));
	return text;
}

static int64_t difference(int64_t value, int64_t from)
{
	return wrap_add(value, wrap_negate(from));
}

static bool is_reference(const struct labels *labels, const struct label_row *row)
{
	return row->value && row->value == labels->reference.value;
}

static int draw_delta(const struct labels *labels, struct canvas *line, int at,
		      const struct label_row *row)
{
	char delta[UNIT_LABEL_SIZE + 1];

	if (!labels->reference.key)
		return at;
	at += labels->value_columns + 1;
	if (is_reference(labels, row))
		table_number(line, at, STYLE_STRONG, "=");
	else if (row->value && row->key == labels->reference.key)
		table_number(line, at, STYLE_STRONG,
			     print_delta(labels,
					 difference(row->value->sum, labels->reference.value->sum),
					 delta));
	return at;
}

static void draw_row(const struct list_pane *list, struct canvas *line, uint32_t index, int left,
		     uint16_t flags)
{
	const struct labels *labels = (const struct labels *)list;
	const struct session *session = labels->list.pane.session;
	struct label_row row = row_at(list, index);
	uint16_t style = row.value ? STYLE_PLAIN : STYLE_STRONG;
	int64_t total = session->shown.view->total;
	const char *text = row_text(list, index);
	int at = labels->value_columns, end;

	canvas_fill(line, 0, 0, line->columns, STYLE_PLAIN);
	table_amount(session, &labels->format, line, at, style, sum_of(&row));
	at += labels->share_columns;
	table_percent(session, line, at, style, sum_of(&row), total);
	at = draw_delta(labels, line, at, &row);
	if (line->columns >= BAR_FROM) {
		if (row.value)
			bar_draw(line, 0, at + 1, BAR_COLUMNS, 0,
				 table_share(row.value->sum, total));
		at += 1 + BAR_COLUMNS;
	}
	at += row.value ? 3 : 1;
	end = list_pane_draw_text(list, line, at, left, style | flags, text);
	if (!row.value)
		canvas_printf(line, 0, end + 2, STYLE_MUTED, "%u value%s", row.key->value_count,
			      row.key->value_count == 1 ? "" : "s");
}

static void draw_header(const struct list_pane *list, struct canvas *canvas)
{
	const struct labels *labels = (const struct labels *)list;
	int at = labels->value_columns;

	canvas_fill(canvas, 0, 0, canvas->columns, STYLE_HEADER);
	table_number(canvas, at, STYLE_HEADER, "total");
	table_number(canvas, at += labels->share_columns, STYLE_HEADER, "total%");
	if (labels->reference.key)
		table_number(canvas, at += labels->value_columns + 1, STYLE_HEADER, "delta");
	if (canvas->columns >= BAR_FROM)
		at += 1 + BAR_COLUMNS;
	canvas_string(canvas, 0, at + 1, STYLE_HEADER, "label");
}

static bool sums_are_zero(const struct label_table *table)
{
	for (uint32_t i = 0; i < table->key_count; i++)
		if (table->keys[i].total)
			return false;
	return true;
}

static void labels_draw(struct pane *pane, struct canvas *canvas, bool focused)
{
	struct labels *labels = of(pane);
	const struct session *session = pane->session;
	if (!session->shown.table->row_count && sums_are_zero(table_of(labels))) {
		empty_view_draw(pane->session, canvas);
		return;
	}
	list_pane_draw(pane, canvas, focused);
}

/* --- Rows ----------------------------------------------------------------- */

static int compare_rows(const void *a, const void *b, void *argument)
{
	const struct labels *labels = argument;
	const struct label_row *first = a, *second = b;
	uint64_t left = (uint64_t)wrap_absolute(first->value->sum),
		 right = (uint64_t)wrap_absolute(second->value->sum);
	int order = labels->by_name ? strcmp(first->value->text, second->value->text)
				    : (left < right) - (left > right);

	/* The table has no two values alike. */
	if (!order)
		order = first->value < second->value ? -1 : 1;
	return labels->reverse ? -order : order;
}

static bool is_kept(const struct labels *labels, const char *text)
{
	return !labels->list.kept || pattern_matches(labels->list.kept, text, strlen(text));
}

/* A key and what is kept of its values; all of them if it matches itself. */
static void list_key(struct labels *labels, const struct label_key *key)
{
	uint32_t start = labels->count;
	bool whole = is_kept(labels, key->name);

	array_push(labels->rows, labels->count, labels->capacity, ((struct label_row){key, NULL}));
	for (uint32_t i = 0; i < key->value_count; i++)
		if (whole || is_kept(labels, key->values[i].text))
			array_push(labels->rows, labels->count, labels->capacity,
				   ((struct label_row){key, &key->values[i]}));
	if (!whole && labels->count == start + 1)
		labels->count = start;
	/* The table has them by value, which is no order for what grew and shrank. */
	if (labels->count > start + 2 && (labels->by_name || labels->reverse ||
					  session_is_difference(labels->list.pane.session)))
		qsort_r(labels->rows + start + 1, labels->count - start - 1, sizeof(*labels->rows),
			compare_rows, labels);
}

static void list_labels(struct labels *labels)
{
	const struct label_table *table = table_of(labels);
	uint32_t row;

	labels->count = 0;
	for (uint32_t i = 0; i < table->key_count; i++)
		list_key(labels, &table->keys[i]);
	row = find(labels, &labels->selected);
	/* At first the heaviest value of the first key. */
	if (row == NONE)
		row = labels->count > 1 && !labels->selected.key;
	list_pane_set_count(&labels->list, labels->count, row);
	find_reference(labels);
}

static void arrange(struct list_pane *list)
{
	list_labels((struct labels *)list);
}

static void sort(struct labels *labels, bool invert)
{
	if (invert) {
		labels->reverse = !labels->reverse;
	} else {
		labels->by_name = !labels->by_name;
		labels->reverse = false;
	}
	list_labels(labels);
	session_message(labels->list.pane.session, "values by %s%s",
			labels->by_name ? "name" : "cost", labels->reverse ? ", turned round" : "");
}

/* --- Doing ---------------------------------------------------------------- */

static struct view_spec *copy_spec(const struct labels *labels)
{
	struct view_spec *spec = alloc(sizeof(*spec));

	view_spec_copy(spec, &labels->list.pane.session->settings.view);
	return spec;
}

static struct pane_result show_spec(struct view_spec *spec)
{
	return (struct pane_result){.kind = PANE_SPEC, .spec = spec};
}

/* Values of the key become the first frames of all stacks, or no longer. */
static struct pane_result pivot(struct labels *labels, const struct label_key *key)
{
	struct view_spec *spec = copy_spec(labels);
	bool pivoted = spec->tagroot && !strcmp(spec->tagroot, key->name);

	if (strchr(key->name, ',')) {
		session_message(labels->list.pane.session,
				"a key with a comma cannot be grouped by");
		view_spec_clear(spec);
		free(spec);
		return pane_done;
	}
	free(spec->tagroot);
	spec->tagroot = pivoted ? NULL : alloc_text(key->name);
	if (pivoted)
		session_message(labels->list.pane.session, "no longer grouped by %s", key->name);
	else
		session_message(labels->list.pane.session,
				"all stacks start with their %s; Enter here takes it back",
				key->name);
	return show_spec(spec);
}

/* Only, or without, the samples that have a value. */
static struct pane_result filter(struct labels *labels, enum view_filter filter)
{
	struct view_spec *spec;
	struct label_row row;

	if (!selected_row(labels, &row))
		return pane_done;
	spec = copy_spec(labels);
	if (row.value && label_filter(row.key, row.value, filter, spec))
		return show_spec(spec);
	session_message(labels->list.pane.session,
			row.value ? "tagignore is in use for another key; F lists the filters"
				  : "select a value, not its key");
	view_spec_clear(spec);
	free(spec);
	return pane_done;
}

static struct pane_result enter(struct labels *labels)
{
	struct label_row row;

	if (!selected_row(labels, &row))
		return pane_done;
	return row.value ? filter(labels, FILTER_TAGFOCUS) : pivot(labels, row.key);
}

static void compare(struct labels *labels)
{
	struct label_row row;

	if (!selected_row(labels, &row))
		return;
	if (!row.value)
		session_message(labels->list.pane.session, "select a value, not its key");
	else if (is_reference(labels, &row))
		forget(&labels->compared);
	else
		remember(&labels->compared, &row);
	find_reference(labels);
}

/* A text that can stand in LABEL=A,B and between quotes. */
static bool is_plain(const char *text)
{
	return *text && !strpbrk(text, ",=\"\n");
}

/* The marked value and the selected one, function by function. */
static struct pane_result show_both(struct labels *labels)
{
	const struct label_row *marked = &labels->reference;
	struct text line = {0};
	struct label_row row;

	if (!selected_row(labels, &row))
		return pane_done;
	if (!marked->key || !row.value || marked->key != row.key || marked->value == row.value) {
		session_message(labels->list.pane.session,
				"= marks one value, D shows it beside another one of its key");
		return pane_done;
	}
	if (row.value->number || !is_plain(row.key->name) || !is_plain(row.value->text) ||
	    !is_plain(marked->value->text)) {
		session_message(labels->list.pane.session,
				"only texts without commas, quotes and = can stand side by side");
		return pane_done;
	}
	text_printf(&line, "compare \"%s=%s,%s\"", row.key->name, marked->value->text,
		    row.value->text);
	return (struct pane_result){.kind = PANE_LINE, .line = line.bytes};
}

static struct pane_result labels_handle(struct pane *pane, const struct pane_input *input)
{
	struct labels *labels = of(pane);

	/* What is filtered by stays selected, and so does the first row that an order shows. */
	if (input->command != COMMAND_SORT && input->command != COMMAND_INVERT)
		take_selection(&labels->list);
	switch (input->command) {
	case COMMAND_ENTER:
		return enter(labels);
	case COMMAND_KEEP_VALUE:
		return filter(labels, FILTER_TAGFOCUS);
	case COMMAND_DROP_VALUE:
		return filter(labels, FILTER_TAGIGNORE);
	case COMMAND_COMPARE:
		compare(labels);
		return pane_done;
	case COMMAND_BOTH:
		return show_both(labels);
	case COMMAND_SORT:
	case COMMAND_INVERT:
		sort(labels, input->command == COMMAND_INVERT);
		take_selection(&labels->list);
		return pane_done;
	default:
		return pane_ignored;
	}
}

static void labels_describe(struct pane *pane, struct text *name, struct text *numbers)
{
	const struct labels *labels = of(pane);
	const struct label_row *reference = &labels->reference;
	char value[UNIT_LABEL_SIZE], share[PERCENTAGE_SIZE], delta[UNIT_LABEL_SIZE + 1];
	struct label_row row;
	int64_t change;

	if (!selected_row(labels, &row))
		return;
	text_printf(name, row.value ? "%s=%s" : "%s", row.key->name,
		    row.value ? row.value->text : "");
	figure_share(pane->session, sum_of(&row), pane->session->shown.view->total, share);
	text_printf(numbers, "total %s %s",
		    figure_value(labels->list.pane.session, &labels->format, sum_of(&row), value),
		    share + strspn(share, " "));
	if (!row.value)
		return;
	/* Changes of values cancel each other out: a share of their sum says nothing. */
	if (!session_is_difference(pane->session)) {
		figure_share(pane->session, row.value->sum, row.key->total, share);
		text_printf(numbers, "   %s of %s", share + strspn(share, " "), row.key->name);
	}
	if (!reference->key || reference->key != row.key || reference->value == row.value)
		return;
	change = difference(row.value->sum, reference->value->sum);
	text_printf(numbers, "   %s against %s %s", print_delta(labels, change, delta),
		    reference->value->text,
		    figure_value(labels->list.pane.session, &labels->format, reference->value->sum,
				 value));
}

/* --- The kind ------------------------------------------------------------- */

static void clear(struct list_pane *list)
{
	struct labels *labels = (struct labels *)list;

	forget(&labels->selected);
	forget(&labels->compared);
	free(labels->rows);
}

static const struct list_kind list = {
	.size = sizeof(struct labels),
	.clear = clear,
	.arrange = arrange,
	.row_text = row_text,
	.draw_row = draw_row,
	.follows = true,
	.draw_header = draw_header,
	.moved = take_selection,
	.none = "no sample here has a label",
};

/* The key that somebody came here for. */
static void labels_reveal(struct pane *pane)
{
	struct labels *labels = of(pane);
	struct label_name wanted = {pane->session->label_key, NULL};
	uint32_t row = find(labels, &wanted);

	forget(&wanted);
	pane->session->label_key = NULL;
	if (row == NONE)
		return;
	rows_move_to(&labels->list.rows, row);
	take_selection(&labels->list);
}

static void measure_shares(struct labels *labels)
{
	struct table_span span;

	table_span_init(&span, labels->list.pane.session);
	for (uint32_t i = 0; i < labels->count; i++)
		table_span_add(&span, sum_of(&labels->rows[i]));
	labels->share_columns = 2 + table_share_columns(labels->list.pane.session, &span);
}

static void labels_refresh(struct pane *pane)
{
	struct labels *labels = of(pane);
	const struct session *session = pane->session;
	struct report_input input = {.view = session->shown.view,
				     .options = &session->settings.report};

	report_own_unit(&input, &labels->format);
	labels->value_columns = table_format_columns(session, &labels->format,
						     session->shown.view->total, VALUE_LEAST);
	list_labels(labels);
	measure_shares(labels);
	labels_reveal(pane);
}

const struct pane_kind pane_labels = {
	.name = "labels",
	.title = "Labels",
	.about = "What the program said about its samples: keys, and what each of their values\n"
		 "costs. Enter on a value keeps only its samples; on a key it groups all stacks\n"
		 "by it, in all panes.\n",
	.groups = "list labels",
	.hints =
		"focus-label:focus/group compare-values:compare both-values:both top-pane:top icicle-pane:icicle "
		"search:search keys:help prompt:command",
	.side = SIDE_RIGHT,
	.needs = PART_TABLE | PART_LABELS,
	.list = &list,
	.report = "tags",
	.refresh = labels_refresh,
	.draw = labels_draw,
	.handle = labels_handle,
	.describe = labels_describe,
	.reveal = labels_reveal,
};
