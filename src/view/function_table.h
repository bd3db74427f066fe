/* SPDX-License-Identifier: MIT */
/*
 * Flat and cum of every node of a view: the Top table. Recursion counts once: a
 * sample adds to cum once, however often the node occurs in its stack.
 */
#ifndef VIEW_FUNCTION_TABLE_H
#define VIEW_FUNCTION_TABLE_H

#include "base/wrap.h"
#include "view/view.h"

struct function_row {
	node_id node;
	int64_t flat, cum;                 /* raw sums */
	int64_t flat_divisor, cum_divisor; /* 0 without mean */
};

struct function_table {
	struct arena arena;
	struct function_row *rows; /* in the order of the last sort */
	uint32_t row_count;        /* nodes with flat or cum != 0 */
	uint32_t *row_of_node;     /* index into rows; NONE if the node has no row */
	double *location_weight; /* sum of |value| of the samples through each location with inlined steps; 0 for others */
};

enum function_order {
	ORDER_FLAT, /* |flat| desc, name, |cum| desc: pprof's -flat */
	ORDER_CUM,  /* |cum| desc, name, |flat| desc: pprof's -cum */
	ORDER_NAME,
	ORDER_SCORE, /* name, |flat| desc: for rows with equal score (view/entropy.h) */
};

/* Builds the table, sorted by flat. Free with function_table_free. */
struct function_table *function_table_build(const struct view *view);

/* Builds the table in node order and without row_of_node, for callers that select and sort rows themselves. */
struct function_table *function_table_sum(const struct view *view);
void function_table_free(struct function_table *table);

/* Sorts in place, in reverse order if asked, and updates row_of_node. */
void function_table_sort(struct function_table *table, const struct view *view,
			 enum function_order order, bool reverse);

/* With the mean applied if there is a divisor. */
static inline int64_t function_row_flat(const struct function_row *row)
{
	return row->flat_divisor ? wrap_divide(row->flat, row->flat_divisor) : row->flat;
}

static inline int64_t function_row_cum(const struct function_row *row)
{
	return row->cum_divisor ? wrap_divide(row->cum, row->cum_divisor) : row->cum;
}

/* True if drop_negative drops the row. */
static inline bool function_row_is_negative(const struct function_row *row)
{
	return row->flat < 0 || (row->flat == 0 && row->cum < 0);
}

/* Sorts arbitrary rows of a view. */
void function_rows_sort(struct function_row *rows, uint32_t count, const struct view *view,
			enum function_order order, bool reverse);

/* Compares two rows of a view: -1, 0 or 1. The order is total, as in pprof. */
int function_row_compare(const struct view *view, const struct function_row *a,
			 const struct function_row *b, enum function_order order);

#endif
