/* SPDX-License-Identifier: MIT */
/*
 * The slots of a hash table for numbered items; what they are and when two are
 * equal is up to the owner. The hash is stored beside the number, so a lookup
 * rarely touches other items and growing touches none.
 *
 *     for (at = slots_first(&slots, hash); slots.items[at].number; at = slots_next(&slots, at))
 *             if (slots.items[at].hash == hash && it is number - 1)
 *                     return it;
 *     slots.items[at] = (struct slot){new number + 1, hash};
 */
#ifndef BASE_SLOTS_H
#define BASE_SLOTS_H

#include <stddef.h>
#include <stdint.h>

struct slot {
	uint32_t number; /* + 1; 0: free */
	uint32_t hash;
};

struct slots {
	struct slot *items;
	size_t count; /* a power of two; 0: empty */
};

/* Makes room for one more than `used`; half of the slots stay free to keep probes short. */
void slots_reserve(struct slots *slots, size_t used);
void slots_clear(struct slots *slots);

/* The first slot to look at for a hash, and the next one. Only after slots_reserve. */
static inline size_t slots_first(const struct slots *slots, uint32_t hash)
{
	return hash & (slots->count - 1);
}

static inline size_t slots_next(const struct slots *slots, size_t at)
{
	return (at + 1) & (slots->count - 1);
}

#endif
