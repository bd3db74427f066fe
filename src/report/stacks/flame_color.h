/* SPDX-License-Identifier: MIT */
/*
 * Colours of flame graphs: one hue a package, the same in every picture, and
 * hues of their own for what a runtime does (its scheduler, its garbage
 * collector, system calls). In a difference: red for more, green for less.
 */
#ifndef REPORT_STACKS_FLAME_COLOR_H
#define REPORT_STACKS_FLAME_COLOR_H

#include <stddef.h>

#define FLAME_COLOR_SIZE 8

/* The package of a function, as a length from the start of its name; 0 if it has none. */
size_t flame_package(const char *name);

/* "#rrggbb" for a function. Returns color. */
const char *flame_color(const char *name, char color[FLAME_COLOR_SIZE]);

/* "#rrggbb" for a change from -1 (all of it went) over 0 to 1 (all of it is new). */
const char *flame_change_color(double change, char color[FLAME_COLOR_SIZE]);

#endif
