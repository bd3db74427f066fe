/* SPDX-License-Identifier: MIT */
/*
 * What the scripts read, as text in elements that no browser runs or shows:
 *
 *     data     JSON: names and colours of the functions, units, totals
 *     tree     frames of the flame graph, "DEPTH NAME TOTAL [SELF [WIDTH]];"
 *              each, depth first
 *     rows     "NAME FLAT CUM;" of every function
 *     edges    "CALLER CALLEE WEIGHT INLINED;" of every call
 *     drawn    "NAME;" of the functions of the call graph
 *     calls    "CALLER CALLEE WEIGHT RESIDUAL;" of the calls in it
 *
 * NAME is an index into the names; 0 is the root of the flame graph.
 */
#include "report/html/html_page.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/text.h"
#include "report/form/json.h"
#include "report/stacks/flame_color.h"
#include "report/stacks/flame_data.h"
#include "view/trim.h"
#include "view/visual_graph.h"

/* pprof's for graphs. */
#define DRAWN_NODES 80

struct names {
	uint32_t *number; /* by node: index into the names, 0 if it has none yet */
	node_id *node;    /* by index - 1 */
	size_t count, capacity;
};

static uint32_t name_number(struct names *names, node_id node)
{
	if (node == NONE)
		return 0;
	if (!names->number[node]) {
		array_push(names->node, names->count, names->capacity, node);
		names->number[node] = (uint32_t)names->count;
	}
	return names->number[node];
}

static void open_element(const struct html_page *page, const char *id, const char *type)
{
	fprintf(page->out, "<script type=\"%s\" id=\"%s\">", type, id);
}

static void close_element(const struct html_page *page)
{
	fputs("</script>\n", page->out);
}

/* What can be told from the rest is left out: a width like the total, and then a self of 0. */
static void write_frame(const struct html_page *page, const struct call_tree *tree, uint32_t i,
			uint32_t name)
{
	int64_t total = call_tree_total(tree, i), self = call_tree_self(tree, i);
	int64_t width = call_tree_width(tree, i);

	fprintf(page->out, "%u %u %" PRId64, call_tree_depth(tree, i), name, total);
	if (self || width != total)
		fprintf(page->out, " %" PRId64, self);
	if (width != total)
		fprintf(page->out, " %" PRId64, width);
	fputc(';', page->out);
}

static void write_tree(const struct html_page *page, const struct call_tree *tree,
		       struct names *names)
{
	struct flame_walk walk = {.tree = tree};
	uint32_t i;

	open_element(page, "tree", "text/plain");
	flame_choose(tree, 1, HTML_MOST_FRAMES, &walk.choice);
	while (flame_walk_next(&walk, &i))
		write_frame(page, tree, i, name_number(names, i ? tree->node[i] : NONE));
	close_element(page);
}

static void write_rows(const struct html_page *page, struct names *names)
{
	open_element(page, "rows", "text/plain");
	for (uint32_t i = 0; i < page->table->row_count; i++) {
		const struct function_row *row = &page->table->rows[i];

		fprintf(page->out, "%u %" PRId64 " %" PRId64 ";", name_number(names, row->node),
			function_row_flat(row), function_row_cum(row));
	}
	close_element(page);
}

static int compare_weights(const void *a, const void *b)
{
	const struct call_edge *x = *(const struct call_edge *const *)a;
	const struct call_edge *y = *(const struct call_edge *const *)b;
	int64_t left = wrap_absolute(x->weight), right = wrap_absolute(y->weight);

	return left != right ? (left < right) - (left > right) : (x > y) - (x < y);
}

/* The heaviest first, so that the lists of Peek are in order. */
static void write_edges(const struct html_page *page, struct names *names)
{
	const struct call_graph *graph = page->graph;
	const struct call_edge **sorted =
		alloc_zero((size_t)graph->edge_count + 1, sizeof(*sorted));

	for (uint32_t i = 0; i < graph->edge_count; i++)
		sorted[i] = &graph->edges[i];
	qsort(sorted, graph->edge_count, sizeof(*sorted), compare_weights);
	open_element(page, "edges", "text/plain");
	for (uint32_t i = 0; i < graph->edge_count && i < HTML_MOST_EDGES; i++)
		fprintf(page->out, "%u %u %" PRId64 " %d;", name_number(names, sorted[i]->caller),
			name_number(names, sorted[i]->callee), sorted[i]->weight,
			sorted[i]->inlined);
	close_element(page);
	free(sorted);
}

