/* SPDX-License-Identifier: MIT */
/*
 * Characters and character classes of RE2's expressions (re2.h): [...], \d,
 * \pN, \p{Greek} and escapes such as \x{10FFFF}.
 */
#ifndef BASE_RE2_CLASS_H
#define BASE_RE2_CLASS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

/* Returns the first byte that is not valid UTF-8, or NULL. */
const char *re2_broken_text(const char *text);

/* Reads one character of valid UTF-8. */
uint32_t re2_take_rune(const char **at);

/* Writes a character that PCRE2 matches literally. */
void re2_add_literal(struct text *out, uint32_t rune);

/* Reads an escape for one character; otherwise false, with `at` and *problem. */
bool re2_escape(const char **at, uint32_t *rune, const char **problem);

/* True at \d, \D, \s, \S, \w, \W, \p and \P. */
bool re2_starts_class(const char *at);

/*
 * Reads "[...]" or an escape for which re2_starts_class is true and writes it
 * for PCRE2. fold: ignore case. Otherwise false, with `at` and *problem.
 */
bool re2_class(const char **at, bool fold, struct text *out, const char **problem);

#endif
