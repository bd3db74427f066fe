/* SPDX-License-Identifier: MIT */
/* Every format, one row each. */
#ifndef FORMAT_LIST_H
#define FORMAT_LIST_H

#include "format/format.h"

extern const struct format format_pprof;
extern const struct format format_gperftools;
extern const struct format format_heap;
extern const struct format format_go_count;
extern const struct format format_threadz;
extern const struct format format_contention;
extern const struct format format_java;
extern const struct format format_perf;
extern const struct format format_perf_stat;
extern const struct format format_folded;
extern const struct format format_goroutine;
extern const struct format format_gctrace;
extern const struct format format_bench;
extern const struct format format_escape;
extern const struct format format_cpuprofile;
extern const struct format format_heapprofile;
extern const struct format format_speedscope;
extern const struct format format_chrome_trace;
extern const struct format format_jstack;
extern const struct format format_callgrind;
extern const struct format format_pyspy_dump;
extern const struct format format_bpftrace;
extern const struct format format_dtrace;
extern const struct format format_macos_sample;
extern const struct format format_symbolized;
extern const struct format format_jemalloc;
extern const struct format format_raw_text;
extern const struct format format_strace;
extern const struct format format_xlog_gc;
extern const struct format format_jstat;
extern const struct format format_trace;

#endif
