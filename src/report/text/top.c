/* SPDX-License-Identifier: MIT */
/* The flat table: pprof's -top and -text. */
#include "base/utf8.h"
#include "report/list.h"
#include "report/form/table_form.h"

static void write_row(const struct report_input *input, const struct function_row *row,
		      const char *label, int64_t sum, const struct value_format *format, FILE *out)
{
	const struct view *view = input->view;
	char flat[UNIT_LABEL_SIZE], cum[UNIT_LABEL_SIZE];
	char flat_share[PERCENTAGE_SIZE], sum_share[PERCENTAGE_SIZE], cum_share[PERCENTAGE_SIZE];

	report_value(format, function_row_flat(row), flat);
	report_value(format, function_row_cum(row), cum);
	fprintf(out, "%*s %s %s %*s %s  %s%s%s\n", utf8_width(flat, 10), flat,
		report_share(input->options, function_row_flat(row), view->total, flat_share),
		report_share(input->options, sum, view->total, sum_share), utf8_width(cum, 10), cum,
		report_share(input->options, function_row_cum(row), view->total, cum_share),
		view->node_names[row->node], *label ? " " : "", label);
}

static bool write_top(const struct report_input *input, const struct report *report, FILE *out,
		      struct error *error)
{
	struct trim_options trim;
	struct trimmed_graph trimmed;
	struct value_format format;
	int64_t sum = 0;

	(void)error;
	report_trim_options(input, report, &trim);
	trim.edges = false;
	trim_graph(input->view, &trim, &trimmed);
	report_output_unit(input, trimmed.graph, &format);
	report_write_header(input, &trimmed, &trim, &format, out);
	report_write_columns(input->options, out);
	fputc('\n', out);
	for (uint32_t i = 0; i < trimmed.graph->row_count; i++) {
		const struct function_row *row = &trimmed.graph->rows[i];

		sum = wrap_add(sum, function_row_flat(row));
		write_row(input, row, trim_inline_label(&trimmed, i), sum, &format, out);
	}
	call_graph_free(trimmed.graph);
	return true;
}

const struct report report_top = {
	.name = "top",
	.summary = "Functions by their own cost, the heaviest first",
	.shell_node_count = 10,
	.write = write_top,
	.write_json = table_form_top_json,
	.write_csv = table_form_top_csv,
};

const struct report report_text = {
	.name = "text",
	.summary = "The same as top",
	.shell_node_count = 10,
	.write = write_top,
	.write_json = table_form_top_json,
	.write_csv = table_form_top_csv,
};
