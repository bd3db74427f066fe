/* SPDX-License-Identifier: MIT */
/*
 * What source lines cost, for listings: the lines of each function in each of its
 * files, with the range of lines that pprof shows. The view must have the
 * granularity lines with object names (as report_view_spec sets for the report
 * `list`). Sums are raw, not divided for -mean. A line counts a sample once for
 * each of its columns and binaries; a function's cum is the sum of its lines, so
 * recursion through two lines counts twice. That is what pprof does; with `once`
 * a sample counts once per line and function.
 */
#ifndef VIEW_LINE_TABLE_H
#define VIEW_LINE_TABLE_H

#include "base/pattern.h"
#include "view/view.h"

struct line_cost {
	int64_t line, flat, cum;
};

/* A function in a file. */
struct line_group {
	const char *function, *file; /* file is "" if unknown */
	int64_t flat, cum;
	int64_t start; /* the line where the function begins; 0: unknown */
	int64_t first,
		last; /* lines worth showing: from the start of the function to some lines after its last cost */
	const struct line_cost *lines; /* by line */
	uint32_t line_count;
};

struct line_table {
	struct arena arena;
	struct line_group *groups; /* by function, then by file */
	uint32_t group_count;
};

/* Builds it for functions whose names match; pattern NULL: all. no_negative: leaves out negative nodes. */
struct line_table *line_table_build(const struct view *view, const struct pattern *pattern,
				    bool no_negative, bool once);
void line_table_free(struct line_table *table);

/* Returns the cost of a line, or NULL. */
const struct line_cost *line_group_find(const struct line_group *group, int64_t line);

#endif