static void write_drawn(const struct html_page *page, struct names *names)
{
	struct trim_options trim = {
		.cum = true,
		.node_count = DRAWN_NODES,
		.node_fraction = page->input->options->node_fraction,
		.edge_fraction = page->input->options->edge_fraction,
		.edges = true,
	};
	struct visual_graph visual;
	const struct call_graph *graph;

	visual_graph_build(page->view, NULL, &trim, page->format.to, &visual);
	graph = visual.trimmed.graph;
	open_element(page, "drawn", "text/plain");
	for (uint32_t i = 0; i < graph->row_count; i++)
		fprintf(page->out, "%u;", name_number(names, graph->rows[i].node));
	close_element(page);
	open_element(page, "calls", "text/plain");
	for (uint32_t i = 0; i < graph->edge_count; i++)
		fprintf(page->out, "%u %u %" PRId64 " %d;",
			name_number(names, graph->edges[i].caller),
			name_number(names, graph->edges[i].callee), graph->edges[i].weight,
			graph->edges[i].residual);
	close_element(page);
	visual_graph_clear(&visual);
}

/* As html_text has it, so that the scripts find what a table names. */
static void write_name(const char *name, struct json *json)
{
	struct text safe = {0};

	text_add_sanitized(&safe, name, strlen(name), false);
	json_text(json, NULL, text_string(&safe));
	text_clear(&safe);
}

static void write_names(const struct html_page *page, const struct names *names, struct json *json)
{
	char color[FLAME_COLOR_SIZE];

	json_open(json, "names", '[');
	json_text(json, NULL, "all");
	for (size_t i = 0; i < names->count; i++)
		write_name(page->view->node_names[names->node[i]], json);
	json_close(json, ']');
	json_open(json, "colors", '[');
	json_text(json, NULL, "#dddddd");
	for (size_t i = 0; i < names->count; i++)
		json_text(json, NULL, flame_color(page->view->node_names[names->node[i]], color));
	json_close(json, ']');
}

/* How many of the profile's units make one of this unit. */
static double unit_size(const struct html_page *page, const char *to, const char **unit)
{
	const int64_t many = INT64_C(1) << 52;
	double scaled = unit_scale(many, page->format.from, to, unit);

	return (double)many / scaled * (page->format.ratio > 0 ? 1 / page->format.ratio : 1);
}

/* The unit of the page, then all in which the total is at least 1, the smallest first. */
static void write_units(const struct html_page *page, struct json *json)
{
	int64_t total = wrap_absolute(page->view->total);
	const char *unit, *to = unit_next("auto", page->format.from, total);

	json_number(json, "size", unit_size(page, page->format.to, &unit));
	json_text(json, "unit", unit);
	json_integer(json, "decimals", page->decimals);
	json_open(json, "units", '[');
	for (; to && strcmp(to, "minimum") != 0; to = unit_next(to, page->format.from, total)) {
		json_open(json, NULL, '[');
		json_number(json, NULL, unit_size(page, to, &unit));
		json_text(json, NULL, unit);
		json_close(json, ']');
	}
	json_close(json, ']');
}

/* JSON as the content of a script element: nothing in it can end that element. */
static void write_json(const struct html_page *page, const struct call_tree *tree,
		       const struct names *names)
{
	struct json json = {0};
	char *bytes = NULL;
	size_t size = 0;

	json.out = open_memstream(&bytes, &size);
	if (!json.out)
		return;
	json_open(&json, NULL, '{');
	write_units(page, &json);
	json_integer(&json, "total", page->view->total);
	json_integer(&json, "frames", tree->count);
	json_bool(&json, "changes", tree->mixed_signs);
	write_names(page, names, &json);
	json_close(&json, '}');
	fclose(json.out);
	open_element(page, "data", "application/json");
	for (size_t i = 0; i < size; i++)
		if (bytes[i] == '<')
			fputs("\\u003c", page->out);
		else
			fputc(bytes[i], page->out);
	close_element(page);
	free(bytes);
}

bool html_data(const struct html_page *page, struct error *error)
{
	struct call_tree *tree = call_tree_build(page->view, CALL_TREE_WHOLE, error);
	struct names names = {0};

	if (!tree)
		return false;
	names.number = alloc_zero((size_t)page->view->node_count + 1, sizeof(*names.number));
	write_tree(page, tree, &names);
	write_rows(page, &names);
	write_edges(page, &names);
	write_drawn(page, &names);
	write_json(page, tree, &names);
	free(names.number);
	free(names.node);
	call_tree_free(tree);
	return true;
}
