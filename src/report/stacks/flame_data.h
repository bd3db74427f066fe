/* SPDX-License-Identifier: MIT */
/*
 * All frames of a flame graph as compact text in its SVG, from which the
 * script draws what a zoom shows. Elements, with a line each:
 *
 *     names   the functions
 *     colors  of each function, or of each kind in a difference
 *     kinds   WIDTH and what a tooltip says, of all frames that are alike
 *     frames  DEPTH NAME KIND, the last two as line numbers from 0; depth first
 */
#ifndef REPORT_STACKS_FLAME_DATA_H
#define REPORT_STACKS_FLAME_DATA_H

#include "report/stacks/flame_walk.h"
#include "report/report.h"

/* Beyond this the narrowest frames are left out, which a comment tells: some megabytes. */
#define FLAME_MOST_FRAMES 200000

/* "name" of a frame; "all" for the root. */
const char *flame_name(const struct view *view, const struct call_tree *tree, uint32_t i);

/* "#rrggbb" of a frame. changes: the tree is a difference. */
const char *flame_frame_color(const struct view *view, const struct call_tree *tree, uint32_t i,
			      bool changes, char color[]);

/* "1.20s (12%), self 0.1s". */
void flame_values(const struct report_input *input, const struct value_format *format,
		  const struct call_tree *tree, uint32_t i, struct text *values);

void flame_data_write(const struct report_input *input, const struct value_format *format,
		      const struct call_tree *tree, bool changes, FILE *out);

#endif
