/* SPDX-License-Identifier: MIT */
#include "format/stack_list.h"

#include <stdlib.h>

#include "base/array.h"

void stack_list_clear(struct stack_list *list)
{
	free(list->frames);
	free(list->starts);
	free(list->ends);
	*list = (struct stack_list){0};
}

void stack_list_push(struct stack_list *list, uint32_t frame)
{
	array_push(list->frames, list->frame_count, list->frame_capacity, frame);
}

void stack_list_end(struct stack_list *list)
{
	array_reserve(list->starts, list->start_capacity, list->count + 1);
	array_reserve(list->ends, list->end_capacity, list->count + 1);
	list->starts[list->count] = list->open;
	list->ends[list->count++] = list->frame_count;
	list->open = list->frame_count;
}

void stack_list_drop(struct stack_list *list)
{
	list->frame_count = list->open;
}

uint32_t *stack_list_get(const struct stack_list *list, size_t number, size_t *count)
{
	*count = list->ends[number] - list->starts[number];
	return list->frames + list->starts[number];
}

/* The leaf moves up: stacks need not stand back to back. */
void stack_list_remove_second(struct stack_list *list, size_t number, uint32_t frame)
{
	size_t start = list->starts[number];

	if (list->ends[number] - start < 2 || list->frames[start + 1] != frame)
		return;
	list->frames[start + 1] = list->frames[start];
	list->starts[number]++;
}
