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
#include "ui/widget/list_pane.h"
#include "ui/term/theme.h"

#define REPORT_WIDTH 79

struct diagnosis_pane {
	struct list_pane list;
	const struct diagnosis *diagnosis; /* that the page is of */
	struct page page;
	int columns; /* that it was made for */
};

static struct diagnosis_pane *of(struct pane *pane)
{
	return (struct diagnosis_pane *)pane;
}

static const struct page_line *selected_line(const struct diagnosis_pane *pane)
{
	uint32_t row = pane->list.rows.selected;

	return row == NONE ? NULL : &pane->page.lines[row];
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
	file_selection_init(&visit->comparison, session->request);
	if (file_selection_location_count(session->request) > 1)
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

static const char *row_text(const struct list_pane *list, uint32_t item)
{
	const struct page_line *line = &((const struct diagnosis_pane *)list)->page.lines[item];

	return line->kind == PAGE_BLANK ? NULL : line->text;
}

static void draw_row(const struct list_pane *list, struct canvas *canvas, uint32_t item, int left,
		     uint16_t selection)
{
	const struct diagnosis_pane *pane = (const struct diagnosis_pane *)list;

	page_view_draw(&pane->page.lines[item], findings_of(pane), canvas, left, selection,
		       list->pane.session->search);
}

static bool same_line(const struct page_line *a, const struct page_line *b)
{
	return a->kind == b->kind && a->index == b->index && a->item == b->item;
}

/* Makes the page anew, for another width or other findings; the selection stays where it was. */
static void fill(struct diagnosis_pane *pane, int columns)
{
	const struct diagnosis *diagnosis = pane->list.pane.session->diagnosis;
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
	while (selected && row < pane->page.count && !same_line(&pane->page.lines[row], &was))
		row++;
	if (!selected || row == pane->page.count)
		row = pane->page.count > 2 ? 2 : 0; /* the first finding */
	list_pane_set_count(&pane->list, (uint32_t)pane->page.count, row);
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
	list_pane_draw(pane, canvas, focused);
}

/* --- Keys ----------------------------------------------------------------- */

static struct pane_result go_to_evidence(struct diagnosis_pane *pane)
{
	const struct page_line *line = selected_line(pane);
	struct session *session = pane->list.pane.session;
	struct jump jump;

	if (line && find_jump(pane, line, &jump))
		return (struct pane_result){.kind = PANE_VISIT, .visit = visit_of(session, &jump)};
	if (line)
		session_message(session, "this line leads nowhere else");
	return pane_done;
}

static struct pane_result diagnosis_handle(struct pane *pane, const struct pane_input *input)
{
	struct diagnosis_pane *diagnosis = of(pane);

	switch (input->command) {
	case COMMAND_ENTER:
		return go_to_evidence(diagnosis);
	case COMMAND_NEXT_HOT:
	case COMMAND_PREVIOUS_HOT:
		if (!page_view_step(&diagnosis->page, 0, &diagnosis->list.rows,
				    input->command == COMMAND_NEXT_HOT ? 1 : -1))
			session_message(pane->session, "no further one in this direction");
		return pane_done;
	default:
		return pane_ignored;
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

static void clear(struct list_pane *list)
{
	page_clear(&((struct diagnosis_pane *)list)->page);
}

static void arrange(struct list_pane *list)
{
	struct diagnosis_pane *pane = (struct diagnosis_pane *)list;

	fill(pane, pane->columns ? pane->columns : REPORT_WIDTH);
}

static const struct list_kind list = {
	.size = sizeof(struct diagnosis_pane),
	.clear = clear,
	.arrange = arrange,
	.row_text = row_text,
	.draw_row = draw_row,
	.whole = true,
};

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
	.list = &list,
	.draw = diagnosis_draw,
	.handle = diagnosis_handle,
	.describe = diagnosis_describe,
	.copy = diagnosis_copy,
};
