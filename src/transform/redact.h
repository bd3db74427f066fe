/* SPDX-License-Identifier: MIT */
/*
 * Takes secrets out of a profile before it is handed over: every string
 * (names, files, labels, comments, build ids) goes through the rules of the
 * user, then what is a secret by its name or its shape is taken out
 * (secret.h), and the value of a label like "password" is replaced whole.
 * Numbers and shape stay; equal strings stay equal, different ones different.
 *
 *     main.login(token=4f1a)  ->      main.login(token=[REDACTED]
 *     /srv/secrets/db/a.go    ->      /srv/secrets/[MASK]/a.go
 *
 * The new profile holds none of the strings that were replaced.
 */
#ifndef TRANSFORM_REDACT_H
#define TRANSFORM_REDACT_H

#include "base/error.h"
#include "base/text.h"
#include "profile/profile.h"

struct redact_rules;

/*
 * The rules of `text`: lines "REGEX => REPLACEMENT" in
 * which $1 and ${1} stand for groups; empty lines and lines that start with #
 * say nothing. text may be NULL; NULL with an error that names the line.
 */
struct redact_rules *redact_rules_new(const char *text, struct error *error);
void redact_rules_free(struct redact_rules *rules);

/*
 * Adds the string to `out` as the rules leave it; true if it was changed. A
 * string on which a rule gives up is replaced whole.
 */
bool redact_string(const struct redact_rules *rules, const char *string, size_t length,
		   struct text *out);

/* The string as the rules (NULL: none) leave it; to be freed. */
char *redact_copy(const struct redact_rules *rules, const char *string);

/*
 * A new profile. list, if not NULL, gets a line "OLD => NEW" for each string
 * that was replaced, in order of first use. NULL with an error if the profile cannot be numbered.
 */
struct profile *redact_profile(const struct profile *profile, const struct redact_rules *rules,
			       struct text *list, struct error *error);

#endif
