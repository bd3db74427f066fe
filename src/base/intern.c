/* SPDX-License-Identifier: MIT */
#include "base/intern.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/hash.h"

void intern_init(struct intern *intern, size_t key_size)
{
	*intern = (struct intern){.key_size = key_size};
}

void intern_clear(struct intern *intern)
{
	free(intern->keys);
	slots_clear(&intern->slots);
	*intern = (struct intern){.key_size = intern->key_size};
}

/* The slot that holds the key or the free one where it belongs. */
static struct slot *find_slot(const struct intern *intern, const void *key, uint32_t hash)
{
	size_t at = slots_first(&intern->slots, hash);

	for (; intern->slots.items[at].number; at = slots_next(&intern->slots, at))
		if (intern->slots.items[at].hash == hash &&
		    memcmp(intern_key(intern, intern->slots.items[at].number - 1), key,
			   intern->key_size) == 0)
			break;
	return &intern->slots.items[at];
}

uint32_t intern_add(struct intern *intern, const void *key)
{
	uint32_t hash = (uint32_t)hash_bytes(key, intern->key_size);
	struct slot *slot;

	slots_reserve(&intern->slots, intern->count);
	slot = find_slot(intern, key, hash);
	if (slot->number)
		return slot->number - 1;
	if (intern->count == intern->capacity) {
		intern->capacity = intern->capacity ? intern->capacity * 2 : 64;
		intern->keys = alloc_resize(intern->keys, intern->capacity, intern->key_size);
	}
	memcpy(intern->keys + intern->count * intern->key_size, key, intern->key_size);
	*slot = (struct slot){(uint32_t)++intern->count, hash};
	return (uint32_t)intern->count - 1;
}

uint32_t intern_find(const struct intern *intern, const void *key)
{
	if (!intern->slots.count)
		return INTERN_NONE;
	return find_slot(intern, key, (uint32_t)hash_bytes(key, intern->key_size))->number - 1;
}
