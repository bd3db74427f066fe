/* SPDX-License-Identifier: MIT */
/*
 * Secrets in a string, and what is left when they are taken out. The value
 * goes, the name stays: what is called TokenBucket is still called so.
 *
 *     password=hunter2, user=x         password=[REDACTED], user=x
 *     {"token": "abc"}                 {"token": "[REDACTED]"}
 *     Authorization: Bearer abc        Authorization: [REDACTED]
 *     https://user:pw@host/x           https://[REDACTED]@host/x
 *     AKIA...  ghp_...  eyJ...  PEM    [TOKEN]: their shape tells by itself
 *     the name behind /home/           [USER]
 *     /srv/secrets/prod-db/conn.go     /srv/secrets/[MASK]/conn.go
 *
 * Spellings that look alike are alike (secret_text.h). The cost grows with the
 * length of the string, whatever is in it.
 */
#ifndef TRANSFORM_SECRET_H
#define TRANSFORM_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/* Longer strings are replaced whole, by [REDACTED]. */
#define SECRET_LONGEST ((size_t)4 << 20)

/* Adds the string without its secrets; true if it had any. */
bool secret_mask(const char *string, size_t length, struct text *out);

/* Is the value of a label of this name a secret: password, X-Api-Key? */
bool secret_names_value(const char *name, size_t length);

#endif
