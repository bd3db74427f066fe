/* SPDX-License-Identifier: MIT */
/*
 * The lines of perf stat as a table and, with -x, as fields between
 * separators; with -I a time stands in front:
 *
 *        4,812,334,112      cycles                    #    2.411 GHz       ( +-  0.60% )
 *               0.61 msec task-clock                  #    0.126 CPUs utilized
 *      <not supported>      instructions
 *     4812334112,,cycles,526311,100.00,2.411,GHz
 */
#ifndef FORMAT_STACKS_PERF_STAT_LINE_H
#define FORMAT_STACKS_PERF_STAT_LINE_H

#include <stdbool.h>

#include "base/span.h"

struct perf_stat_row {
	struct span event;
	int64_t value;
	bool time;    /* value is in nanoseconds */
	bool counted; /* false: the machine could not */
};

/* A line of the table. */
bool perf_stat_line_table(struct span line, struct perf_stat_row *row);

/* A line of fields. */
bool perf_stat_line_fields(struct span line, struct perf_stat_row *row);

/* "0.0047 seconds time elapsed" in nanoseconds. */
bool perf_stat_line_elapsed(struct span line, int64_t *nanoseconds);

#endif
