/* SPDX-License-Identifier: MIT */
#include "ui/session/tables.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/wrap.h"
#include "cli/extra_frames.h"
#include "report/list.h"
#include "view/collapsed_view.h"

unsigned derived_parts(const struct derived *derived)
{
	return (derived->view ? PART_VIEW : 0u) | (derived->table ? PART_TABLE : 0u) |
	       (derived->graph ? PART_GRAPH : 0u) | (derived->tree ? PART_TREE : 0u) |
	       (derived->lines ? PART_LINES : 0u) | (derived->labels ? PART_LABELS : 0u) |
	       (derived->sandwich ? PART_SANDWICH : 0u);
}

/* A profile with labels or classes as frames, if the spec wants any. */
static bool build_tagged(struct derived *made, const struct derived_wish *wish, struct error *error)
{
	struct extra_frames frames;
	bool good = extra_frames_add(wish->profile, &wish->spec, wish->unit, &frames, error);

	made->tagged = frames.profile;
	made->tags_missed = frames.root_missed || frames.leaf_missed;
	return good;
}

static bool build_view(struct derived *made, const struct derived_wish *wish, struct error *error)
{
	if (!build_tagged(made, wish, error))
		return false;
	made->view = view_build(made->tagged ? made->tagged : wish->profile, &wish->spec, error);
	if (!made->view)
		derived_clear(made);
	return made->view != NULL;
}

static struct call_tree *build_part(const struct view *view, struct path_part part,
				    struct error *error)
{
	struct collapsed_view collapsed;
	struct call_tree *tree;

	if (!view->spec.collapsed)
		return call_tree_build(view, part, error);
	collapsed_view_init(&collapsed, view);
	tree = call_tree_build(&collapsed.view, part, error);
	collapsed_view_clear(&collapsed);
	return tree;
}

static bool build_tree(struct derived *made, const struct view *view, struct error *error)
{
	made->tree = build_part(view, (struct path_part){NONE, view->spec.inverted}, error);
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

static void clear_sandwich(struct derived *derived)
{
	struct sandwich *sandwich = derived->sandwich;

	if (sandwich && sandwich->callers)
		call_tree_free(sandwich->callers);
	if (sandwich && sandwich->callees)
		call_tree_free(sandwich->callees);
	free(sandwich);
	tree_index_clear(&derived->callers_index);
	tree_index_clear(&derived->callees_index);
	derived->sandwich = NULL;
}

static bool build_sandwich(struct derived *made, const struct view *view, node_id centre,
			   struct error *error)
{
	/* No path has a node of this number. */
	node_id node = centre == NONE ? view->node_count : centre;
	struct sandwich *sandwich = alloc_zero(1, sizeof(*sandwich));

	made->sandwich = sandwich;
	sandwich->node = centre;
	sandwich->callers = build_part(view, (struct path_part){node, true}, error);
	if (sandwich->callers)
		sandwich->callees = build_part(view, (struct path_part){node, false}, error);
	if (!sandwich->callees) {
		clear_sandwich(made);
		return false;
	}
	tree_index_build(&made->callers_index, sandwich->callers, view->node_count);
	tree_index_build(&made->callees_index, sandwich->callees, view->node_count);
	return true;
}

bool derived_build(struct derived *made, const struct derived *base,
		   const struct derived_wish *wish, struct error *error)
{
	*made = (struct derived){0};
	switch (wish->part) {
	case PART_VIEW:
		return build_view(made, wish, error);
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
	case PART_LABELS:
		made->labels = label_table_build(base->view, wish->unit);
		return true;
	case PART_SANDWICH:
		return build_sandwich(made, base->view, wish->centre, error);
	case PART_DIAGNOSIS:
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
	if (from->sandwich) {
		clear_sandwich(to);
		to->callers_index = from->callers_index;
		to->callees_index = from->callees_index;
		from->callers_index = from->callees_index = (struct tree_index){0};
	}
	ABSORB(sandwich);
	if (!to->view)
		to->tags_missed = from->tags_missed;
	ABSORB(tagged);
	ABSORB(view);
	ABSORB(table);
	ABSORB(graph);
	ABSORB(tree);
	ABSORB(line_view);
	ABSORB(lines);
	ABSORB(labels);
	derived_clear(from);
}

void derived_drop_report_parts(struct derived *derived)
{
	label_table_free(derived->labels);
	line_table_free(derived->lines);
	view_free(derived->line_view);
	derived->labels = NULL;
	derived->lines = NULL;
	derived->line_view = NULL;
}

void derived_clear(struct derived *derived)
{
	derived_drop_report_parts(derived);
	clear_sandwich(derived);
	if (derived->tree)
		call_tree_free(derived->tree);
	if (derived->graph)
		call_graph_free(derived->graph);
	if (derived->table)
		function_table_free(derived->table);
	if (derived->view)
		view_free(derived->view);
	profile_free(derived->tagged);
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

/* True if a frame is of the function or, without one, of the file. */
static bool frame_is_of(const struct profile *profile, const struct frame *frame,
			const char *function, const char *file)
{
	const struct function *of;

	if (frame->function == NONE)
		return false;
	of = &profile->functions[frame->function];
	return *function ? !strcmp(profile_text(profile, of->name), function)
			 : !strcmp(profile_text(profile, of->file), file);
}

/* What a function is about is its cum; of a file, whose callers stand in it too, what it does itself. */
static uint64_t weight_of(const struct derived *derived, node_id node, bool own)
{
	uint32_t index = derived->table ? derived->table->row_of_node[node] : NONE;
	const struct function_row *row;

	if (index == NONE)
		return 0;
	row = &derived->table->rows[index];
	return (uint64_t)wrap_absolute(own ? function_row_flat(row) : function_row_cum(row));
}

node_id derived_find_node(const struct derived *derived, const char *name, const char *function,
			  const char *file)
{
	const struct view *view = derived->view;
	const struct profile *profile = view->profile;
	node_id best = NONE;

	for (node_id i = 0; i < view->node_count; i++)
		if (!strcmp(view->node_names[i], name))
			return i;
	for (frame_id i = 0; (*function || *file) && i < profile->frame_count; i++) {
		node_id node = view->frame_node[i];

		if (node != NONE && node != best &&
		    frame_is_of(profile, &profile->frames[i], function, file) &&
		    (best == NONE ||
		     weight_of(derived, node, !*function) > weight_of(derived, best, !*function)))
			best = node;
	}
	return best;
}
