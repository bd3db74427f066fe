/* SPDX-License-Identifier: MIT */
#include "format/stack_writer.h"

#include <stdlib.h>

#include "base/array.h"

void stack_writer_init(struct stack_writer *writer, struct builder *builder)
{
	*writer = (struct stack_writer){.builder = builder};
	frame_table_init(&writer->frames, builder);
}

void stack_writer_clear(struct stack_writer *writer)
{
	frame_table_clear(&writer->frames);
	free(writer->stack);
	free(writer->labels);
}

void stack_writer_type(struct stack_writer *writer, const char *type, const char *unit)
{
	builder_type(writer->builder, builder_text(writer->builder, type),
		     builder_text(writer->builder, unit));
}

void stack_writer_push(struct stack_writer *writer, struct span name, struct span file,
		       int64_t line)
{
	location_id location = frame_table_add(&writer->frames, name, file, line);

	array_push(writer->stack, writer->depth, writer->stack_capacity, location);
}

void stack_writer_label(struct stack_writer *writer, const char *key, struct span text)
{
	struct label label = {.key = builder_text(writer->builder, key)};

	if (span_is_empty(text))
		return;
	label.text = builder_string(writer->builder, text.at, span_length(text));
	array_push(writer->labels, writer->label_count, writer->label_capacity, label);
}

void stack_writer_end(struct stack_writer *writer, const int64_t *values, uint32_t count)
{
	builder_sample(writer->builder, writer->stack, writer->depth, values, count, writer->labels,
		       writer->label_count);
	stack_writer_drop(writer);
}

void stack_writer_drop(struct stack_writer *writer)
{
	writer->depth = 0;
	writer->label_count = 0;
}
