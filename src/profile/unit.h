/* SPDX-License-Identifier: MIT */
/*
 * Values with units as text, by the rules of pprof's internal/measurement:
 * bytes in powers of 1024, times up to hours, GCU; everything else keeps its
 * unit. Functions that return text write into a caller's buffer.
 */
#ifndef PROFILE_UNIT_H
#define PROFILE_UNIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UNIT_LABEL_SIZE 512 /* holds any number with a unit; a longer unit is cut */
#define PERCENTAGE_SIZE 32
#define UNIT_TIME_SIZE 64

/*
 * Converts value from one unit to another; "auto" and "minimum" choose the
 * largest unit that leaves at least 1. *unit gets the name of the unit of the
 * result, "" if it is not worth showing; it points into a table or is `to`.
 */
double unit_scale(int64_t value, const char *from, const char *to, const char **unit);

/* "1.05s", "62.50MB", "17"; 0 has no unit. Returns label. */
const char *unit_label(int64_t value, const char *from, const char *to,
		       char label[UNIT_LABEL_SIZE]);

/* |value / total| in six columns: "  100%", "26.89%", " 0.89%". Returns text. */
const char *unit_percentage(int64_t value, int64_t total, char text[PERCENTAGE_SIZE]);

/* The same in seven columns, with a minus before the share of a negative value: "-26.89%". */
const char *unit_signed_percentage(int64_t value, int64_t total, char text[PERCENTAGE_SIZE]);

/* "2026-11-23 13:15:53 UTC" of nanoseconds since 1970, in local time; false if there is no such day. */
bool unit_time(int64_t nanos, char text[UNIT_TIME_SIZE]);

/* A double cut to an integer as Go does on amd64: out of range gives INT64_MIN. */
int64_t unit_truncate(double value);

/*
 * The unit after `unit` in which a total of `from` is at least 1: "minimum",
 * "auto", then those of the family of `from`, smallest first, and round again.
 * NULL: `from` has no family, so there is only one.
 */
const char *unit_next(const char *unit, const char *from, int64_t total);

/* True if both units belong to one family (bytes, time, GCU) or are equal. */
bool unit_compatible(const char *a, const char *b);

#endif
