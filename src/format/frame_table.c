/* SPDX-License-Identifier: MIT */
#include "format/frame_table.h"

#include <string.h>

struct function_key {
	string_id name, file;
	int64_t start_line;
};

struct location_key {
	int64_t function, line, column;
};

void frame_table_init(struct frame_table *table, struct builder *builder)
{
	*table = (struct frame_table){.builder = builder};
	intern_init(&table->functions, sizeof(struct function_key));
	intern_init(&table->locations, sizeof(struct location_key));
}

void frame_table_clear(struct frame_table *table)
{
	intern_clear(&table->functions);
	intern_clear(&table->locations);
}

/* Signs of C++ and Rust: "std::sort<int*>", "f(int)", "_ZN3foo3barEv". */
static bool looks_mangled(const char *name)
{
	return strstr(name, "::") || strchr(name, '(') || strncmp(name, "_Z", 2) == 0 ||
	       strncmp(name, "_R", 2) == 0;
}

static function_id function_of(struct frame_table *table, string_id name, string_id file,
			       int64_t start_line)
{
	struct function_key key = {name, file, start_line};
	size_t known = table->functions.count;
	uint32_t number = intern_add(&table->functions, &key);
	struct function function = {
		.id = (uint64_t)number + 1,
		.name = name,
		.file = file,
		.start_line = start_line,
	};

	if (number != known)
		return number;
	if (table->mangled && looks_mangled(profile_text(builder_profile(table->builder), name)))
		function.system_name = name;
	return builder_function(table->builder, &function);
}

location_id frame_table_add_at(struct frame_table *table, string_id name, string_id file,
			       int64_t start_line, int64_t line, int64_t column)
{
	function_id function = function_of(table, name, file, start_line);
	struct location_key key = {function, line, column};
	size_t known = table->locations.count;
	uint32_t number = intern_add(&table->locations, &key);
	struct location location = {.id = (uint64_t)number + 1, .mapping = NONE};
	struct line builder_line = {function, line, column};

	return number == known ? builder_location(table->builder, &location, &builder_line, 1)
			       : number;
}

location_id frame_table_add(struct frame_table *table, struct span name, struct span file,
			    int64_t line)
{
	return frame_table_add_at(table, builder_string(table->builder, name.at, span_length(name)),
				  builder_string(table->builder, file.at, span_length(file)), 0,
				  line, 0);
}
