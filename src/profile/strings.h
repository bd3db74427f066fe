/* SPDX-License-Identifier: MIT */
/*
 * A set of strings, numbered in order of first use; number 0 is always "". The
 * bytes are kept as they are, including NULs and invalid UTF-8: what goes to a
 * terminal is sanitized where it is drawn. A set may extend another one, whose
 * numbers it continues and which must outlive it unchanged.
 */
#ifndef PROFILE_STRINGS_H
#define PROFILE_STRINGS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slots.h"
#include "profile/ids.h"

struct strings {
	const struct strings *base;
	uint32_t base_count;
	const char **text; /* by id - base_count */
	uint32_t *length;
	size_t count, text_capacity, length_capacity;
	struct slots slots; /* of id - base_count */
	struct arena arena;
};

/* `base` may be NULL. */
void strings_init(struct strings *strings, const struct strings *base);
void strings_clear(struct strings *strings);

/* Returns the id of these bytes; new ones are copied. */
string_id strings_add(struct strings *strings, const char *bytes, size_t length);
string_id strings_add_text(struct strings *strings, const char *text);

/* Returns the id of these bytes, or NONE. */
string_id strings_find(const struct strings *strings, const char *bytes, size_t length);

/* All ids are below this. */
uint32_t strings_count(const struct strings *strings);

/* NUL-terminated; ids must be valid. */
static inline const char *strings_text(const struct strings *strings, string_id id)
{
	while (id < strings->base_count)
		strings = strings->base;
	return strings->text[id - strings->base_count];
}

static inline uint32_t strings_length(const struct strings *strings, string_id id)
{
	while (id < strings->base_count)
		strings = strings->base;
	return strings->length[id - strings->base_count];
}

#endif
