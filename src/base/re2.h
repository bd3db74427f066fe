/* SPDX-License-Identifier: MIT */
/*
 * RE2's regular expressions for PCRE2: reads an expression as RE2 (and Go's
 * regexp package, whose documentation is the measure) does and writes one that
 * means the same to PCRE2. Only what both read alike is written: classes are
 * ranges, ^ and $ are \A and \z, every other sign is escaped.
 */
#ifndef BASE_RE2_H
#define BASE_RE2_H

#include <stdbool.h>

#include "base/error.h"
#include "base/text.h"

/* More parentheses in one another than these are refused, as RE2 does. */
#define RE2_NESTING 1000

/*
 * Adds the translation to `out`; ignore_case is (?i) in front, which PCRE2 is
 * told by an option. False if RE2 refuses the expression: *problem
 * says in RE2's words why, *at is the byte where.
 */
bool re2_translate(const char *expression, bool ignore_case, struct text *out, const char **problem,
		   size_t *at);

#endif
