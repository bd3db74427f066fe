/* SPDX-License-Identifier: MIT */
/* Every kind of pane, and what only one kind can do. */
#ifndef UI_PANE_LIST_H
#define UI_PANE_LIST_H

#include "ui/input/key_map.h"
#include "ui/widget/pane.h"

extern const struct pane_kind pane_top;
extern const struct pane_kind pane_peek;
extern const struct pane_kind pane_icicle;
extern const struct pane_kind pane_sandwich;
extern const struct pane_kind pane_tree;
extern const struct pane_kind pane_source;
extern const struct pane_kind pane_labels;
extern const struct pane_kind pane_diagnosis;
extern const struct pane_kind pane_gc;
extern const struct pane_kind pane_timeline;
extern const struct pane_kind pane_overview;
extern const struct pane_kind pane_files;
extern const struct pane_kind pane_filters;
extern const struct pane_kind pane_help;
extern const struct pane_kind pane_instructions;
extern const struct pane_kind pane_report;

/* Top: pprof's order, as `top -cum` asks, and as many rows as the session says now. */
void top_sort(struct pane *pane, bool cum);

#endif
