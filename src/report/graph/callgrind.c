/* SPDX-License-Identifier: MIT */
/* Costs and calls in the format of valgrind's callgrind, for kcachegrind: pprof's -callgrind. */
#include <inttypes.h>
#include <string.h>

#include "base/intern.h"
#include "report/list.h"
#include "view/context_view.h"

/* Callgrind knows functions by file and name alone; pprof's nodes differ in more. No padding. */
struct known_as {
	string_id file, name;
};

/* What makes a function one of its own: all of a node but address and line, and the context. No padding. */
struct identity {
	uint32_t parent;
	string_id name, file, object;
	int64_t start_line, column;
};

struct writer {
	const struct view *view;
	const struct call_graph *graph;
	const struct context_view *contexts; /* or NULL */
	const struct value_format *format;
	/* Names so far: the second time only the number is written. */
	struct strings objects, files, names;
	const char **callee_names; /* by node id; NULL: not listed */
	const struct node *previous;
	FILE *out;
};

static struct identity identify(const struct writer *writer, node_id id)
{
	const struct node *node = &writer->view->nodes[id];

	return (struct identity){
		.parent = writer->contexts ? writer->contexts->parent[id] : NONE,
		.name = node->name,
		.file = node->file,
		.object = node->object,
		.start_line = node->start_line,
		.column = node->address == 0 && node->line == 0 ? node->column : 0,
	};
}

/* "NAME", or "NAME [2/3]" where callgrind would take three functions for one. */
static void name_callees(struct writer *writer, struct arena *arena)
{
	const struct call_graph *graph = writer->graph;
	struct intern known, functions;
	uint32_t *group = arena_alloc(arena, graph->row_count * sizeof(*group)); /* by row */
	uint32_t *function = arena_alloc(arena, graph->row_count * sizeof(*function));
	uint32_t *place = arena_alloc(
		arena, graph->row_count * sizeof(*place)); /* by function, within its group */
	uint32_t *size =
		arena_zero(arena, graph->row_count, sizeof(*size)); /* by group: functions */

	intern_init(&known, sizeof(struct known_as));
	intern_init(&functions, sizeof(struct identity));
	for (uint32_t i = 0; i < graph->row_count; i++) {
		const struct node *node = &writer->view->nodes[graph->rows[i].node];
		struct known_as key = {node->file, node->name};
		struct identity identity = identify(writer, graph->rows[i].node);
		size_t before = functions.count;

		group[i] = intern_add(&known, &key);
		function[i] = intern_add(&functions, &identity);
		if (function[i] == before)
			place[function[i]] = ++size[group[i]];
	}
	for (uint32_t i = 0; i < graph->row_count; i++) {
		node_id id = graph->rows[i].node;
		const char *name = view_text(writer->view, writer->view->nodes[id].name);
		struct text numbered = {0};

		text_printf(&numbered, "%s [%u/%u]", name, place[function[i]], size[group[i]]);
		writer->callee_names[id] =
			size[group[i]] > 1 ? arena_text(arena, numbered.bytes, numbered.length)
					   : name;
		text_clear(&numbered);
	}
	intern_clear(&known);
	intern_clear(&functions);
}

/* "KEY=(3) NAME", later "KEY=(3)"; no name is no number. */
static void write_name(struct writer *writer, const char *key, struct strings *names,
		       const char *name)
{
	uint32_t known = strings_count(names);
	string_id id = strings_add_text(names, name);

	if (id == 0)
		fprintf(writer->out, "%s=\n", key);
	else if (id < known)
		fprintf(writer->out, "%s=(%u)\n", key, id);
	else
		fprintf(writer->out, "%s=(%u) %s\n", key, id, name);
}

