/* SPDX-License-Identifier: MIT */
/*
 * The lines of GODEBUG=gctrace=1 of Go 1.5 and newer, and what else the
 * runtime may write beside them:
 *
 *     gc 2 @0.168s 1%: 0.019+5.1+0.002 ms clock, 0.038+4.1/0.52/4.3+0.005 ms cpu,
 *     6->6->5 MB, 6 MB goal, 0 MB stacks, 0 MB globals, 2 P (forced)      (one line)
 */
#ifndef FORMAT_GO_GCTRACE_LINE_H
#define FORMAT_GO_GCTRACE_LINE_H

#include "base/span.h"
#include "profile/gc_log.h"

enum gctrace_line {
	GCTRACE_NONE,   /* not of the runtime */
	GCTRACE_CYCLE,  /* read */
	GCTRACE_BROKEN, /* begins like a cycle and is none */
	GCTRACE_OLD,    /* a cycle of Go 1.4 or older, which says too little */
	GCTRACE_OTHER,  /* scavtrace, schedtrace, pacer, inittrace, scan */
};

/* What a line is, also behind the prefix of a log; the values of a cycle, by column. */
enum gctrace_line gctrace_line_read(struct span line, int64_t values[GC_COLUMN_COUNT]);

#endif
