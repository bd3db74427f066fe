/* SPDX-License-Identifier: MIT */
/*
 * Benchmark results as a profile: each measured value is a sample. Its path is
 * the benchmark and the unit; the label "pkg" is the package.
 */
#ifndef PROFILE_BENCH_H
#define PROFILE_BENCH_H

/* The value types: a count of 1, and the measured value in millionths of its unit. */
#define BENCH_RUNS_TYPE "runs"
#define BENCH_VALUE_TYPE "value"
#define BENCH_VALUE_UNIT "millionths"
#define BENCH_SCALE 1e6

#endif
