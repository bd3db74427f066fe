/* SPDX-License-Identifier: MIT */
/*
 * The lines that `perf script` prints, whatever -F chose: the head of a
 * sample, its frames and the places of those in the source.
 */
#ifndef FORMAT_STACKS_PERF_LINE_H
#define FORMAT_STACKS_PERF_LINE_H

#include <stdbool.h>

#include "base/span.h"

struct perf_header {
	struct span command, process, thread; /* process is empty when only a thread is named */
	struct span event;                    /* empty when none is named */
	struct span rest;                     /* what follows the event */
	int64_t time;                         /* ns; 0: none */
	int64_t period;                       /* 1 when none is named */
	bool has_period;
	bool task; /* it tells of a thread or a mapping and is no sample */
};

struct perf_frame {
	uint64_t address;
	struct span symbol; /* without offset; "[unknown]" if it is not known */
	struct span object; /* file; empty if it is not known */
	bool inlined;       /* into the frame that follows */
};

/*
 * The command may hold blanks, numbers, brackets and slashes: what is anchored
 * is the time, or the event where there is no time.
 */
bool perf_line_header(struct span line, struct perf_header *header);

/* A frame, which begins with white space. */
bool perf_line_frame(struct span line, struct perf_frame *frame);

/* The frame of a recording without call chains: what follows the event of a header. */
bool perf_line_only_frame(struct span rest, struct perf_frame *frame);

/* "  app.cpp:13", of the frame above it. */
bool perf_line_place(struct span line, struct span *file, int64_t *number);

#endif
