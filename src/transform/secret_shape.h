/* SPDX-License-Identifier: MIT */
/* Secrets that are known by their own looks, whatever stands before them. */
#ifndef TRANSFORM_SECRET_SHAPE_H
#define TRANSFORM_SECRET_SHAPE_H

#include "transform/secret_text.h"

/*
 * The end of a token that starts at `at`, where a word does: by its prefix and
 * length (AKIA..., ghp_..., xoxb-..., eyJ...), or long and random. *from: what
 * is secret of it. 0: there is none.
 */
size_t secret_shape_end(const struct secret_text *text, size_t at, size_t *from);

/*
 * Would a person take the word there for a value rather than for a name?
 * SEKRIT and 4f1a9c2e, not TokenBucket, func1 or [go.shape.string_0].
 */
bool secret_looks_like_value(const struct secret_text *text, size_t at);

#endif
