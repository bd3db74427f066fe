/* SPDX-License-Identifier: MIT */
#include "format/java/jvm_collection.h"

#include <stdlib.h>
#include <string.h>

#define NUMBER_LIMIT 40

void jvm_collection_types(struct stack_writer *writer)
{
	for (int i = 0; i < JVM_GC_COLUMN_COUNT; i++)
		stack_writer_type(writer, jvm_gc_columns[i].type, jvm_gc_columns[i].unit);
	builder_profile(writer->builder)->default_type =
		builder_text(writer->builder, jvm_gc_columns[JVM_GC_PAUSE].type);
}

bool jvm_collection_number(struct span text, double scale, int64_t *value)
{
	char copy[NUMBER_LIMIT + 1] = {0};
	char *end;
	double number;

	if (span_is_empty(text) || span_length(text) > NUMBER_LIMIT || !char_is_digit(*text.at))
		return false;
	memcpy(copy, text.at, span_length(text));
	number = strtod(copy, &end) * scale;
	if (*end || !(number < 0x1p62))
		return false;
	*value = (int64_t)(number + 0.5);
	return true;
}
