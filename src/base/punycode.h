/* SPDX-License-Identifier: MIT */
/* Punycode (RFC 3492, section 6) as used in Rust symbols: with "_" for the last "-". */
#ifndef BASE_PUNYCODE_H
#define BASE_PUNYCODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/* Adds the characters as UTF-8. False if it is not punycode or exceeds PUNYCODE_LONGEST. */
#define PUNYCODE_LONGEST 4096
bool punycode_decode(const char *bytes, size_t length, struct text *text);

#endif
