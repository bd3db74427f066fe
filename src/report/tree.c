/* Each node between its callers and its callees: pprof's -peek (and -tree). */
#include <string.h>

#include "report/list.h"

#define SEPARATOR "----------------------------------------------------------+-------------\n"

/* Everything that the lines of one report share. */
struct writer {
	const struct report_input *input;
	const struct call_graph *graph;
	const struct value_format *format;
	FILE *out;
};

static void write_edge(const struct writer *writer, const struct call_edge *edge, node_id other, int64_t cum)
{
	char weight[UNIT_LABEL_SIZE], share[PERCENTAGE_SIZE];

	/* Not divided by the mean's divisor, as pprof has it. */
	fprintf(writer->out, "%50s %s |   %s%s\n", report_value(writer->format, edge->weight, weight),
		unit_percentage(edge->weight, cum, share), writer->input->view->node_names[other],
		edge->inlined ? " (inline)" : "");
}

static void write_node(const struct writer *writer, const struct function_row *row, int64_t sum)
{
	const struct call_graph *graph = writer->graph;
	const struct view *view = writer->input->view;
	int64_t flat = function_row_flat(row), cum = function_row_cum(row);
	char flat_text[UNIT_LABEL_SIZE], cum_text[UNIT_LABEL_SIZE];
	char flat_share[PERCENTAGE_SIZE], sum_share[PERCENTAGE_SIZE], cum_share[PERCENTAGE_SIZE];

	fputs(SEPARATOR, writer->out);
	for (uint32_t i = graph->in_start[row->node]; i < graph->in_start[row->node + 1]; i++) {
		const struct call_edge *edge = &graph->edges[graph->in_edges[i]];

		write_edge(writer, edge, edge->caller, cum);
	}
	fprintf(writer->out, "%10s %s %s %10s %s                | %s\n", report_value(writer->format, flat, flat_text),
		unit_percentage(flat, view->total, flat_share), unit_percentage(sum, view->total, sum_share),
		report_value(writer->format, cum, cum_text), unit_percentage(cum, view->total, cum_share),
		view->node_names[row->node]);
	for (uint32_t i = graph->out_start[row->node]; i < graph->out_start[row->node + 1]; i++)
		write_edge(writer, &graph->edges[i], graph->edges[i].callee, cum);
}

static bool write_tree(const struct report_input *input, const struct report *report, FILE *out, struct error *error)
{
	struct trim_options trim;
	struct trimmed_graph trimmed;
	struct value_format format;
	struct writer writer = {input, NULL, &format, out};
	int64_t sum = 0;
	bool matched = false;

	report_trim_options(input, report, &trim);
	trim_graph(input->view, &trim, &trimmed);
	writer.graph = trimmed.graph;
	report_output_unit(input, trimmed.graph, &format);
	report_write_header(input, &trimmed, &trim, &format, out);
	fputs(SEPARATOR "      flat  flat%   sum%        cum   cum%   calls calls% + context \t \t \n", out);
	for (uint32_t i = 0; i < trimmed.graph->row_count; i++) {
		const struct function_row *row = &trimmed.graph->rows[i];
		const char *name = input->view->node_names[row->node];

		if (input->argument && !pattern_matches(input->argument, name, strlen(name)))
			continue;
		matched = true;
		sum = wrap_add(sum, function_row_flat(row));
		write_node(&writer, row, sum);
	}
	if (trimmed.graph->row_count)
		fputs(SEPARATOR, out);
	call_graph_free(trimmed.graph);
	if (input->argument && !matched)
		return error_set(error, "no function matches \"%s\"; try a shorter regular expression",
				 pattern_expression(input->argument));
	return true;
}

const struct report report_peek = {
	.name = "peek",
	.argument = "REGEX",
	.summary = "Callers and callees of the functions whose name matches",
	.untrimmed = true,
	.write = write_tree,
};
