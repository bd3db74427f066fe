/* SPDX-License-Identifier: MIT */
/* The tables of the explorer as sections of the manual page, in mdoc. */
#ifndef UI_APP_MANUAL_H
#define UI_APP_MANUAL_H

#include <stdio.h>

/* Keys, words of the prompt, settings. */
void manual_write(FILE *out);

#endif
