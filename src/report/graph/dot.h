/* SPDX-License-Identifier: MIT */
/* The drawn graph as DOT text, for the dot report and for those that have Graphviz draw it. */
#ifndef REPORT_GRAPH_DOT_H
#define REPORT_GRAPH_DOT_H

#include "report/report.h"

/* exact: byte by byte as pprof has it, which is no proper DOT when labels of the profile have quotes in them. */
bool dot_write(const struct report_input *input, const struct report *report, bool exact, FILE *out,
	       struct error *error);

#endif
