/* SPDX-License-Identifier: MIT */
#include "format/list.h"

const struct format *const formats[] = {
	&format_pprof,      &format_gperftools,   &format_heap,         &format_go_count,
	&format_threadz,    &format_contention,   &format_java,         &format_perf,
	&format_folded,     &format_goroutine,    &format_gctrace,      &format_bench,
	&format_escape,     &format_perf_stat,    &format_cpuprofile,   &format_heapprofile,
	&format_speedscope, &format_chrome_trace, &format_jstack,       &format_pyspy_dump,
	&format_bpftrace,   &format_dtrace,       &format_macos_sample, &format_callgrind,
	&format_symbolized, &format_jemalloc,     &format_raw_text,     &format_strace,
	&format_xlog_gc,    &format_jstat,        &format_trace,        NULL,
};
