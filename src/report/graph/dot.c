/* SPDX-License-Identifier: MIT */
/* The call graph in Graphviz' DOT language: pprof's -dot. */
#include "report/graph/dot.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/graph/dot_nodelet.h"
#include "report/graph/dot_style.h"
#include "report/list.h"
#include "view/path.h"
#include "view/visual_graph.h"

/* Everything that the parts of one graph share. */
struct writer {
	const struct view *view;
	const struct visual_graph *visual;
	const struct call_graph *graph;
	const struct value_format *format;
	const struct report_options *options;
	uint32_t *number;   /* by node id: N1, N2, ...; 0: not listed */
	uint64_t *nodelets; /* bitset of nodes that have some */
	int64_t heaviest;   /* |flat| */
	const char *title;
	bool exact; /* see dot_quote */
	FILE *out;
};

/* A text in parentheses behind a value: its share. */
static void add_value(const struct writer *writer, const char *before, int64_t value,
		      struct text *label)
{
	char text[UNIT_LABEL_SIZE], share[PERCENTAGE_SIZE];

	report_share(writer->options, value, writer->view->total, share);
	text_printf(label, "%s%s (%s)", before, report_value(writer->format, value, text),
		    share + strspn(share, " "));
}

static void write_start(const struct writer *writer)
{
	fputs("digraph ", writer->out);
	dot_quote(*writer->title ? writer->title : "unnamed", writer->exact, writer->out);
	fputs(" {\nnode [style=filled fillcolor=\"#f8f8f8\"]\n", writer->out);
}

static bool write_legend(const struct writer *writer, const struct report_input *input,
			 const struct trim_options *trim, struct error *error)
{
	struct text escaped = {0}, first = {0};
	char *lines = NULL, *newline;
	size_t length;
	FILE *memory = open_memstream(&lines, &length);

	if (!memory)
		return error_set(error, "%s", strerror(errno));
	report_write_legend(input, &writer->visual->trimmed, trim, writer->format, memory);
	if (fclose(memory) != 0)
		return error_set(error, "%s", strerror(errno));
	dot_escape(lines, &escaped);
	newline = strchr(lines, '\n');
	if (newline)
		*newline = '\0';
	dot_escape(lines, &first);
	fputs("subgraph cluster_L { ", writer->out);
	dot_quote(text_string(&first), writer->exact, writer->out);
	fputs(" [shape=box fontsize=16 label=", writer->out);
	dot_quote(text_string(&escaped), writer->exact, writer->out);
	if (*writer->title) {
		fputs(" tooltip=", writer->out);
		dot_quote(writer->title, writer->exact, writer->out);
	}
	fputs("] }\n", writer->out);
	free(lines);
	text_clear(&first);
	text_clear(&escaped);
	return true;
}

/* "NAME flat (share) of cum (share)" with line breaks. */
static void label_node(const struct writer *writer, const struct function_row *row,
		       struct text *label)
{
	int64_t flat = function_row_flat(row), cum = function_row_cum(row);

	dot_label(writer->view, &writer->view->nodes[row->node], label);
	if (flat)
		add_value(writer, "", flat, label);
	else
		text_add_char(label, '0');
	if (cum != flat)
		add_value(writer, flat ? "\\nof " : " of ", cum, label);
}

/* From 8 to 24; the root makes the difference between small ones visible. */
static int font_size(const struct writer *writer, int64_t flat)
{
	double share =
		writer->heaviest ? (double)wrap_absolute(flat) / (double)writer->heaviest : 0;

	/* The one value without an absolute value makes it negative. */
	return share > 0 ? 8 + (int)ceil(16.0 * sqrt(share < 1000 ? share : 1000)) : 8;
}

static double share_of_total(const struct writer *writer, int64_t value)
{
	return (double)value / (double)wrap_absolute(writer->view->total);
}

static void write_node(const struct writer *writer, const struct function_row *row)
{
	int64_t flat = function_row_flat(row), cum = function_row_cum(row);
	double share = share_of_total(writer, cum);
	struct text label = {0}, tooltip = {0};
	char line[DOT_COLOR_SIZE], inside[DOT_COLOR_SIZE], value[UNIT_LABEL_SIZE];
	uint32_t number = writer->number[row->node];

	label_node(writer, row, &label);
	dot_escape(writer->view->node_names[row->node], &tooltip);
	text_printf(&tooltip, " (%s)", report_value(writer->format, cum, value));
	fprintf(writer->out, "N%u [label=", number);
	dot_quote(label.bytes, writer->exact, writer->out);
	fprintf(writer->out, " id=\"node%u\" fontsize=%d shape=box tooltip=", number,
		font_size(writer, flat));
	dot_quote(tooltip.bytes, writer->exact, writer->out);
	fprintf(writer->out, " color=\"%s\" fillcolor=\"%s\"]\n", dot_color(share, false, line),
		dot_color(share, true, inside));
	text_clear(&label);
	text_clear(&tooltip);
	if (dot_write_nodelets(writer->visual, row->node, number, writer->format, writer->exact,
			       writer->out))
		bitset_add(writer->nodelets, row->node);
}

/* 1 + |percent of the total in steps of 100/steps|, at most 1 + steps. */
static int weight_of(const struct writer *writer, int64_t value, int64_t steps)
{
	int64_t part = wrap_absolute(wrap_divide(wrap_multiply(value, steps), writer->view->total));

	return 1 + (int)(part < steps ? part : steps);
}

