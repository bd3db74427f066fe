/* SPDX-License-Identifier: MIT */
/*
 * Colours of flame graphs: one hue a package, the same in every picture, and
 * hues of their own for what a runtime does (its scheduler, its garbage
 * collector, system calls). In a difference: red for more, green for less.
 */
#ifndef REPORT_STACKS_FLAME_COLOR_H
#define REPORT_STACKS_FLAME_COLOR_H

#define FLAME_COLOR_SIZE 8

/* "#rrggbb" for a function. Returns color. */
const char *flame_color(const char *name, char color[FLAME_COLOR_SIZE]);

/* "#rrggbb" for a change from -1 (all of it went) over 0 to 1 (all of it is new). */
const char *flame_change_color(double change, char color[FLAME_COLOR_SIZE]);

#endif
