/* SPDX-License-Identifier: MIT */
/*
 * The frames of perf script on their way into a profile: inlined frames, each
 * on a line of its own, join the location of the function they are in, and a
 * line of source belongs to the frame above it.
 */
#ifndef FORMAT_STACKS_PERF_STACK_H
#define FORMAT_STACKS_PERF_STACK_H

#include "format/stack_list.h"
#include "format/stacks/perf_line.h"
#include "format/symbols.h"
#include "profile/strings.h"

struct perf_known; /* a line of a frame that was seen before */

struct perf_stack {
	struct builder *builder;
	struct stack_list stacks;
	struct intern locations; /* the number is that of the location */
	struct intern objects;   /* the number is that of the mapping */
	struct intern chains;    /* of lines of one location */
	struct symbols symbols;
	struct strings lines; /* of frames, as they stand in the file; bounded */
	struct perf_known *known;
	size_t known_count, known_capacity;
	struct perf_known *open;  /* the frame that a line of source may follow */
	struct perf_known *spare; /* holds a frame that is not kept */
	string_id file;           /* of the open frame; 0: none */
	int64_t line;
	struct symbol_line *built; /* of the location being built, innermost first */
	size_t built_count, built_capacity;
};

void perf_stack_init(struct perf_stack *stack, struct builder *builder);
void perf_stack_clear(struct perf_stack *stack);

/* Adds a frame, leaf first; false if the line is none. */
bool perf_stack_add_line(struct perf_stack *stack, struct span line);
void perf_stack_add(struct perf_stack *stack, const struct perf_frame *frame);

/* Where the frame added last stands in the source. */
void perf_stack_place(struct perf_stack *stack, struct span file, int64_t line);

/* The location of a command: nothing but a name. */
uint32_t perf_stack_command(struct perf_stack *stack, struct span command);

/* Ends the stack with its root. */
void perf_stack_end(struct perf_stack *stack, uint32_t root);

#endif
