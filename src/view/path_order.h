/* SPDX-License-Identifier: MIT */
/*
 * The paths of a view's samples sorted by their nodes, so that one pass over
 * neighbours finds what each shares with its predecessor. Call trees are built
 * from it (view/call_tree.h).
 *
 *     main parse read        shared 0   length 3
 *     main read         ->          1          2
 *     main read                     2          2
 *
 * Samples with the value 0 and those dropped by a filter are left out.
 */
#ifndef VIEW_PATH_ORDER_H
#define VIEW_PATH_ORDER_H

#include "view/view.h"

/*
 * Which part of each path, and from which end. With a node, only what lies beyond
 * its outermost occurrence; samples without the node are left out.
 *
 *     main a f x f y      {NONE, false}  main a f x f y      {f, false}  x f y
 *                         {NONE, true}   y f x f a main      {f, true}   a main
 */
struct path_part {
	node_id node;  /* NONE: the whole path */
	bool reversed; /* towards the root */
};

/*
 * A position on a path; at == end after the last step. The location is the one at
 * `at`, or the one before it if reversed, and its steps are counted in the same
 * direction.
 */
struct path_cursor {
	uint32_t at, end; /* places of profile->paths */
	uint32_t step;
	uint32_t sample;
};

struct ordered_path {
	struct path_cursor cursor; /* where the path departs from its predecessor */
	union {
		struct {
			uint32_t shared; /* steps before that */
			uint32_t length; /* steps of the path */
		};
		uint64_t key; /* while paths are sorted (path_order.c) */
	};
};

/* The first step of a location in the direction of the paths, in four bytes. Most locations have only one. */
struct first_step {
	uint32_t symbol : 31; /* its node plus 1; 0: the location has no step */
	uint32_t more : 1;    /* steps follow */
};

struct path_order {
	const struct view *view;
	bool reversed;
	struct first_step *first_steps; /* by location */
	struct ordered_path *paths;
	uint32_t count;
};

void path_order_build(struct path_order *order, const struct view *view, struct path_part part);

/* Frees the paths, which are large; cursors copied from them can still be moved. */
void path_order_clear_paths(struct path_order *order);
void path_order_clear(struct path_order *order);

/* The location at a cursor that is not at the end. */
static inline location_id path_cursor_location(const struct path_order *order,
					       const struct path_cursor *cursor)
{
	return view_location(order->view, cursor->at - order->reversed);
}

/* Skips the rest of a location. */
static inline void path_cursor_leave(const struct path_order *order, struct path_cursor *cursor)
{
	cursor->at += order->reversed ? -1 : 1;
	cursor->step = 0;
}

/* Skips locations that have no steps left. */
static inline void path_cursor_settle(const struct path_order *order, struct path_cursor *cursor)
{
	const uint32_t *start = order->view->step_start;

	while (cursor->at != cursor->end) {
		location_id location = path_cursor_location(order, cursor);

		if (cursor->step ? start[location] + cursor->step != start[location + 1]
				 : order->first_steps[location].symbol)
			break;
		path_cursor_leave(order, cursor);
	}
}

/* The node at the cursor, plus 1; 0 at the end. */
static inline uint32_t path_cursor_symbol(const struct path_order *order,
					  const struct path_cursor *cursor)
{
	const struct view *view = order->view;
	location_id location;

	if (cursor->at == cursor->end)
		return 0;
	location = path_cursor_location(order, cursor);
	if (!cursor->step)
		return order->first_steps[location].symbol;
	return view->steps[order->reversed ? view->step_start[location + 1] - 1 - cursor->step
					   : view->step_start[location] + cursor->step]
		       .node +
	       1;
}

/* Moves to the next step; not at the end. */
static inline void path_cursor_advance(const struct path_order *order, struct path_cursor *cursor)
{
	if (!cursor->step && !order->first_steps[path_cursor_location(order, cursor)].more)
		path_cursor_leave(order, cursor);
	else
		cursor->step++;
	path_cursor_settle(order, cursor);
}

#endif
