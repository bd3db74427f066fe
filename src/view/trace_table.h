/* SPDX-License-Identifier: MIT */
/*
 * Tables of an execution trace: goroutines, tasks, regions, collections,
 * pauses, utilization, who wakes whom. Reports and panes show the same rows.
 * One row in trace_tables[] is one table.
 */
#ifndef VIEW_TRACE_TABLE_H
#define VIEW_TRACE_TABLE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/pattern.h"
#include "profile/trace.h"

enum trace_cell_kind {
	TRACE_CELL_TEXT,
	TRACE_CELL_COUNT,
	TRACE_CELL_TIME, /* nanoseconds; -1: not known */
	TRACE_CELL_BYTES,
	TRACE_CELL_SHARE, /* 0 to 1 */
};

struct trace_column {
	const char *name; /* of the field in JSON and CSV, of -by, and the head */
	enum trace_cell_kind kind;
};

/* text of texts, share of shares, number of all others. */
struct trace_cell {
	const char *text;
	int64_t number;
	double share;
};

struct trace_table;

struct trace_table_kind {
	const char *name;  /* of the report */
	const char *empty; /* why there is no row */
	const struct trace_column *columns;
	uint32_t column_count;
	uint32_t key;  /* the column that filters look at */
	uint32_t sort; /* the column of the first order, greatest first; 0: as it comes */
	int32_t limit; /* rows unless -nodecount says otherwise; 0: all */
	void (*build)(struct trace_table *table);
};

struct trace_table {
	const struct trace_table_kind *kind;
	const struct trace *trace;
	struct trace_cell *cells; /* row by row */
	size_t row_count, cell_count, cell_capacity;
	struct arena arena;
};

/* All tables, ended by a NULL name. */
extern const struct trace_table_kind trace_tables[];

/* By name; NULL if there is none. */
const struct trace_table_kind *trace_table_find(const char *name);

/*
 * Rows whose name matches `focus` and not `ignore` (both may be NULL), sorted
 * by the column `by`: numbers downwards, texts upwards; "" for the table's own
 * order. NULL with an error that lists the columns if there is no such one.
 */
struct trace_table *trace_table_build(const struct trace *trace,
				      const struct trace_table_kind *kind,
				      const struct pattern *focus, const struct pattern *ignore,
				      const char *by, struct error *error);
void trace_table_free(struct trace_table *table);

static inline const struct trace_cell *trace_table_cell(const struct trace_table *table, size_t row,
							uint32_t column)
{
	return &table->cells[row * table->kind->column_count + column];
}

/* The cell as a person reads it: "1.5ms", "4.2MB", "97.3%". */
const char *trace_table_text(const struct trace_table *table, size_t row, uint32_t column,
			     char *buffer, size_t size);

/* For the builders: one more cell of the last row; a row is full when it has one for each column. */
void trace_table_add_text(struct trace_table *table, const char *text);
void trace_table_add_number(struct trace_table *table, int64_t number);
void trace_table_add_share(struct trace_table *table, double share);
void trace_table_add_classes(struct trace_table *table, const int64_t spent[TRACE_CLASS_COUNT]);

/* The builders of the tables that add times up (trace_table_sums.c). */
void trace_table_goroutines(struct trace_table *table);
void trace_table_tasks(struct trace_table *table);
void trace_table_regions(struct trace_table *table);

#endif
