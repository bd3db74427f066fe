/* SPDX-License-Identifier: MIT */
#include "base/slots.h"

#include <stdlib.h>

#include "base/alloc.h"

#define FIRST_COUNT 64

void slots_reserve(struct slots *slots, size_t used)
{
	struct slots old = *slots;

	if (used * 2 < old.count)
		return;
	slots->count = old.count ? old.count * 2 : FIRST_COUNT;
	slots->items = alloc_zero(slots->count, sizeof(*slots->items));
	for (size_t i = 0; i < old.count; i++) {
		size_t at = slots_first(slots, old.items[i].hash);

		if (!old.items[i].number)
			continue;
		while (slots->items[at].number)
			at = slots_next(slots, at);
		slots->items[at] = old.items[i];
	}
	free(old.items);
}

void slots_clear(struct slots *slots)
{
	free(slots->items);
	*slots = (struct slots){0};
}
