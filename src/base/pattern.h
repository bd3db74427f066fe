/* SPDX-License-Identifier: MIT */
/*
 * Regular expressions as RE2 has them (re2.h), matched by PCRE2: UTF-8 with
 * broken bytes allowed, unanchored, case-sensitive. Where backtracking would
 * take too long, a pattern is matched without.
 */
#ifndef BASE_PATTERN_H
#define BASE_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct pattern;

/*
 * NULL with an error that says what is wrong at which byte and how the text
 * itself is written. Free with pattern_free.
 */
struct pattern *pattern_new(const char *expression, bool ignore_case, struct error *error);

/* The same of an expression that may use all of PCRE2, such as (?<!look-behind). */
struct pattern *pattern_new_perl(const char *expression, struct error *error);

void pattern_free(struct pattern *pattern);

/* True if the pattern occurs in the text. */
bool pattern_matches(const struct pattern *pattern, const char *text, size_t length);

/* The first occurrence at or after byte `from`: its start and end. */
bool pattern_find(const struct pattern *pattern, const char *text, size_t length, size_t from,
		  size_t *start, size_t *end);

/*
 * Adds the text with every occurrence replaced; $1, ${1} and ${name} in the
 * replacement stand for groups, $$ for a dollar. False, and nothing added, when
 * a bound was hit or the replacement is broken.
 */
struct text;
bool pattern_replace(const struct pattern *pattern, const char *text, size_t length,
		     const char *replacement, struct text *out);

/* False with an error if a replacement is broken. */
bool pattern_check_replacement(const char *replacement, struct error *error);

/* The pattern as it was given. */
const char *pattern_expression(const struct pattern *pattern);

/* Adds text with every special character escaped, so that it matches itself. */
void pattern_quote(struct text *quoted, const char *text);

#endif
