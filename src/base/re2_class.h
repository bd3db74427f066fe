/* SPDX-License-Identifier: MIT */
/*
 * Characters and classes of characters of RE2's expressions (re2.h): [...],
 * \d, \pN, \p{Greek} and escapes such as \x{10FFFF}.
 */
#ifndef BASE_RE2_CLASS_H
#define BASE_RE2_CLASS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

/* The first byte that is no UTF-8, or NULL. */
const char *re2_broken_text(const char *text);

/* Takes one character from a text that has no broken bytes. */
uint32_t re2_take_rune(const char **at);

/* Writes a character so that PCRE2 takes it for itself. */
void re2_add_literal(struct text *out, uint32_t rune);

/* Takes an escape that stands for one character; else false, with `at` and *problem. */
bool re2_escape(const char **at, uint32_t *rune, const char **problem);

/* True at \d, \D, \s, \S, \w, \W, \p and \P. */
bool re2_starts_class(const char *at);

/*
 * Takes "[...]" or an escape for which re2_starts_class holds and writes it
 * for PCRE2. fold: case does not matter. Else false, with `at` and *problem.
 */
bool re2_class(const char **at, bool fold, struct text *out, const char **problem);

#endif
