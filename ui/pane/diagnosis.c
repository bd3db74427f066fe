/* SPDX-License-Identifier: MIT */
/* The page of -diagnose for all files; Enter goes to the evidence of what is selected. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "cli/request.h"
#include "transform/redact.h"
#include "ui/session/class_group.h"
#include "ui/store/label_expression.h"
#include "ui/widget/page_view.h"
#include "ui/pane/list.h"
#include "ui/widget/rows.h"
#include "ui/term/theme.h"

#define REPORT_WIDTH 79

struct diagnosis_pane {
	struct pane pane;
	const struct diagnosis *diagnosis; /* that the page is of */
	struct page page;
	int columns; /* that it was made for */
	struct rows rows;
};

static struct diagnosis_pane *of(struct pane *pane)
{
	return (struct diagnosis_pane *)pane;
}

static const struct page_line *selected_line(const struct diagnosis_pane *pane)
{
	return pane->rows.selected == NONE ? NULL : &pane->page.lines[pane->rows.selected];
}

static const struct findings *findings_of(const struct diagnosis_pane *pane)
{
	return &pane->diagnosis->findings;
}

/* --- Where a line leads --------------------------------------------------- */

/* A row of functions or classes: to the input where it has its largest share; one of inputs: to that. */
static bool find_row_jump(const struct table *table, uint32_t row, struct jump *jump)
{
	const struct table_cell *cells = &table->cells[(size_t)row * table->column_count];
	uint32_t best = 1;

	if (table->leads == JUMP_FILE) {
		*jump = (struct jump){JUMP_FILE, row, cells[0].text};
		return true;
	}
	if (!table->inputs || table->leads == JUMP_KIND_COUNT || table->column_count < 2)
		return false;
	for (uint32_t c = 2; c < table->column_count; c++)
		if (cells[c].number > cells[best].number)
			best = c;
	*jump = (struct jump){table->leads, table->inputs[best], cells[0].text};
	return true;
}

/* False: the line leads nowhere. */
static bool find_jump(const struct diagnosis_pane *pane, const struct page_line *line,
		      struct jump *jump)
{
	const struct finding *finding;

	switch (line->kind) {
	case PAGE_TITLE:
	case PAGE_EVIDENCE:
	case PAGE_ADVICE:
	case PAGE_JUMP:
		finding = &findings_of(pane)->items[line->index];
		if (line->item >= finding->jump_count)
			return false;
		*jump = finding->jumps[line->item];
		return true;
	case PAGE_ROW:
		return find_row_jump(&findings_of(pane)->tables[line->index], line->item, jump);
	default:
		return false;
	}
}

static void name_node(struct place_node *node, const char *function)
{
	node->name = alloc_text(function);
	node->function = alloc_text(function);
	node->file = alloc_text("");
}

/* Under the filters of the command line, which the findings were made under. */
static struct visit *visit_of(const struct session *session, const struct jump *jump)
{
	bool is_log = session->diagnosis->logs[jump->input];
	struct visit *visit = alloc_zero(1, sizeof(*visit));
	const char *equals = strchr(jump->text, '=');
	struct text key = {0}, expression = {0};

	visit->kind = is_log ? &pane_gc : &pane_top;
	comparison_init(&visit->comparison, session->request);
	if (comparison_location_count(session->request) > 1)
		visit->comparison.alone = (int)jump->input;
	view_spec_copy(&visit->spec, &session->request->settings.view);
	visit->spec.value_type = NONE;
	switch (jump->kind) {
	case JUMP_FUNCTION:
		visit->kind = &pane_peek;
		name_node(&visit->place.node, jump->text);
		name_node(&visit->place.centre, jump->text);
		break;
	case JUMP_LABEL:
		text_add(&key, jump->text, equals ? (size_t)(equals - jump->text) : 0);
		label_expression_of(text_string(&key), equals ? equals + 1 : jump->text,
				    &expression);
		view_spec_set_filter(&visit->spec, FILTER_TAGFOCUS, expression.bytes);
		break;
	case JUMP_CLASS:
		class_group_open(&visit->spec, jump->text);
		break;
	case JUMP_STACKS:
		view_spec_set_filter(&visit->spec, FILTER_FOCUS, jump->text);
		break;
	case JUMP_CYCLE:
		visit->place.cycle = strtoll(jump->text, NULL, 10);
		break;
	case JUMP_FILE:
	case JUMP_KIND_COUNT:
		break;
	}
	text_clear(&key);
	text_clear(&expression);
	return visit;
}

