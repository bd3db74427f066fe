/* SPDX-License-Identifier: MIT */
/*
 * Stacks of named frames on their way into a profile, one at a time: push its
 * frames and labels, leaf first, and end it.
 */
#ifndef FORMAT_STACK_WRITER_H
#define FORMAT_STACK_WRITER_H

#include "format/frame_table.h"

struct stack_writer {
	struct builder *builder;
	struct frame_table frames;
	location_id *stack; /* leaf first */
	size_t depth, stack_capacity;
	struct label *labels;
	size_t label_count, label_capacity;
};

void stack_writer_init(struct stack_writer *writer, struct builder *builder);
void stack_writer_clear(struct stack_writer *writer);

/* Adds a type of values. */
void stack_writer_type(struct stack_writer *writer, const char *type, const char *unit);

/* Adds the next frame, towards the root; file may be empty, line 0 is unknown. */
void stack_writer_push(struct stack_writer *writer, struct span name, struct span file,
		       int64_t line);

/* Adds a label to the stack; what is empty is none. */
void stack_writer_label(struct stack_writer *writer, const char *key, struct span text);

/* Ends the stack: it is a sample now, with one value for each type. */
void stack_writer_end(struct stack_writer *writer, const int64_t *values, uint32_t count);

/* Forgets the stack being pushed. */
void stack_writer_drop(struct stack_writer *writer);

#endif
