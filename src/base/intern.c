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
	free(intern->slots);
	*intern = (struct intern){.key_size = intern->key_size};
}

/* The slot that holds the key or the free one where it belongs. */
static size_t find_slot(const struct intern *intern, const void *key)
{
	size_t mask = intern->slot_count - 1;
	size_t slot = hash_bytes(key, intern->key_size) & mask;

	while (intern->slots[slot] &&
	       memcmp(intern_key(intern, intern->slots[slot] - 1), key, intern->key_size) != 0)
		slot = (slot + 1) & mask;
	return slot;
}

static void grow_slots(struct intern *intern)
{
	free(intern->slots);
	intern->slot_count = intern->slot_count ? intern->slot_count * 2 : 64;
	intern->slots = alloc_zero(intern->slot_count, sizeof(*intern->slots));
	for (uint32_t i = 0; i < intern->count; i++)
		intern->slots[find_slot(intern, intern_key(intern, i))] = i + 1;
}

uint32_t intern_add(struct intern *intern, const void *key)
{
	size_t slot;

	/* Keep at least half of the slots free: probes stay short. */
	if (intern->count * 2 >= intern->slot_count)
		grow_slots(intern);
	slot = find_slot(intern, key);
	if (intern->slots[slot])
		return intern->slots[slot] - 1;
	if (intern->count == intern->capacity) {
		intern->capacity = intern->capacity ? intern->capacity * 2 : 64;
		intern->keys = alloc_resize(intern->keys, intern->capacity, intern->key_size);
	}
	memcpy(intern->keys + intern->count * intern->key_size, key, intern->key_size);
	intern->slots[slot] = (uint32_t)++intern->count;
	return (uint32_t)intern->count - 1;
}

uint32_t intern_find(const struct intern *intern, const void *key)
{
	if (!intern->slot_count)
		return INTERN_NONE;
	return intern->slots[find_slot(intern, key)] - 1;
}
