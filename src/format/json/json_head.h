/* SPDX-License-Identifier: MIT */
/* What the first bytes of a file say of the JSON that it may be; nothing is parsed. */
#ifndef FORMAT_JSON_JSON_HEAD_H
#define FORMAT_JSON_JSON_HEAD_H

#include <stdbool.h>

#include "base/span.h"

/* True if `word` is a key in the first bytes of what may be JSON. */
bool json_has_key(struct span head, const char *word);

/* True for text that begins like an object, or like an array. */
bool json_is_object(struct span head);
bool json_is_array(struct span head);

#endif
