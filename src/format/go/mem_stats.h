/* SPDX-License-Identifier: MIT */
/* The trailer of Go's text heap profiles: lines "# NAME = VALUE" behind "# runtime.MemStats". */
#ifndef FORMAT_GO_MEM_STATS_H
#define FORMAT_GO_MEM_STATS_H

#include <stdbool.h>

#include "base/span.h"
#include "profile/mem_stats.h"

/* True for the line that opens the trailer. */
bool mem_stats_starts(struct span line);

/* True for the last line that all releases write; newer ones have MaxRSS behind it. */
bool mem_stats_ends(struct span line);

/* Takes what a line of the trailer says; others say nothing. */
void mem_stats_read(struct mem_stats *stats, struct span line);

#endif
