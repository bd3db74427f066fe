/* SPDX-License-Identifier: MIT */
/*
 * Patterns that may be text off a screen: "main.(*T).m" is no regular
 * expression, and "Keep[...]" is one that means something else.
 */
#ifndef VIEW_TYPED_PATTERN_H
#define VIEW_TYPED_PATTERN_H

#include "base/text.h"
#include "profile/profile.h"

/*
 * The pattern that finds what was typed. It is `expression` itself unless that
 * is no regular expression, or matches none of the names that filters look at,
 * while its text stands in one of them: then `quoted`, which holds it escaped.
 */
const char *typed_pattern(const struct profile *profile, const char *expression, bool ignore_case,
			  struct text *quoted);

#endif
