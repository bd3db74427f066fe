#include "ui/derived.h"

#include <string.h>

unsigned derived_parts(const struct derived *derived)
{
	return (derived->view ? PART_VIEW : 0u) | (derived->table ? PART_TABLE : 0u) |
	       (derived->graph ? PART_GRAPH : 0u) | (derived->tree ? PART_TREE : 0u);
}

bool derived_build(struct derived *made, const struct derived *base, enum derived_part part,
		   const struct profile *profile, const struct view_spec *spec, struct error *error)
{
	*made = (struct derived){0};
	switch (part) {
	case PART_VIEW:
		made->view = view_build(profile, spec, error);
		return made->view != NULL;
	case PART_TABLE:
		made->table = function_table_build(base->view);
		return true;
	case PART_GRAPH:
		made->graph = call_graph_build(base->view, base->table->rows,
					       base->table->row_count, NULL);
		return true;
	case PART_TREE:
		made->tree = call_tree_build(base->view, CALL_TREE_WHOLE, error);
		if (!made->tree)
			return false;
		tree_index_build(&made->tree_index, made->tree, base->view->node_count);
		return true;
	case PART_END:
		break;
	}
	return true;
}

void derived_absorb(struct derived *to, struct derived *from)
{
	if (!to->view) {
		to->view = from->view;
		from->view = NULL;
	}
	if (!to->table) {
		to->table = from->table;
		from->table = NULL;
	}
	if (!to->graph) {
		to->graph = from->graph;
		from->graph = NULL;
	}
	if (!to->tree) {
		to->tree = from->tree;
		to->tree_index = from->tree_index;
		from->tree = NULL;
		from->tree_index = (struct tree_index){0};
	}
	derived_clear(from);
}

void derived_clear(struct derived *derived)
{
	if (derived->tree)
		call_tree_free(derived->tree);
	if (derived->graph)
		call_graph_free(derived->graph);
	if (derived->table)
		function_table_free(derived->table);
	if (derived->view)
		view_free(derived->view);
	tree_index_clear(&derived->tree_index);
	*derived = (struct derived){0};
}

void derived_format(const struct derived *derived, const struct report_options *options,
		    struct value_format *format)
{
	struct report_input input = {.view = derived->view, .options = options};
	/* Only the rows decide, and the table has the same ones as a graph without cutoffs. */
	struct call_graph rows = {
		.view = derived->view,
		.rows = derived->table->rows,
		.row_count = derived->table->row_count,
	};

	report_output_unit(&input, &rows, format);
}

node_id derived_find_node(const struct derived *derived, const char *name, const char *function)
{
	const struct view *view = derived->view;
	node_id similar = NONE;

	for (node_id i = 0; i < view->node_count; i++) {
		if (!strcmp(view->node_names[i], name))
			return i;
		if (similar == NONE && *function &&
		    !strcmp(view_text(view, view->nodes[i].name), function))
			similar = i;
	}
	return similar;
}
