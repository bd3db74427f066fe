/* SPDX-License-Identifier: MIT */
/*
 * Stacks that a reader must see all of before it can add the first sample to
 * the profile: numbers of frames, in whatever order the reader pushes them. A
 * zeroed struct is empty.
 */
#ifndef FORMAT_STACK_LIST_H
#define FORMAT_STACK_LIST_H

#include <stddef.h>
#include <stdint.h>

struct stack_list {
	uint32_t *frames; /* of all stacks, one behind the other */
	size_t frame_count, frame_capacity;
	size_t *starts; /* of stack i: [starts[i], ends[i]) */
	size_t *ends;
	size_t count, start_capacity, end_capacity;
	size_t open; /* where the stack begins that is being pushed */
};

void stack_list_clear(struct stack_list *list);

/* Adds a frame to the stack being built. */
void stack_list_push(struct stack_list *list, uint32_t frame);

/* Ends the stack being built: it is now the last of the list. */
void stack_list_end(struct stack_list *list);

/* Forgets the stack being built. */
void stack_list_drop(struct stack_list *list);

/* The frames of a stack; valid until the next push. */
uint32_t *stack_list_get(const struct stack_list *list, size_t number, size_t *count);

/* Removes the second frame of a stack if it is `frame`. */
void stack_list_remove_second(struct stack_list *list, size_t number, uint32_t frame);

#endif
