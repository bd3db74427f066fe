/* SPDX-License-Identifier: MIT */
/* --help in three forms, from the tables of reports, options and flags. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include <stdio.h>

/* For people. */
void help_write(FILE *out);

/* The formats of files that are read, one a line. */
void help_write_formats(FILE *out);

/* Sections of the manual page, in mdoc. */
void help_write_manual(FILE *out);

/* One word and, behind a tab, its meaning on each line: for shell completion. */
void help_write_words(FILE *out);

#endif
