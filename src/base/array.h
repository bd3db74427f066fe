/* SPDX-License-Identifier: MIT */
/*
 * Growing arrays. An array is three fields of its owner: a typed pointer, a
 * count and a capacity; all zero is an empty array. Free the pointer with
 * free() or hand it to an arena with arena_adopt().
 */
#ifndef BASE_ARRAY_H
#define BASE_ARRAY_H

#include <stddef.h>

#include "base/alloc.h"

/* The number of elements of an array whose size the compiler knows. */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Makes room for `wanted` items of `size` bytes; grows by half, so n pushes cost O(n). */
static inline void *array_grow(void *items, size_t *capacity, size_t wanted, size_t size)
{
	size_t bigger = *capacity + *capacity / 2 + 16, room = wanted > bigger ? wanted : bigger;

	/* Only then: without memory the program ends, and flushes what writes into this array. */
	items = alloc_resize(items, room, size);
	*capacity = room;
	return items;
}

/* array_reserve(a.items, a.capacity, n): afterwards items[n - 1] can be written. */
#define array_reserve(items, capacity, wanted)                                         \
	((size_t)(wanted) > (capacity)                                                 \
		 ? (void)((items) = array_grow((items), &(capacity), (size_t)(wanted), \
					       sizeof(*(items))))                      \
		 : (void)0)

/* array_push(a.items, a.count, a.capacity, item) */
#define array_push(items, count, capacity, item)                         \
	do {                                                             \
		array_reserve((items), (capacity), (size_t)(count) + 1); \
		(items)[(count)++] = (item);                             \
	} while (0)

/*
 * Binary search: the first `i` from `first` to before `end` for which the condition
 * is false, `end` if there is none. It must be true up to some place and false
 * from there on:
 *
 *     array_partition(0, count, i, lines[i].number < wanted)
 */
#define array_partition(first, end, i, condition)                            \
	({                                                                   \
		size_t array_low = (first), array_high = (end);              \
		while (array_low < array_high) {                             \
			size_t i = array_low + (array_high - array_low) / 2; \
			if (condition)                                       \
				array_low = i + 1;                           \
			else                                                 \
				array_high = i;                              \
		}                                                            \
		array_low;                                                   \
	})

#endif
