/* SPDX-License-Identifier: MIT */
#include "format/stacks/perf_stack.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "format/stacks/jit_name.h"

/* So many different lines are known by heart; beyond, each is read anew. */
#define KNOWN_LIMIT (1 << 18)

struct perf_known {
	uint64_t address;
	string_id symbol, object;
	uint32_t location; /* when alone in it, without a line of source; NONE: not needed so far */
	bool inlined;
};

/* What makes two frames one location. */
struct location_key {
	uint64_t address;
	uint32_t chain; /* of its lines */
	string_id object;
};

struct chain_key {
	int64_t line;
	uint32_t before, function;
};

void perf_stack_init(struct perf_stack *stack, struct builder *builder)
{
	*stack = (struct perf_stack){.builder = builder};
	intern_init(&stack->locations, sizeof(struct location_key));
	intern_init(&stack->objects, sizeof(string_id));
	intern_init(&stack->chains, sizeof(struct chain_key));
	symbols_init(&stack->symbols);
	strings_init(&stack->lines, NULL);
	stack->spare = alloc_zero(1, sizeof(*stack->spare));
}

void perf_stack_clear(struct perf_stack *stack)
{
	stack_list_clear(&stack->stacks);
	intern_clear(&stack->locations);
	intern_clear(&stack->objects);
	intern_clear(&stack->chains);
	symbols_clear(&stack->symbols);
	strings_clear(&stack->lines);
	free(stack->known);
	free(stack->spare);
	free(stack->built);
}

static string_id add_string(struct perf_stack *stack, struct span span)
{
	return builder_string(stack->builder, span.at, span_length(span));
}

static struct span text_of(const struct perf_stack *stack, string_id id)
{
	return span_of(profile_text(builder_profile(stack->builder), id));
}

/* The mapping of an object file; perf says where it is mapped to no one. */
static mapping_id mapping_of(struct perf_stack *stack, string_id object)
{
	size_t known = stack->objects.count;
	mapping_id number = intern_add(&stack->objects, &object);
	struct mapping mapping = {.id = (uint64_t)number + 1,
				  .file = object,
				  .has_functions = true,
				  .has_inline_frames = true};

	if (number == known)
		builder_mapping(stack->builder, &mapping);
	return number;
}

/* A symbol may be a chain of inlined functions, "outer->inner"; but not the one in "operator->". */
static const char *find_arrow(struct span chain)
{
	struct span rest = chain;
	const char *arrow;

	for (; (arrow = span_find(rest, "->")); rest.at = arrow + 2)
		if (arrow - chain.at < 8 || memcmp(arrow - 8, "operator", 8) != 0)
			return arrow;
	return NULL;
}

static void add_line(struct perf_stack *stack, struct span name, string_id file, int64_t line)
{
	uint32_t function = symbols_function(&stack->symbols, add_string(stack, name), file, false);

	array_push(stack->built, stack->built_count, stack->built_capacity,
		   ((struct symbol_line){function, line}));
}

/* Adds the lines of a symbol, innermost first; the place in the source is that of the innermost. */
static void add_symbol(struct perf_stack *stack, struct span symbol)
{
	size_t first = stack->built_count;
	const char *arrow;

	do {
		struct span name = symbol;

		arrow = find_arrow(symbol);
		if (arrow) {
			name.end = arrow;
			symbol.at = arrow + 2;
			add_line(stack, name, 0, 0);
		} else {
			add_line(stack, name, stack->file, stack->line);
		}
	} while (arrow);
	for (size_t i = first, k = stack->built_count - 1; i < k; i++, k--) {
		struct symbol_line line = stack->built[i];

		stack->built[i] = stack->built[k];
		stack->built[k] = line;
	}
}

/* What is not known by name is known by its object, like "[libc.so.6]". */
static void add_unknown(struct perf_stack *stack, struct span object)
{
	struct text name = {0};
	const char *base = object.end;

	while (base > object.at && base[-1] != '/')
		base--;
	text_add_char(&name, '[');
	text_add(&name, base, (size_t)(object.end - base));
	text_add_char(&name, ']');
	add_line(stack, (struct span){name.bytes, name.bytes + name.length}, stack->file,
		 stack->line);
	text_clear(&name);
}

static void add_compiled(struct perf_stack *stack, struct span symbol)
{
	struct jit_name name = jit_name_split(symbol);

	if (stack->file || span_is_empty(name.file))
		add_line(stack, name.name, stack->file, stack->line);
	else
		add_line(stack, name.name, add_string(stack, name.file), name.line);
}

