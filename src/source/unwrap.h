/* SPDX-License-Identifier: MIT */
/* Bytes that a member of a JSON object holds in base64, taken out while the JSON comes. */
#ifndef SOURCE_UNWRAP_H
#define SOURCE_UNWRAP_H

#include <stdbool.h>
#include <stddef.h>

struct unwrap;

/* For the first member of this name, wherever it stands. */
struct unwrap *unwrap_new(const char *member);
void unwrap_free(struct unwrap *unwrap); /* NULL is allowed */

/* Takes a piece of the JSON in place: what is left in `bytes` is the length of what it holds. */
size_t unwrap_take(struct unwrap *unwrap, char *bytes, size_t length);

/* True if the member has come whole. */
bool unwrap_is_whole(const struct unwrap *unwrap);

#endif
