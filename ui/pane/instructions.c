/* SPDX-License-Identifier: MIT */
/* The instructions of a function with what they cost: the text of -disasm, with ways through it. */
#include <string.h>

#include "base/span.h"
#include "base/text.h"
#include "ui/pane/list.h"
#include "ui/widget/text_pane.h"

/* What stands on a row: "      20ms       20ms       1270: leal -1(%rdi), %ecx". */
struct code_row {
	bool hot; /* has samples of its own */
	uint64_t address;
	uint64_t target; /* where it jumps or what it calls; 0: nowhere that the text tells */
};

static bool is_jump(struct span word)
{
	return !span_is_empty(word) && (*word.at == 'j' || *word.at == 'b' ||
					span_starts(word, "call") || span_starts(word, "loop"));
}

static bool parse_row(const char *text, struct code_row *row)
{
	struct span rest = span_of(text), flat, digits, word;

	span_skip_space(&rest);
	flat = span_take_word(&rest);
	span_skip_space(&rest);
	span_take_word(&rest);
	span_skip_space(&rest);
	digits = span_take_hex(&rest);
	*row = (struct code_row){.hot = !span_equals(flat, ".")};
	if (!span_hex(digits, &row->address) || !span_take(&rest, ":"))
		return false;
	span_skip_space(&rest);
	word = span_take_word(&rest);
	span_skip_space(&rest);
	span_take(&rest, "0x");
	digits = span_take_hex(&rest);
	if (is_jump(word) && (span_is_empty(rest) || char_is_space(*rest.at)))
		span_hex(digits, &row->target);
	return true;
}

static const char *text_at(const struct list_pane *list, uint32_t row)
{
	return text_pane_list.row_text(list, list_pane_item(list, row));
}

/* To the next instruction with samples of its own, round the end. */
static struct pane_result seek_hot(struct list_pane *list, int direction)
{
	uint32_t count = list->rows.count, at = list->rows.selected;
	struct code_row row;

	for (uint32_t i = 0; i < count; i++) {
		at = at == NONE ? 0 : (at + (direction > 0 ? 1 : count - 1)) % count;
		if (!parse_row(text_at(list, at), &row) || !row.hot)
			continue;
		rows_select(&list->rows, at);
		return pane_done;
	}
	session_message(list->pane.session, "no instruction has samples of its own");
	return pane_done;
}

/* To where the selected instruction jumps: in the text, or else the function that it calls. */
static struct pane_result follow(struct list_pane *list)
{
	struct code_row row, other;
	struct text line = {0};

	if (list->rows.selected == NONE || !parse_row(text_at(list, list->rows.selected), &row) ||
	    !row.target) {
		session_message(list->pane.session, "this instruction goes nowhere else");
		return pane_done;
	}
	for (uint32_t i = 0; i < list->rows.count; i++) {
		if (!parse_row(text_at(list, i), &other) || other.address != row.target)
			continue;
		rows_select(&list->rows, i);
		return pane_done;
	}
	text_printf(&line, "disasm 0x%llx", (unsigned long long)row.target);
	return (struct pane_result){.kind = PANE_LINE, .line = line.bytes};
}

static struct pane_result handle(struct pane *pane, const struct pane_input *input)
{
	struct list_pane *list = (struct list_pane *)pane;

	switch (input->command) {
	case COMMAND_NEXT_HOT:
		return seek_hot(list, 1);
	case COMMAND_PREVIOUS_HOT:
		return seek_hot(list, -1);
	case COMMAND_ENTER:
		return follow(list);
	default:
		return pane_ignored;
	}
}

const struct pane_kind pane_instructions = {
	.name = "instructions",
	.title = "Instructions",
	.groups = "list text instructions",
	.hints = "next-hot:hot follow-jump:follow close:back search:search",
	.side = SIDE_OVER,
	.list = &text_pane_list,
	.handle = handle,
	.describe = text_pane_describe,
	.copy = text_pane_copy,
};
