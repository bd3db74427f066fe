/* SPDX-License-Identifier: MIT */
/* How the builders of tables of traces fill them. */
#include "base/array.h"
#include "view/trace_table.h"

void trace_table_add_text(struct trace_table *table, const char *text)
{
	array_push(table->cells, table->cell_count, table->cell_capacity,
		   ((struct trace_cell){.text = text}));
}

void trace_table_add_number(struct trace_table *table, int64_t number)
{
	array_push(table->cells, table->cell_count, table->cell_capacity,
		   ((struct trace_cell){.number = number}));
}

void trace_table_add_share(struct trace_table *table, double share)
{
	array_push(table->cells, table->cell_count, table->cell_capacity,
		   ((struct trace_cell){.share = share}));
}

void trace_table_add_classes(struct trace_table *table, const int64_t spent[TRACE_CLASS_COUNT])
{
	for (int i = 0; i < TRACE_CLASS_COUNT; i++)
		trace_table_add_number(table, spent[i]);
}
