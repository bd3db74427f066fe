/* SPDX-License-Identifier: MIT */
#include "format/symbols.h"

#include <stdlib.h>

#include "base/array.h"

struct function_key {
	string_id name, file;
};

void symbols_init(struct symbols *symbols)
{
	*symbols = (struct symbols){0};
	intern_init(&symbols->functions, sizeof(struct function_key));
}

void symbols_clear(struct symbols *symbols)
{
	intern_clear(&symbols->functions);
	free(symbols->files);
	free(symbols->defined);
	free(symbols->lines);
	free(symbols->ranges);
	free(symbols->built);
}

uint32_t symbols_function(struct symbols *symbols, string_id name, string_id file, bool one_file)
{
	struct function_key key = {name, one_file ? 0 : file};
	uint32_t known = (uint32_t)symbols->functions.count;
	uint32_t number = intern_add(&symbols->functions, &key);

	if (number == known) {
		array_reserve(symbols->files, symbols->files_capacity, (size_t)number + 1);
		array_reserve(symbols->defined, symbols->defined_capacity, (size_t)number + 1);
		symbols->files[number] = file;
		symbols->defined[number] = NONE;
	}
	return number;
}

static struct symbol_range *range_of(struct symbols *symbols, uint32_t location)
{
	array_reserve(symbols->ranges, symbols->range_capacity, (size_t)location + 1);
	while (symbols->range_count <= location)
		symbols->ranges[symbols->range_count++] = (struct symbol_range){0};
	return &symbols->ranges[location];
}

void symbols_set(struct symbols *symbols, uint32_t location, const struct symbol_line *lines,
		 uint32_t count)
{
	*range_of(symbols, location) = (struct symbol_range){symbols->line_count, count, false};
	for (uint32_t i = 0; i < count; i++)
		array_push(symbols->lines, symbols->line_count, symbols->line_capacity, lines[i]);
}

void symbols_hide(struct symbols *symbols, uint32_t location)
{
	range_of(symbols, location)->hidden = true;
}

uint32_t symbols_count(const struct symbols *symbols, uint32_t location)
{
	return location < symbols->range_count ? symbols->ranges[location].count : 0;
}

static function_id define(struct symbols *symbols, struct builder *builder, uint32_t number)
{
	const struct function_key *key = intern_key(&symbols->functions, number);
	struct function function = {
		.id = (uint64_t)builder_profile(builder)->function_count + 1,
		.name = key->name,
		.system_name = key->name,
		.file = symbols->files[number],
	};

	if (symbols->defined[number] == NONE)
		symbols->defined[number] = builder_function(builder, &function);
	return symbols->defined[number];
}

location_id symbols_add_location(struct symbols *symbols, struct builder *builder, uint32_t number,
				 const struct location *location)
{
	uint32_t count = symbols_count(symbols, number);

	if (!count && number < symbols->range_count && symbols->ranges[number].hidden) {
		string_id name = builder_text(builder, "runtime.[hidden]");
		struct symbol_line line = {symbols_function(symbols, name, 0, false), 0};

		symbols_set(symbols, number, &line, 1);
		count = 1;
	}
	array_reserve(symbols->built, symbols->built_capacity, count);
	for (uint32_t i = 0; i < count; i++) {
		struct symbol_line line = symbols->lines[symbols->ranges[number].first + i];

		symbols->built[i] =
			(struct line){define(symbols, builder, line.function), line.line, 0};
	}
	return builder_location(builder, location, symbols->built, count);
}
