/* SPDX-License-Identifier: MIT */
#include "report/label_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

static int compare_pieces(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void label_text_set(struct label_text *labels, uint32_t sample)
{
	label_groups_set(&labels->groups, labels->view, sample);
}

size_t label_text_pieces(struct label_text *labels, bool numbers, label_print *print)
{
	size_t count = 0;

	text_reset(&labels->bytes);
	for (uint32_t i = 0; i < labels->groups.count; i++) {
		const struct label_group *group = &labels->groups.groups[i];

		if (group->number != numbers)
			continue;
		array_reserve(labels->starts, labels->start_capacity, count + 1);
		labels->starts[count++] = labels->bytes.length;
		print(labels->view, group, labels->units, &labels->bytes);
		text_add_char(&labels->bytes, '\0');
	}
	array_reserve(labels->pieces, labels->piece_capacity, count);
	for (size_t i = 0; i < count; i++)
		labels->pieces[i] = labels->bytes.bytes + labels->starts[i];
	if (count > 1)
		qsort(labels->pieces, count, sizeof(*labels->pieces), compare_pieces);
	return count;
}

void label_text_clear(struct label_text *labels)
{
	label_groups_clear(&labels->groups);
	text_clear(&labels->bytes);
	free(labels->pieces);
	free(labels->starts);
}
