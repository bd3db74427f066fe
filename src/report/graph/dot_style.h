/* SPDX-License-Identifier: MIT */
/* Colours and quoting of graphs in Graphviz' DOT language, as pprof has them. */
#ifndef REPORT_GRAPH_DOT_STYLE_H
#define REPORT_GRAPH_DOT_STYLE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/text.h"
#include "view/view.h"

#define DOT_COLOR_SIZE 8

/*
 * "#rrggbb" for a share of the total from -1 (green) over 0 (grey) to 1 (red);
 * pale when it is for the inside of a box. Returns color.
 */
const char *dot_color(double score, bool inside, char color[DOT_COLOR_SIZE]);

/* Adds text with backslash and quote escaped, and newlines as left-justified line breaks. */
void dot_escape(const char *text, struct text *escaped);

/*
 * Writes "TEXT", whose escapes stand. pprof does not escape everything that
 * comes from a profile. With `exact` nor do we; else a quote or backslash that
 * would end the string early is escaped, so that a profile cannot add
 * attributes (a link, say) to what is drawn, and so is what an image cannot
 * hold: controls and broken UTF-8.
 */
void dot_quote(const char *text, bool exact, FILE *out);

/* Adds the name of a node as its box has it: short, over several lines, with a last line break. */
void dot_label(const struct view *view, const struct node *node, struct text *label);

#endif
