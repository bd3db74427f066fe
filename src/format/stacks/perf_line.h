/* SPDX-License-Identifier: MIT */
/* The two kinds of lines that `perf script` prints: the head of a sample and its frames. */
#ifndef FORMAT_STACKS_PERF_LINE_H
#define FORMAT_STACKS_PERF_LINE_H

#include "base/span.h"

struct perf_header {
	struct span command, process, thread; /* process is empty when only a thread is named */
	struct span event;                    /* empty when none is named */
	int64_t time;                         /* ns; 0: none */
	int64_t period;                       /* 1 when none is named */
};

struct perf_frame {
	uint64_t address;
	struct span symbol; /* without offset; "[unknown]" if it is not known */
	struct span object; /* file; empty if it is not known */
};

bool perf_line_header(struct span line, struct perf_header *header);
bool perf_line_frame(struct span line, struct perf_frame *frame);

#endif