static void write_edge(const struct writer *writer, const struct call_edge *edge)
{
	int64_t value = edge->divisor ? wrap_divide(edge->weight, edge->divisor) : edge->weight;
	struct text label = {0}, tooltip = {0};
	char weight[UNIT_LABEL_SIZE], color[DOT_COLOR_SIZE];

	report_value(writer->format, value, weight);
	text_printf(&label, " %s%s", weight, edge->inlined ? "\\n (inline)" : "");
	fprintf(writer->out, "N%u -> N%u [label=", writer->number[edge->caller],
		writer->number[edge->callee]);
	dot_quote(label.bytes, writer->exact, writer->out);
	if (writer->view->total) {
		if (weight_of(writer, value, 100) > 1)
			fprintf(writer->out, " weight=%d", weight_of(writer, value, 100));
		if (weight_of(writer, value, 5) > 1)
			fprintf(writer->out, " penwidth=%d", weight_of(writer, value, 5));
		fprintf(writer->out, " color=\"%s\"",
			dot_color(share_of_total(writer, value), false, color));
	}
	dot_escape(writer->view->node_names[edge->caller], &tooltip);
	text_printf(&tooltip, " %s ", edge->residual ? "..." : "->");
	dot_escape(writer->view->node_names[edge->callee], &tooltip);
	text_printf(&tooltip, " (%s)", weight);
	fputs(" tooltip=", writer->out);
	dot_quote(tooltip.bytes, writer->exact, writer->out);
	fputs(" labeltooltip=", writer->out);
	dot_quote(tooltip.bytes, writer->exact, writer->out);
	if (edge->residual)
		fputs(" style=\"dotted\"", writer->out);
	if (bitset_has(writer->nodelets, edge->caller))
		fputs(" minlen=2", writer->out);
	fputs("]\n", writer->out);
	text_clear(&label);
	text_clear(&tooltip);
}

static int compare_edges(const void *a, const void *b, void *context)
{
	const struct call_edge *x = *(const struct call_edge *const *)a,
			       *y = *(const struct call_edge *const *)b;
	const struct writer *writer = context;
	const char **names = writer->view->node_names;
	int64_t first = wrap_absolute(x->weight), second = wrap_absolute(y->weight);
	int order;

	if (first != second)
		return first > second ? -1 : 1;
	order = strcmp(names[x->caller], names[y->caller]);
	if (!order)
		order = strcmp(names[x->callee], names[y->callee]);
	/* Nodes may share a name; pprof's order is random then. */
	return order ? order : (x > y) - (x < y);
}

/* All edges that leave a listed node, the heaviest first, which helps the layout. */
static void write_edges(struct writer *writer, struct arena *scratch)
{
	const struct call_graph *graph = writer->graph;
	const struct call_edge **edges = arena_alloc(scratch, graph->edge_count * sizeof(*edges));
	uint32_t count = 0;

	for (uint32_t i = 0; i < graph->edge_count; i++)
		if (writer->number[graph->edges[i].caller])
			edges[count++] = &graph->edges[i];
	qsort_r(edges, count, sizeof(*edges), compare_edges, writer);
	for (uint32_t i = 0; i < count; i++)
		write_edge(writer, edges[i]);
}

static void write_graph(struct writer *writer)
{
	const struct call_graph *graph = writer->graph;
	uint32_t nodes = writer->view->node_count;
	struct arena scratch = {0};

	writer->number = arena_zero(&scratch, nodes, sizeof(*writer->number));
	writer->nodelets = arena_zero(&scratch, bitset_words(nodes), sizeof(*writer->nodelets));
	for (uint32_t i = 0; i < graph->row_count; i++) {
		int64_t flat = wrap_absolute(function_row_flat(&graph->rows[i]));

		writer->number[graph->rows[i].node] = i + 1;
		if (flat > writer->heaviest)
			writer->heaviest = flat;
	}
	for (uint32_t i = 0; i < graph->row_count; i++)
		write_node(writer, &graph->rows[i]);
	write_edges(writer, &scratch);
	arena_clear(&scratch);
}

bool dot_write(const struct report_input *input, const struct report *report, bool exact, FILE *out,
	       struct error *error)
{
	const struct profile *profile = input->view->profile;
	struct context_view *contexts =
		input->options->call_tree ? context_view_build(input->view) : NULL;
	struct trim_options trim;
	struct value_format format;
	struct visual_graph visual;
	struct text plain = {0}, title = {0};
	struct writer writer = {.format = &format,
				.options = input->options,
				.visual = &visual,
				.exact = exact,
				.out = out};
	bool good;

	report_trim_options(input, report, &trim);
	visual_graph_build(input->view, contexts, &trim, input->options->unit, &visual);
	report_output_unit(input, visual.trimmed.graph, &format);
	writer.graph = visual.trimmed.graph;
	writer.view = contexts ? &contexts->view : input->view;
	if (profile->mapping_count && profile->mappings[0].file) {
		path_base(profile_text(profile, profile->mappings[0].file), &plain);
		dot_escape(text_string(&plain), &title);
	}
	writer.title = text_string(&title);
	write_start(&writer);
	good = write_legend(&writer, input, &trim, error);
	if (good)
		write_graph(&writer);
	fputs("}\n", out);
	visual_graph_clear(&visual);
	context_view_free(contexts);
	text_clear(&plain);
	text_clear(&title);
	return good;
}

static bool write_dot(const struct report_input *input, const struct report *report, FILE *out,
		      struct error *error)
{
	return dot_write(input, report, true, out, error);
}

const struct report report_dot = {
	.name = "dot",
	.summary = "The call graph in Graphviz' DOT language",
	.node_count = 80,
	.shell_node_count = 80,
	.write = write_dot,
};
