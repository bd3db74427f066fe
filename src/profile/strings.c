/* SPDX-License-Identifier: MIT */
#include "profile/strings.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/hash.h"

void strings_init(struct strings *strings, const struct strings *base)
{
	*strings = (struct strings){.base = base};
	if (base)
		strings->base_count = strings_count(base);
	else
		strings_add(strings, "", 0);
}

void strings_clear(struct strings *strings)
{
	free(strings->text);
	free(strings->length);
	slots_clear(&strings->slots);
	arena_clear(&strings->arena);
	*strings = (struct strings){0};
}

uint32_t strings_count(const struct strings *strings)
{
	return strings->base_count + (uint32_t)strings->count;
}

/* The slot of these bytes in this set alone, or the free one where they belong. */
static struct slot *find_slot(const struct strings *strings, const char *bytes, size_t length,
			      uint32_t hash)
{
	size_t at = slots_first(&strings->slots, hash);

	for (; strings->slots.items[at].number; at = slots_next(&strings->slots, at)) {
		uint32_t i = strings->slots.items[at].number - 1;

		if (strings->slots.items[at].hash == hash && strings->length[i] == length &&
		    memcmp(strings->text[i], bytes, length) == 0)
			break;
	}
	return &strings->slots.items[at];
}

string_id strings_find(const struct strings *strings, const char *bytes, size_t length)
{
	uint32_t hash = (uint32_t)hash_bytes(bytes, length);

	for (; strings; strings = strings->base) {
		uint32_t found;

		if (!strings->slots.count)
			continue;
		found = find_slot(strings, bytes, length, hash)->number;
		if (found)
			return strings->base_count + found - 1;
	}
	return NONE;
}

string_id strings_add(struct strings *strings, const char *bytes, size_t length)
{
	string_id known = strings->base ? strings_find(strings->base, bytes, length) : NONE;
	uint32_t hash = (uint32_t)hash_bytes(bytes, length);
	struct slot *slot;

	if (known != NONE)
		return known;
	slots_reserve(&strings->slots, strings->count);
	slot = find_slot(strings, bytes, length, hash);
	if (slot->number)
		return strings->base_count + slot->number - 1;
	array_reserve(strings->text, strings->text_capacity, strings->count + 1);
	array_reserve(strings->length, strings->length_capacity, strings->count + 1);
	strings->text[strings->count] = arena_text(&strings->arena, bytes, length);
	strings->length[strings->count] = (uint32_t)length;
	*slot = (struct slot){(uint32_t)++strings->count, hash};
	return strings->base_count + (uint32_t)strings->count - 1;
}

string_id strings_add_text(struct strings *strings, const char *text)
{
	return strings_add(strings, text, strlen(text));
}
