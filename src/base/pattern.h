/* SPDX-License-Identifier: MIT */
/*
 * Regular expressions with RE2's syntax (re2.h), matched by PCRE2: UTF-8 with
 * invalid bytes allowed, unanchored, case-sensitive. If backtracking takes too
 * long, the pattern is matched without it.
 */
#ifndef BASE_PATTERN_H
#define BASE_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct pattern;

/*
 * Returns NULL with an error that says what is wrong at which byte, and how to
 * write the text literally. Free with pattern_free.
 */
struct pattern *pattern_new(const char *expression, bool ignore_case, struct error *error);

/* Like pattern_new, for an expression that may use all of PCRE2, such as (?<!look-behind). */
struct pattern *pattern_new_perl(const char *expression, struct error *error);

void pattern_free(struct pattern *pattern);

/* True if the pattern occurs in the text. */
bool pattern_matches(const struct pattern *pattern, const char *text, size_t length);

/* The first occurrence at or after byte `from`: its start and end. */
bool pattern_find(const struct pattern *pattern, const char *text, size_t length, size_t from,
		  size_t *start, size_t *end);

/*
 * Adds the text with every match replaced; $1, ${1} and ${name} in the
 * replacement stand for groups, $$ for a dollar sign. Returns false and adds
 * nothing if a limit was hit or the replacement is invalid.
 */
struct text;
bool pattern_replace(const struct pattern *pattern, const char *text, size_t length,
		     const char *replacement, struct text *out);

/* Returns false with an error if a replacement is invalid. */
bool pattern_check_replacement(const char *replacement, struct error *error);

/* The expression the pattern was made from. */
const char *pattern_expression(const struct pattern *pattern);

/* Adds the text with all special characters escaped, so that it matches itself. */
void pattern_quote(struct text *quoted, const char *text);

#endif
