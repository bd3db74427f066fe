/* What makes a flame graph move: zoom on click, search, names under the pointer. */
#ifndef REPORT_FLAMEGRAPH_SCRIPT_H
#define REPORT_FLAMEGRAPH_SCRIPT_H

/* Goes into a CDATA section. Needs groups of class "f" with title, rect and maybe text (flamegraph.c). */
extern const char flamegraph_script[];

#endif
