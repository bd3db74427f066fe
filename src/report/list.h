/* SPDX-License-Identifier: MIT */
/* Every report, one row each. */
#ifndef REPORT_LIST_H
#define REPORT_LIST_H

#include "report/report.h"

extern const struct report report_top;
extern const struct report report_text;
extern const struct report report_tree;
extern const struct report report_peek;
extern const struct report report_list;
extern const struct report report_disasm;
extern const struct report report_weblist;
extern const struct report report_traces;
extern const struct report report_tags;
extern const struct report report_comments;
extern const struct report report_raw;
extern const struct report report_folded;
extern const struct report report_speedscope;
extern const struct report report_dot;
extern const struct report report_svg;
extern const struct report report_png;
extern const struct report report_pdf;
extern const struct report report_ps;
extern const struct report report_gif;
extern const struct report report_flamegraph;
extern const struct report report_html;
extern const struct report report_callgrind;
extern const struct report report_proto;
extern const struct report report_topproto;
extern const struct report report_diagnose;
extern const struct report report_compare;
extern const struct report report_goroutines;
extern const struct report report_goroutine_list;
extern const struct report report_tasks;
extern const struct report report_task_list;
extern const struct report report_regions;
extern const struct report report_gc_cycles;
extern const struct report report_pauses;
extern const struct report report_mmu;
extern const struct report report_wakers;

#endif
