/* SPDX-License-Identifier: MIT */
/*
 * Patterns that may have been copied from a screen: "main.(*T).m" is not a
 * regular expression, and "Keep[...]" is one that means something else.
 */
#ifndef VIEW_TYPED_PATTERN_H
#define VIEW_TYPED_PATTERN_H

#include "base/text.h"
#include "profile/profile.h"

/*
 * Returns the pattern that finds what was typed: `expression` itself, unless that
 * is not a regular expression or matches none of the names that filters look at
 * while its text occurs in one of them; then `quoted`, which holds it escaped.
 */
const char *typed_pattern(const struct profile *profile, const char *expression, bool ignore_case,
			  struct text *quoted);

#endif