/* The address, or its distance from the node before where that is shorter. */
static void write_address(const struct writer *writer, uint64_t address)
{
	char absolute[32], relative[32];

	snprintf(absolute, sizeof(absolute), "0x%" PRIx64, address);
	if (!writer->previous) {
		fputs(absolute, writer->out);
		return;
	}
	if (writer->previous->address == address) {
		fputc('*', writer->out);
		return;
	}
	snprintf(relative, sizeof(relative), "%+" PRId64,
		 (int64_t)(address - writer->previous->address));
	fputs(strlen(relative) < strlen(absolute) ? relative : absolute, writer->out);
}

/* Callgrind has whole numbers only. */
static int64_t scaled(const struct writer *writer, int64_t value)
{
	const char *unit;

	return unit_truncate(unit_scale(value, writer->format->from, writer->format->to, &unit));
}

static void write_call(struct writer *writer, const struct call_edge *edge)
{
	const struct node *callee = &writer->view->nodes[edge->callee];
	const char *name = writer->callee_names[edge->callee];

	write_name(writer, "cfl", &writer->files, view_text(writer->view, callee->file));
	write_name(writer, "cfn", &writer->names, name ? name : "");
	/* How often is not in a profile. */
	fputs("calls=0 ", writer->out);
	write_address(writer, callee->address);
	fprintf(writer->out, " %" PRId64 "\n* * %" PRId64 "\n", callee->line,
		scaled(writer, edge->weight));
}

static void write_node(struct writer *writer, const struct function_row *row)
{
	const struct view *view = writer->view;
	const struct call_graph *graph = writer->graph;
	const struct node *node = &view->nodes[row->node], *previous = writer->previous;

	if (!previous || node->object != previous->object || node->file != previous->file ||
	    node->name != previous->name) {
		fputc('\n', writer->out);
		write_name(writer, "ob", &writer->objects, view_text(view, node->object));
		write_name(writer, "fl", &writer->files, view_text(view, node->file));
		write_name(writer, "fn", &writer->names, view_text(view, node->name));
	}
	write_address(writer, node->address);
	fprintf(writer->out, " %" PRId64 " %" PRId64 "\n", node->line,
		scaled(writer, function_row_flat(row)));
	for (uint32_t i = graph->out_start[row->node]; i < graph->out_start[row->node + 1]; i++)
		write_call(writer, &graph->edges[i]);
	writer->previous = node;
}

static void write_graph(struct writer *writer)
{
	struct arena scratch = {0};

	strings_init(&writer->objects, NULL);
	strings_init(&writer->files, NULL);
	strings_init(&writer->names, NULL);
	writer->callee_names =
		arena_zero(&scratch, writer->view->node_count, sizeof(*writer->callee_names));
	name_callees(writer, &scratch);
	for (uint32_t i = 0; i < writer->graph->row_count; i++)
		write_node(writer, &writer->graph->rows[i]);
	strings_clear(&writer->objects);
	strings_clear(&writer->files);
	strings_clear(&writer->names);
	arena_clear(&scratch);
}

static bool write_callgrind(const struct report_input *input, const struct report *report,
			    FILE *out, struct error *error)
{
	struct context_view *contexts =
		input->options->call_tree ? context_view_build(input->view) : NULL;
	const struct view *view = contexts ? &contexts->view : input->view;
	struct trim_options trim;
	struct trimmed_graph trimmed;
	struct value_format format;
	struct writer writer = {.view = view, .contexts = contexts, .format = &format, .out = out};

	(void)error;
	report_trim_options(input, report, &trim);
	trim_graph(view, &trim, &trimmed);
	report_whole_unit(input, trimmed.graph, &format);
	fprintf(out, "positions: instr line\nevents: %s%s(%s)\n", view->spec.mean ? "mean_" : "",
		view_type(view), format.to);
	writer.graph = trimmed.graph;
	write_graph(&writer);
	call_graph_free(trimmed.graph);
	context_view_free(contexts);
	return true;
}

const struct report report_callgrind = {
	.name = "callgrind",
	.summary = "Costs and calls for kcachegrind",
	.untrimmed = true,
	.forces_granularity = true,
	.granularity = GRANULARITY_ADDRESSES,
	.object_names = true,
	.extension = "callgraph.out",
	.write = write_callgrind,
};
