/* SPDX-License-Identifier: MIT */
#include "report/form/table_form.h"

#include <string.h>

#include "report/form/csv.h"

void table_form_open(const struct report_input *input, const struct report *report,
		     struct json *json)
{
	const struct view *view = input->view;
	struct text type = {0};

	text_printf(&type, "%s%s", view->spec.mean ? "mean_" : "", view_type(view));
	json_open(json, NULL, '{');
	json_text(json, "report", report->name);
	json_text(json, "type", type.bytes);
	json_text(json, "unit", view_unit(view));
	json_integer(json, "total", table_form_value(input, view->total));
	text_clear(&type);
}

int64_t table_form_value(const struct report_input *input, int64_t value)
{
	struct value_format format;

	report_own_unit(input, &format);
	return report_divided(&format, value);
}

static void make_graph(const struct report_input *input, const struct report *report, bool edges,
		       struct trimmed_graph *trimmed)
{
	struct trim_options trim;

	report_trim_options(input, report, &trim);
	trim.edges = edges;
	trim_graph(input->view, &trim, trimmed);
}

static int64_t edge_value(const struct report_input *input, const struct call_edge *edge)
{
	return table_form_value(input, edge->divisor ? wrap_divide(edge->weight, edge->divisor)
						     : edge->weight);
}

static void open_node(const struct report_input *input, const struct function_row *row,
		      struct json *json)
{
	json_open(json, NULL, '{');
	json_text(json, "name", input->view->node_names[row->node]);
	json_integer(json, "flat", table_form_value(input, function_row_flat(row)));
	json_integer(json, "cum", table_form_value(input, function_row_cum(row)));
}

bool table_form_top_json(const struct report_input *input, const struct report *report, FILE *out,
			 struct error *error)
{
	struct json json = {.out = out};
	struct trimmed_graph trimmed;

	(void)error;
	make_graph(input, report, false, &trimmed);
	table_form_open(input, report, &json);
	json_open(&json, "nodes", '[');
	for (uint32_t i = 0; i < trimmed.graph->row_count; i++) {
		open_node(input, &trimmed.graph->rows[i], &json);
		json_text(&json, "inline", trim_inline_label(&trimmed, i));
		json_close(&json, '}');
	}
	json_close(&json, ']');
	json_close(&json, '}');
	call_graph_free(trimmed.graph);
	return true;
}

bool table_form_top_csv(const struct report_input *input, const struct report *report, FILE *out,
			struct error *error)
{
	struct trimmed_graph trimmed;

	(void)error;
	make_graph(input, report, false, &trimmed);
	fputs("name,flat,cum,inline\n", out);
	for (uint32_t i = 0; i < trimmed.graph->row_count; i++) {
		const struct function_row *row = &trimmed.graph->rows[i];

		csv_text(input->view->node_names[row->node], ',', out);
		csv_integer(table_form_value(input, function_row_flat(row)), ',', out);
		csv_integer(table_form_value(input, function_row_cum(row)), ',', out);
		csv_text(trim_inline_label(&trimmed, i), '\n', out);
	}
	call_graph_free(trimmed.graph);
	return true;
}

static void write_edge(const struct report_input *input, const struct call_edge *edge,
		       node_id other, struct json *json)
{
	json_open(json, NULL, '{');
	json_text(json, "name", input->view->node_names[other]);
	json_integer(json, "value", edge_value(input, edge));
	json_bool(json, "inline", edge->inlined);
	json_close(json, '}');
}

static void write_node(const struct report_input *input, const struct call_graph *graph,
		       const struct function_row *row, struct json *json)
{
	open_node(input, row, json);
	json_open(json, "callers", '[');
	for (uint32_t i = graph->in_start[row->node]; i < graph->in_start[row->node + 1]; i++) {
		const struct call_edge *edge = &graph->edges[graph->in_edges[i]];

		write_edge(input, edge, edge->caller, json);
	}
	json_close(json, ']');
	json_open(json, "callees", '[');
	for (uint32_t i = graph->out_start[row->node]; i < graph->out_start[row->node + 1]; i++)
		write_edge(input, &graph->edges[i], graph->edges[i].callee, json);
	json_close(json, ']');
	json_close(json, '}');
}

bool table_form_tree_json(const struct report_input *input, const struct report *report, FILE *out,
			  struct error *error)
{
	struct json json = {.out = out};
	struct trimmed_graph trimmed;
	bool matched = !input->argument;

	make_graph(input, report, true, &trimmed);
	table_form_open(input, report, &json);
	json_open(&json, "nodes", '[');
	for (uint32_t i = 0; i < trimmed.graph->row_count; i++) {
		const struct function_row *row = &trimmed.graph->rows[i];

		if (!report_matches(input, input->view->node_names[row->node]))
			continue;
		matched = true;
		write_node(input, trimmed.graph, row, &json);
	}
	json_close(&json, ']');
	json_close(&json, '}');
	call_graph_free(trimmed.graph);
	return matched || report_no_match(input, error);
}

static void write_edge_row(const struct report_input *input, const struct call_edge *edge,
			   const char *node, const char *relation, node_id other, FILE *out)
{
	csv_text(node, ',', out);
	fprintf(out, "%s,", relation);
	csv_text(input->view->node_names[other], ',', out);
	fputs(",,", out);
	csv_integer(edge_value(input, edge), ',', out);
	csv_text(edge->inlined ? "(inline)" : "", '\n', out);
}

static void write_node_rows(const struct report_input *input, const struct call_graph *graph,
			    const struct function_row *row, FILE *out)
{
	const char *name = input->view->node_names[row->node];

	csv_text(name, ',', out);
	fputs("node,", out);
	csv_text(name, ',', out);
	csv_integer(table_form_value(input, function_row_flat(row)), ',', out);
	csv_integer(table_form_value(input, function_row_cum(row)), ',', out);
	fputs(",\n", out);
	for (uint32_t i = graph->in_start[row->node]; i < graph->in_start[row->node + 1]; i++) {
		const struct call_edge *edge = &graph->edges[graph->in_edges[i]];

		write_edge_row(input, edge, name, "caller", edge->caller, out);
	}
	for (uint32_t i = graph->out_start[row->node]; i < graph->out_start[row->node + 1]; i++)
		write_edge_row(input, &graph->edges[i], name, "callee", graph->edges[i].callee,
			       out);
}

bool table_form_tree_csv(const struct report_input *input, const struct report *report, FILE *out,
			 struct error *error)
{
	struct trimmed_graph trimmed;
	bool matched = !input->argument;

	make_graph(input, report, true, &trimmed);
	fputs("node,relation,name,flat,cum,value,inline\n", out);
	for (uint32_t i = 0; i < trimmed.graph->row_count; i++) {
		const struct function_row *row = &trimmed.graph->rows[i];

		if (!report_matches(input, input->view->node_names[row->node]))
			continue;
		matched = true;
		write_node_rows(input, trimmed.graph, row, out);
	}
	call_graph_free(trimmed.graph);
	return matched || report_no_match(input, error);
}