/* --- The page ------------------------------------------------------------- */

static const char *row_text(const void *owner, uint32_t row)
{
	const struct page_line *line = &((const struct diagnosis_pane *)owner)->page.lines[row];

	return line->kind == PAGE_BLANK ? NULL : line->text;
}

static void draw_row(const void *owner, struct canvas *canvas, uint32_t row, int left,
		     uint16_t selection)
{
	const struct diagnosis_pane *pane = owner;

	page_view_draw(&pane->page.lines[row], findings_of(pane), canvas, left, selection,
		       pane->pane.session->search);
}

static const struct rows_source source = {row_text, draw_row};

static bool same_line(const struct page_line *a, const struct page_line *b)
{
	return a->kind == b->kind && a->index == b->index && a->item == b->item;
}

/* Makes the page anew, for another width or other findings; the selection stays where it was. */
static void fill(struct diagnosis_pane *pane, int columns)
{
	const struct diagnosis *diagnosis = pane->pane.session->diagnosis;
	struct page_line was = {0};
	const struct page_line *selected = pane->diagnosis ? selected_line(pane) : NULL;
	uint32_t row = 0;

	if (selected)
		was = *selected;
	pane->diagnosis = diagnosis;
	pane->columns = columns;
	if (diagnosis->failed)
		page_clear(&pane->page);
	else
		page_build(&pane->page, &diagnosis->findings, (size_t)columns, (size_t)columns,
			   (const char *const *)diagnosis->names, diagnosis->count);
	rows_set_count(&pane->rows, (uint32_t)pane->page.count);
	rows_search(&pane->rows, pane->pane.session->search);
	while (selected && row < pane->rows.count && !same_line(&pane->page.lines[row], &was))
		row++;
	if (!selected || row == pane->rows.count)
		row = pane->page.count > 2 ? 2 : 0; /* the first finding */
	rows_select(&pane->rows, row);
}

/* It may name files, whose names may hold secrets. */
static void draw_error(const struct session *session, const struct diagnosis *made,
		       struct canvas *canvas)
{
	char *message = redact_copy(session->rules, made->error.message);

	canvas_fit(canvas, 1, 2, canvas->columns - 4, STYLE_ERROR, message, strlen(message));
	free(message);
}

static void diagnosis_draw(struct pane *pane, struct canvas *canvas, bool focused)
{
	struct diagnosis_pane *diagnosis = of(pane);
	const struct diagnosis *made = pane->session->diagnosis;

	if (diagnosis->columns != canvas->columns)
		fill(diagnosis, canvas->columns);
	if (made->failed) {
		draw_error(pane->session, made, canvas);
		canvas_string(canvas, 3, 2, STYLE_MUTED, "R   reads the files again");
		return;
	}
	rows_draw(&diagnosis->rows, canvas, focused);
}

/* --- Keys ----------------------------------------------------------------- */

static void go_to_evidence(struct diagnosis_pane *pane)
{
	const struct page_line *line = selected_line(pane);
	struct jump jump;

	if (!line)
		return;
	if (find_jump(pane, line, &jump))
		pane->pane.goes = visit_of(pane->pane.session, &jump);
	else
		session_message(pane->pane.session, "this line leads nowhere else");
}

