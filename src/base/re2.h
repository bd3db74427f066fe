/* SPDX-License-Identifier: MIT */
/*
 * Translates RE2's regular expressions for PCRE2: parses an expression like RE2
 * (and Go's regexp package, whose documentation is the reference) and writes one
 * that means the same to PCRE2. The output uses only what both interpret alike:
 * classes are ranges, ^ and $ are \A and \z, other punctuation is escaped.
 */
#ifndef BASE_RE2_H
#define BASE_RE2_H

#include <stdbool.h>

#include "base/error.h"
#include "base/text.h"

/* Deeper nesting of parentheses is rejected, as in RE2. */
#define RE2_NESTING 1000

/*
 * Adds the translation to `out`. ignore_case is like a leading (?i), which PCRE2
 * gets as an option. Returns false if RE2 rejects the expression: *problem says
 * why in RE2's words, *at is the byte offset.
 */
bool re2_translate(const char *expression, bool ignore_case, struct text *out, const char **problem,
		   size_t *at);

#endif
