/* SPDX-License-Identifier: MIT */
/*
 * The distinct stacks of a view and their costs, in the order of their first
 * samples: samples that differ only in labels, or in frames that the view does
 * not distinguish, form one row. Samples with an empty stack are left out; rows
 * that cost nothing are kept.
 */
#ifndef VIEW_STACK_TABLE_H
#define VIEW_STACK_TABLE_H

#include "view/view.h"

struct stack_row {
	const node_id *nodes; /* root first */
	uint32_t node_count;
	int64_t value; /* sum of its samples, including those of a diff base, which are negative */
	int64_t base;  /* sum of the samples of the diff base alone */
	int64_t divisor; /* 0 without mean */
};

struct stack_table {
	struct strings stacks; /* the nodes of a row as bytes */
	struct stack_row *rows;
	size_t row_count, row_capacity;
	bool has_base; /* some samples belong to a diff base (-diff_base) */
};

struct stack_table *stack_table_build(const struct view *view);
void stack_table_free(struct stack_table *table);

#endif
