/*
 * The paths of a view's samples in the order of their nodes, root first, so
 * that one pass over neighbours finds what each shares with the one before.
 * Trees of calls are made from it (view/call_tree.h).
 *
 *     main parse read        shared 0   length 3
 *     main read         ->          1          2
 *     main read                     2          2
 *
 * Samples of value 0 and those that a filter dropped are left out.
 */
#ifndef VIEW_PATH_ORDER_H
#define VIEW_PATH_ORDER_H

#include "view/view.h"

/* A place on the path of a sample: a step of a location; at == end behind the last one. */
struct path_cursor {
	const location_id *at, *end;
	uint32_t step; /* of the location, 0: its outermost one */
	uint32_t sample;
};

struct path_order {
	uint32_t count;
	struct path_cursor
		*cursors; /* by place in the order: where the path leaves the one before */
	uint32_t *shared; /* steps before that */
	uint32_t *length; /* steps of the path */
};

void path_order_build(struct path_order *order, const struct view *view);
void path_order_clear(struct path_order *order);

/* Passes over locations without steps. */
static inline void path_cursor_settle(const struct view *view, struct path_cursor *cursor)
{
	while (cursor->at < cursor->end &&
	       view->step_start[*cursor->at] + cursor->step == view->step_start[*cursor->at + 1]) {
		cursor->at++;
		cursor->step = 0;
	}
}

/* The node at the cursor plus 1; 0 at the end. */
static inline uint32_t path_cursor_symbol(const struct view *view, const struct path_cursor *cursor)
{
	return cursor->at < cursor->end
		       ? view->steps[view->step_start[*cursor->at] + cursor->step].node + 1
		       : 0;
}

/* To the next step; only before the end. */
static inline void path_cursor_advance(const struct view *view, struct path_cursor *cursor)
{
	cursor->step++;
	path_cursor_settle(view, cursor);
}

#endif