static bool diagnosis_handle(struct pane *pane, enum command_id command)
{
	struct diagnosis_pane *diagnosis = of(pane);

	diagnosis->rows.pointed = pane->point_row;
	switch (command) {
	case COMMAND_ENTER:
		go_to_evidence(diagnosis);
		return true;
	case COMMAND_NEXT_HOT:
	case COMMAND_PREVIOUS_HOT:
		if (!page_view_step(&diagnosis->page, 0, &diagnosis->rows,
				    command == COMMAND_NEXT_HOT ? 1 : -1))
			session_message(pane->session, "no further one in this direction");
		return true;
	default:
		return rows_handle(&diagnosis->rows, command);
	}
}

static void diagnosis_describe(struct pane *pane, struct text *name, struct text *numbers)
{
	const struct diagnosis_pane *diagnosis = of(pane);
	const struct page_line *line = diagnosis->diagnosis ? selected_line(diagnosis) : NULL;
	struct jump jump;

	if (!line)
		return;
	if (line->kind >= PAGE_TITLE && line->kind <= PAGE_JUMP)
		text_add_string(name, findings_of(diagnosis)->items[line->index].title);
	else
		text_add_string(name, line->text + strspn(line->text, " "));
	if (!find_jump(diagnosis, line, &jump))
		return;
	text_printf(numbers, "Enter: %s %s", jump_names[jump.kind], jump.text);
	if (diagnosis->diagnosis->count > 1 && jump.kind != JUMP_FILE)
		text_printf(numbers, "   in %s", diagnosis->diagnosis->names[jump.input]);
}

/* As the report has it, whatever the width of the screen. */
static void diagnosis_copy(struct pane *pane, struct text *text)
{
	struct page page = {0};

	page_build(&page, &pane->session->diagnosis->findings, REPORT_WIDTH, SIZE_MAX, NULL, 0);
	for (size_t i = 0; i < page.count; i++)
		text_printf(text, "%s\n", page.lines[i].text);
	page_clear(&page);
}

/* --- The kind ------------------------------------------------------------- */

static struct pane *diagnosis_open(struct session *session)
{
	struct diagnosis_pane *diagnosis = alloc_zero(1, sizeof(*diagnosis));

	diagnosis->pane = (struct pane){.kind = &pane_diagnosis, .session = session};
	rows_init(&diagnosis->rows, &source, diagnosis);
	return &diagnosis->pane;
}

static void diagnosis_close(struct pane *pane)
{
	page_clear(&of(pane)->page);
	rows_clear(&of(pane)->rows);
	free(pane);
}

static void diagnosis_refresh(struct pane *pane)
{
	struct diagnosis_pane *diagnosis = of(pane);

	fill(diagnosis, diagnosis->columns ? diagnosis->columns : REPORT_WIDTH);
}

static void diagnosis_search(struct pane *pane)
{
	rows_search(&of(pane)->rows, pane->session->search);
}

static bool diagnosis_seek(struct pane *pane, int direction, bool here)
{
	return rows_seek(&of(pane)->rows, direction, here);
}

static void diagnosis_matches(struct pane *pane, uint32_t *number, uint32_t *count)
{
	*number = rows_match_number(&of(pane)->rows);
	*count = of(pane)->rows.match_count;
}

const struct pane_kind pane_diagnosis = {
	.name = "diagnosis",
	.title = "Diagnosis",
	.about = "What is wrong in all files and what to do about it, the worst first. Enter goes\n"
		 "to the evidence of the selected line, Backspace comes back.\n",
	.groups = "list diagnosis",
	.hints = "go-to-evidence:go back:back next-finding:next profiles:files search:search "
		 "keys:help prompt:command",
	.side = SIDE_LEFT,
	.needs = PART_TABLE | PART_DIAGNOSIS,
	.open = diagnosis_open,
	.close = diagnosis_close,
	.refresh = diagnosis_refresh,
	.draw = diagnosis_draw,
	.handle = diagnosis_handle,
	.describe = diagnosis_describe,
	.copy = diagnosis_copy,
	.search = diagnosis_search,
	.seek = diagnosis_seek,
	.matches = diagnosis_matches,
};
