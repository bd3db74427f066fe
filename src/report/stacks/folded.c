/* SPDX-License-Identifier: MIT */
/*
 * Stacks for flamegraph.pl and its kin, root first: "main;parse;read 12". Of a
 * diff base two columns as difffolded.pl makes them: "main;parse 10 12" is 10
 * in the base and 12 now. Values are in the unit of the profile.
 */
#include <string.h>

#include "base/decimal.h"
#include "report/list.h"
#include "report/form/table_form.h"
#include "view/stack_table.h"

struct folded_name {
	const char *text;
	size_t length;
};

/* Names as they stand on a line that is split at ";" and at the last blank. */
static struct folded_name *make_names(const struct view *view, struct arena *arena)
{
	struct folded_name *names = arena_alloc(arena, view->node_count * sizeof(*names));
	struct text name = {0};

	for (node_id i = 0; i < view->node_count; i++) {
		text_reset(&name);
		text_add_sanitized(&name, view->node_names[i], strlen(view->node_names[i]), false);
		for (size_t k = 0; k < name.length; k++)
			if (name.bytes[k] == ';')
				name.bytes[k] = ':';
		names[i].text = arena_text(arena, text_string(&name), name.length);
		names[i].length = name.length;
	}
	text_clear(&name);
	return names;
}

/* mean's quotient, then divide_by. */
static int64_t shown_value(const struct report_input *input, const struct stack_row *row,
			   int64_t value)
{
	return table_form_value(input, row->divisor ? wrap_divide(value, row->divisor) : value);
}

static void add_value(struct text *line, int64_t value)
{
	char digits[DECIMAL_SIZE];

	text_add_char(line, ' ');
	text_add(line, digits, decimal_signed(value, digits));
}

static void write_row(const struct report_input *input, const struct stack_row *row, bool has_base,
		      const struct folded_name *names, struct text *line, FILE *out)
{
	int64_t value = shown_value(input, row, wrap_add(row->value, wrap_negate(row->base)));
	int64_t base = wrap_negate(shown_value(input, row, row->base));

	if (value == 0 && base == 0)
		return;
	text_reset(line);
	for (uint32_t i = 0; i < row->node_count; i++) {
		if (i)
			text_add_char(line, ';');
		text_add(line, names[row->nodes[i]].text, names[row->nodes[i]].length);
	}
	if (has_base)
		add_value(line, base);
	add_value(line, value);
	text_add_char(line, '\n');
	fwrite(line->bytes, 1, line->length, out);
}

static bool write_folded(const struct report_input *input, const struct report *report, FILE *out,
			 struct error *error)
{
	struct stack_table *table = stack_table_build(input->view);
	struct arena scratch = {0};
	struct folded_name *names = make_names(input->view, &scratch);
	struct text line = {0};

	(void)report;
	(void)error;
	for (size_t i = 0; i < table->row_count; i++)
		write_row(input, &table->rows[i], table->has_base, names, &line, out);
	text_clear(&line);
	arena_clear(&scratch);
	stack_table_free(table);
	return true;
}

const struct report report_folded = {
	.name = "folded",
	.summary =
		"One line a stack with its value, for flamegraph.pl; two values beside a diff base",
	.ours = true,
	.write = write_folded,
};
