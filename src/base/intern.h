/* SPDX-License-Identifier: MIT */
/*
 * Numbers keys of a fixed size in order of first use: 0, 1, 2, ... The keys are
 * stored contiguously in `keys`. They are compared as bytes, so structs used as
 * keys must not have undefined padding.
 */
#ifndef BASE_INTERN_H
#define BASE_INTERN_H

#include <stddef.h>
#include <stdint.h>

#include "base/slots.h"

#define INTERN_NONE UINT32_MAX

struct intern {
	char *keys;
	size_t key_size;
	size_t count, capacity;
	struct slots slots;
};

void intern_init(struct intern *intern, size_t key_size);
void intern_clear(struct intern *intern);

/* Returns the number of the key; a new key is added and gets the old count. */
uint32_t intern_add(struct intern *intern, const void *key);

/* Returns the number of the key, or INTERN_NONE. */
uint32_t intern_find(const struct intern *intern, const void *key);

/* Returns a key by its number; valid until the next intern_add. */
static inline const void *intern_key(const struct intern *intern, uint32_t number)
{
	return intern->keys + (size_t)number * intern->key_size;
}

#endif
