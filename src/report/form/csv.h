/* SPDX-License-Identifier: MIT */
/*
 * Fields of CSV (RFC 4180, but lines end in LF): quoted where needed. Control
 * characters become visible escapes, so a row is always one line.
 */
#ifndef REPORT_FORM_CSV_H
#define REPORT_FORM_CSV_H

#include <stdint.h>
#include <stdio.h>

/* end: ',' or, behind the last field, '\n'. */
void csv_text(const char *text, char end, FILE *out);
void csv_integer(int64_t number, char end, FILE *out);

#endif
