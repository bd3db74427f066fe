/*
 * Stacks for flamegraph.pl and its kin, root first: "main;parse;read 12". Of a
 * diff base two columns as difffolded.pl makes them: "main;parse 10 12" is 10
 * in the base and 12 now. Values are in the unit of the profile.
 */
#include <inttypes.h>
#include <string.h>

#include "report/list.h"
#include "report/table_form.h"
#include "view/stack_table.h"

/* The name of a frame on a line that is split at ";" and at the last blank. */
static void add_name(struct text *line, const char *name)
{
	size_t start = line->length;

	text_add_sanitized(line, name, strlen(name), false);
	for (size_t i = start; i < line->length; i++)
		if (line->bytes[i] == ';')
			line->bytes[i] = ':';
}

/* mean's quotient, then divide_by. */
static int64_t shown_value(const struct report_input *input, const struct stack_row *row, int64_t value)
{
	return table_form_value(input, row->divisor ? wrap_divide(value, row->divisor) : value);
}

static bool write_folded(const struct report_input *input, const struct report *report, FILE *out, struct error *error)
{
	struct stack_table *table = stack_table_build(input->view);
	struct text line = {0};

	(void)report;
	(void)error;
	for (size_t i = 0; i < table->row_count; i++) {
		const struct stack_row *row = &table->rows[i];
		int64_t value = shown_value(input, row, wrap_add(row->value, wrap_negate(row->base)));
		int64_t base = wrap_negate(shown_value(input, row, row->base));

		if (value == 0 && base == 0)
			continue;
		text_reset(&line);
		for (uint32_t k = 0; k < row->node_count; k++) {
			if (k)
				text_add_char(&line, ';');
			add_name(&line, input->view->node_names[row->nodes[k]]);
		}
		if (table->has_base)
			text_printf(&line, " %" PRId64, base);
		fprintf(out, "%s %" PRId64 "\n", text_string(&line), value);
	}
	text_clear(&line);
	stack_table_free(table);
	return true;
}

const struct report report_folded = {
	.name = "folded",
	.summary = "One line a stack with its value, for flamegraph.pl; two values beside a diff base",
	.write = write_folded,
};