static void add_lines(struct perf_stack *stack, string_id symbol, string_id object)
{
	struct span name = text_of(stack, symbol), file = text_of(stack, object);

	if (object && span_equals(name, "[unknown]"))
		add_unknown(stack, file);
	else if (object && jit_name_is_map(file))
		add_compiled(stack, name);
	else
		add_symbol(stack, name);
}

/* The location of the lines that were built; none are left. */
static uint32_t build_location(struct perf_stack *stack, uint64_t address, string_id object)
{
	struct location_key key = {address, NONE, object};
	struct location location = {.address = address, .mapping = NONE};
	size_t known;
	uint32_t number;

	for (size_t i = 0; i < stack->built_count; i++) {
		struct chain_key link = {stack->built[i].line, key.chain, stack->built[i].function};

		key.chain = intern_add(&stack->chains, &link);
	}
	known = stack->locations.count;
	number = intern_add(&stack->locations, &key);
	if (number == known) {
		location.id = (uint64_t)number + 1;
		if (object)
			location.mapping = mapping_of(stack, object);
		symbols_set(&stack->symbols, number, stack->built, (uint32_t)stack->built_count);
		symbols_add_location(&stack->symbols, stack->builder, number, &location);
	}
	stack->built_count = 0;
	return number;
}

/* The open frame is complete: no line of source follows. */
static void close_frame(struct perf_stack *stack)
{
	struct perf_known *frame = stack->open;
	bool alone = !stack->built_count && !stack->file;
	uint32_t location;

	stack->open = NULL;
	if (!frame)
		return;
	if (alone && !frame->inlined && frame->location != NONE) {
		stack_list_push(&stack->stacks, frame->location);
		return;
	}
	add_lines(stack, frame->symbol, frame->object);
	stack->file = 0;
	stack->line = 0;
	if (frame->inlined)
		return;
	location = build_location(stack, frame->address, frame->object);
	if (alone)
		frame->location = location;
	stack_list_push(&stack->stacks, location);
}

static void set_known(struct perf_stack *stack, const struct perf_frame *frame,
		      struct perf_known *known)
{
	*known = (struct perf_known){
		.address = frame->address,
		.symbol = add_string(stack, frame->symbol),
		.object = add_string(stack, frame->object),
		.location = NONE,
		.inlined = frame->inlined,
	};
}

void perf_stack_add(struct perf_stack *stack, const struct perf_frame *frame)
{
	close_frame(stack);
	set_known(stack, frame, stack->spare);
	stack->open = stack->spare;
}

/* Reads a line for the first time, and remembers it under `id` unless that is NONE. */
static bool read_line(struct perf_stack *stack, struct span line, string_id id)
{
	struct perf_known known = {.symbol = NONE}; /* no frame */
	struct perf_frame frame;
	bool good = perf_line_frame(line, &frame);
	ptrdiff_t open;

	if (good) {
		perf_stack_add(stack, &frame);
		known = *stack->spare;
	}
	if (id == NONE)
		return good;
	/* The array may move; an open frame that is one of it moves along. */
	open = stack->open && stack->open != stack->spare ? stack->open - stack->known : -1;
	array_push(stack->known, stack->known_count, stack->known_capacity, known);
	if (good)
		stack->open = &stack->known[stack->known_count - 1];
	else if (open >= 0)
		stack->open = &stack->known[open];
	return good;
}

bool perf_stack_add_line(struct perf_stack *stack, struct span line)
{
	string_id id = stack->known_count < KNOWN_LIMIT
			       ? strings_add(&stack->lines, line.at, span_length(line))
			       : strings_find(&stack->lines, line.at, span_length(line));

	if (!id)
		return false;
	if (id == NONE || id > stack->known_count)
		return read_line(stack, line, id);
	if (stack->known[id - 1].symbol == NONE)
		return false;
	close_frame(stack);
	stack->open = &stack->known[id - 1];
	return true;
}

void perf_stack_place(struct perf_stack *stack, struct span file, int64_t line)
{
	if (!stack->open)
		return;
	stack->file = add_string(stack, file);
	stack->line = line;
}

uint32_t perf_stack_command(struct perf_stack *stack, struct span command)
{
	add_line(stack, command, 0, 0);
	return build_location(stack, 0, 0);
}

void perf_stack_end(struct perf_stack *stack, uint32_t root)
{
	close_frame(stack);
	/* Inlined frames whose function is missing. */
	if (stack->built_count)
		stack_list_push(&stack->stacks, build_location(stack, 0, 0));
	stack_list_push(&stack->stacks, root);
	stack_list_end(&stack->stacks);
}
