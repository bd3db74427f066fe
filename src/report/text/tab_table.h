/* SPDX-License-Identifier: MIT */
/*
 * Text with tabs to right-aligned columns, by the rules of Go's text/tabwriter
 * with padding 1: a tab ends a cell; a column is as wide as the widest of its
 * cells in consecutive lines; what follows the last tab of a line belongs to
 * no column.
 *
 *     key:\t Total 3        key: Total 3
 *      \t1:\t a         ->        1: a
 *      \t12:\t b                 12: b
 */
#ifndef REPORT_TEXT_TAB_TABLE_H
#define REPORT_TEXT_TAB_TABLE_H

#include <stddef.h>
#include <stdio.h>

/* The text should end with a newline. */
void tab_table_write(const char *text, size_t length, FILE *out);

#endif
