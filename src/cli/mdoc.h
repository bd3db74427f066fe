/* SPDX-License-Identifier: MIT */
/* Text for the man page, which is written in mdoc. */
#ifndef CLI_MDOC_H
#define CLI_MDOC_H

#include <stdio.h>

/*
 * Writes text with what means something to mdoc escaped: a backslash, a dash,
 * and a dot or an apostrophe that begins a word, which would be a request or
 * punctuation.
 */
void mdoc_write(FILE *out, const char *text);

#endif
