/* SPDX-License-Identifier: MIT */
/*
 * What panes read: a view and the tables made from it, each built when a pane
 * first needs it. Parts are built one by one, possibly on another thread; a
 * part that is there never changes. Whoever has a derived clears it.
 */
#ifndef UI_SESSION_TABLES_H
#define UI_SESSION_TABLES_H

#include "report/report.h"
#include "ui/session/tree_index.h"
#include "view/call_graph.h"
#include "view/call_tree.h"
#include "view/function_table.h"
#include "view/label_table.h"
#include "view/line_table.h"

/* In the order in which they are built. */
enum derived_part {
	PART_VIEW = 1,
	PART_TABLE = 2,
	PART_GRAPH = 4,
	PART_TREE = 8,
	PART_LINES = 16,
	PART_LABELS = 32,
	PART_SANDWICH = 64,
	PART_DIAGNOSIS = 128, /* not of a view: the session has it */
	PART_END = 256,
};

/*
 * One function between its callers and its callees: two call trees whose root
 * is the function, the callers' turned round. A stack counts once, at its
 * outermost occurrence of the function, so both roots have its cum, and
 * recursion is seen among the callees.
 */
struct sandwich {
	node_id node; /* NONE: none, the trees are empty */
	struct call_tree *callers, *callees;
};

struct derived {
	struct profile *
		tagged; /* with labels or classes as frames, what the view is of; NULL: the profile itself */
	bool tags_missed; /* no sample has these labels */
	struct view *view;
	struct function_table *table;
	struct call_graph *graph; /* all nodes and edges */
	struct call_tree *tree;
	struct tree_index tree_index; /* with the tree */
	struct view *line_view;       /* what the report list reads, and the lines made from it */
	struct line_table *lines;
	struct label_table *labels;
	struct sandwich *sandwich; /* of the node that was wished for last */
	struct tree_index callers_index, callees_index;
};

/* What is to be built: one part of a view of the profile. */
struct derived_wish {
	enum derived_part part;
	const struct profile *profile;
	struct view_spec spec;
	bool drop_negative, count_once; /* of the report list */
	const char *unit;               /* of numeric labels */
	node_id centre;                 /* of the sandwich; NONE: none */
};

/* The parts that are there, as bits. */
unsigned derived_parts(const struct derived *derived);

/*
 * Builds one part into `made`; the parts before it are read from `base`, which
 * stays unchanged. False with an error if a filter does not compile or there
 * are too many frames.
 */
bool derived_build(struct derived *made, const struct derived *base,
		   const struct derived_wish *wish, struct error *error);

/* Forgets what was made with options of reports: labels and lines. */
void derived_drop_report_parts(struct derived *derived);

/* Moves the parts of `from` that `to` lacks, and another sandwich; `from` is empty afterwards. */
void derived_absorb(struct derived *to, struct derived *from);

void derived_clear(struct derived *derived);

/* The unit and ratio of all numbers on the screen: those of the top report without cutoffs. */
void derived_format(const struct derived *derived, const struct report_options *options,
		    struct value_format *format);

/*
 * The node of this printed name, else the one with the most cum that has a frame of
 * this function or, where that is "", with the most flat and a frame of this file (as the profile has it, "" none); else NONE.
 */
node_id derived_find_node(const struct derived *derived, const char *name, const char *function,
			  const char *file);

#endif
