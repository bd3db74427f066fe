/* SPDX-License-Identifier: MIT */
/* Each node between its callers and its callees: pprof's -peek (and -tree). */
#include "base/utf8.h"
#include "report/list.h"
#include "report/form/table_form.h"

/* What stands left of the names at the least, and what wider shares add to it: three of them stand there. */
#define LEFT 58
#define WIDER 3

/* Everything that the lines of one report share. */
struct writer {
	const struct report_input *input;
	const struct call_graph *graph;
	const struct value_format *format;
	FILE *out;
};

static bool has_wider(const struct writer *writer)
{
	return writer->input->options->signed_percentages;
}

static void write_separator(const struct writer *writer)
{
	for (int i = has_wider(writer) ? -WIDER : 0; i < LEFT; i++)
		fputc('-', writer->out);
	fputs("+-------------\n", writer->out);
}

static void write_edge(const struct writer *writer, const struct call_edge *edge, node_id other,
		       int64_t cum)
{
	char weight[UNIT_LABEL_SIZE], share[PERCENTAGE_SIZE];

	/* Not divided by the mean's divisor, as pprof has it. */
	report_value(writer->format, edge->weight, weight);
	fprintf(writer->out, "%*s %s |   %s%s\n",
		utf8_width(weight, has_wider(writer) ? 49 + WIDER : 50), weight,
		report_share(writer->input->options, edge->weight, cum, share),
		writer->input->view->node_names[other], edge->inlined ? " (inline)" : "");
}

static void write_node(const struct writer *writer, const struct function_row *row, int64_t sum)
{
	const struct call_graph *graph = writer->graph;
	const struct report_options *options = writer->input->options;
	const struct view *view = writer->input->view;
	int64_t flat = function_row_flat(row), cum = function_row_cum(row);
	char flat_text[UNIT_LABEL_SIZE], cum_text[UNIT_LABEL_SIZE];
	char flat_share[PERCENTAGE_SIZE], sum_share[PERCENTAGE_SIZE], cum_share[PERCENTAGE_SIZE];

	write_separator(writer);
	for (uint32_t i = graph->in_start[row->node]; i < graph->in_start[row->node + 1]; i++) {
		const struct call_edge *edge = &graph->edges[graph->in_edges[i]];

		write_edge(writer, edge, edge->caller, cum);
	}
	report_value(writer->format, flat, flat_text);
	report_value(writer->format, cum, cum_text);
	fprintf(writer->out, "%*s %s %s %*s %s                | %s\n", utf8_width(flat_text, 10),
		flat_text, report_share(options, flat, view->total, flat_share),
		report_share(options, sum, view->total, sum_share), utf8_width(cum_text, 10),
		cum_text, report_share(options, cum, view->total, cum_share),
		view->node_names[row->node]);
	for (uint32_t i = graph->out_start[row->node]; i < graph->out_start[row->node + 1]; i++)
		write_edge(writer, &graph->edges[i], graph->edges[i].callee, cum);
}

static bool write_tree(const struct report_input *input, const struct report *report, FILE *out,
		       struct error *error)
{
	struct trim_options trim;
	struct trimmed_graph trimmed;
	struct value_format format;
	struct writer writer = {input, NULL, &format, out};
	int64_t sum = 0;
	bool matched = !input->argument;

	report_trim_options(input, report, &trim);
	trim_graph(input->view, &trim, &trimmed);
	writer.graph = trimmed.graph;
	report_output_unit(input, trimmed.graph, &format);
	report_write_header(input, &trimmed, &trim, &format, out);
	write_separator(&writer);
	report_write_columns(input->options, out);
	fputs("   calls calls% + context \t \t \n", out);
	for (uint32_t i = 0; i < trimmed.graph->row_count; i++) {
		const struct function_row *row = &trimmed.graph->rows[i];

		if (!report_matches(input, input->view->node_names[row->node]))
			continue;
		matched = true;
		sum = wrap_add(sum, function_row_flat(row));
		write_node(&writer, row, sum);
	}
	if (trimmed.graph->row_count)
		write_separator(&writer);
	call_graph_free(trimmed.graph);
	return matched || report_no_match(input, error);
}

const struct report report_tree = {
	.name = "tree",
	.summary = "Each function between its callers and its callees",
	.node_count = 80,
	.write = write_tree,
	.write_json = table_form_tree_json,
	.write_csv = table_form_tree_csv,
};

const struct report report_peek = {
	.name = "peek",
	.argument = "REGEX",
	.summary = "Callers and callees of the functions whose name matches",
	.untrimmed = true,
	.write = write_tree,
	.write_json = table_form_tree_json,
	.write_csv = table_form_tree_csv,
};
