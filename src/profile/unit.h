/* SPDX-License-Identifier: MIT */
/*
 * Formats values with units by the rules of pprof's internal/measurement: bytes
 * in powers of 1024, times up to hours, GCU; anything else keeps its unit.
 * Functions that return text write it to the caller's buffer.
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
 * Converts a value from one unit to another; "auto" and "minimum" choose the
 * largest unit that leaves at least 1. *unit receives the unit of the result, ""
 * if it is not worth showing; it points into a table or is `to`.
 */
double unit_scale(int64_t value, const char *from, const char *to, const char **unit);

/* "1.05s", "62.50MB", "17"; 0 has no unit. Returns label. */
const char *unit_label(int64_t value, const char *from, const char *to,
		       char label[UNIT_LABEL_SIZE]);

/* |value / total| in six columns: "  100%", "26.89%", " 0.89%". Returns text. */
const char *unit_percentage(int64_t value, int64_t total, char text[PERCENTAGE_SIZE]);

/* Like unit_percentage, in seven columns with a minus for negative values: "-26.89%". */
const char *unit_signed_percentage(int64_t value, int64_t total, char text[PERCENTAGE_SIZE]);

/* Formats nanoseconds since 1970 as local time, "2026-11-23 13:15:53 UTC"; false if out of range. */
bool unit_time(int64_t nanos, char text[UNIT_TIME_SIZE]);

/* Truncates a double as Go does on amd64: out of range gives INT64_MIN. */
int64_t unit_truncate(double value);

/* True if values in `from` can be shown in `to`; "minimum" and "auto" are for all of them. */
bool unit_fits(const char *from, const char *to);

/*
 * Returns the unit after `unit` in which a total of `from` is at least 1:
 * "minimum", "auto", then those of the family of `from`, smallest first, then
 * from the start. NULL if `from` belongs to no family.
 */
const char *unit_next(const char *unit, const char *from, int64_t total);

/* True if both units belong to the same family (bytes, time, GCU) or are equal. */
bool unit_compatible(const char *a, const char *b);

#endif
