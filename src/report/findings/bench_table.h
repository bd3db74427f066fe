/* SPDX-License-Identifier: MIT */
/* The comparison of benchmarks as text: what -compare writes of two outputs of go test -bench. */
#ifndef REPORT_FINDINGS_BENCH_TABLE_H
#define REPORT_FINDINGS_BENCH_TABLE_H

#include "diagnose/rules/bench.h"
#include "report/form/json.h"

/* One line a benchmark and unit, and the geometric mean of the changes of each unit. */
void bench_table_write(const struct bench_comparison *comparison, FILE *out);

/* "benchmarks": [{"name", "unit", "before", "after": medians, "p", "real"}], and "geomeans". */
void bench_table_write_json(const struct bench_comparison *comparison, struct json *json);

/* A line for each median that got worse by more than `percent`, beyond chance; returns how many. */
size_t bench_table_check(const struct bench_comparison *comparison, double percent, FILE *out);

#endif
