/* SPDX-License-Identifier: MIT */
/* What makes a flame graph move: zoom on click, search, names under the pointer. */
#ifndef REPORT_STACKS_FLAMEGRAPH_SCRIPT_H
#define REPORT_STACKS_FLAMEGRAPH_SCRIPT_H

/* Goes into a CDATA section behind what flamegraph.c and flame_data.c write. */
extern const char flamegraph_script[];

#endif
