#include "ui/derived.h"

#include <string.h>

#include "report/list.h"

unsigned derived_parts(const struct derived *derived)
{
	return (derived->view ? PART_VIEW : 0u) | (derived->table ? PART_TABLE : 0u) |
	       (derived->graph ? PART_GRAPH : 0u) | (derived->tree ? PART_TREE : 0u) |
	       (derived->lines ? PART_LINES : 0u);
}

static bool build_tree(struct derived *made, const struct view *view, struct error *error)
{
	made->tree = call_tree_build(view, CALL_TREE_WHOLE, error);
	if (!made->tree)
		return false;
	tree_index_build(&made->tree_index, made->tree, view->node_count);
	return true;
}

/* Lines have a granularity of their own and, as in the report, tell binaries apart. */
static bool build_lines(struct derived *made, const struct view *view,
			const struct derived_wish *wish, struct error *error)
{
	struct view_spec spec;

	report_view_spec(&report_list, &view->spec, &spec);
	made->line_view = view_build(view->profile, &spec, error);
	view_spec_clear(&spec);
	if (!made->line_view)
		return false;
	made->line_view->cancelled = view->cancelled;
	made->lines =
		line_table_build(made->line_view, NULL, wish->drop_negative, wish->count_once);
	return true;
}

bool derived_build(struct derived *made, const struct derived *base,
		   const struct derived_wish *wish, struct error *error)
{
	*made = (struct derived){0};
	switch (wish->part) {
	case PART_VIEW:
		made->view = view_build(wish->profile, &wish->spec, error);
		return made->view != NULL;
	case PART_TABLE:
		made->table = function_table_build(base->view);
		return true;
	case PART_GRAPH:
		made->graph = call_graph_build(base->view, base->table->rows,
					       base->table->row_count, NULL);
		return true;
	case PART_TREE:
		return build_tree(made, base->view, error);
	case PART_LINES:
		return build_lines(made, base->view, wish, error);
	case PART_END:
		break;
	}
	return true;
}

/* Takes a pointer over if there is none yet. */
#define ABSORB(field)                            \
	do {                                     \
		if (!to->field) {                \
			to->field = from->field; \
			from->field = NULL;      \
		}                                \
	} while (0)

void derived_absorb(struct derived *to, struct derived *from)
{
	if (!to->tree) {
		to->tree_index = from->tree_index;
		from->tree_index = (struct tree_index){0};
	}
	ABSORB(view);
	ABSORB(table);
	ABSORB(graph);
	ABSORB(tree);
	ABSORB(line_view);
	ABSORB(lines);
	derived_clear(from);
}

void derived_clear(struct derived *derived)
{
	line_table_free(derived->lines);
	view_free(derived->line_view);
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
