/* SPDX-License-Identifier: MIT */
#include "format/trace/places.h"

#include <stdlib.h>

#include "base/array.h"

void places_init(struct places *places, struct builder *builder, const struct strings *strings,
		 const struct call_stacks *stacks)
{
	*places = (struct places){.builder = builder, .strings = strings, .stacks = stacks};
	places->locations = alloc_zero(stacks->place_count + 1, sizeof(*places->locations));
	for (size_t i = 0; i < stacks->place_count; i++)
		places->locations[i] = NONE;
}

void places_clear(struct places *places)
{
	free(places->locations);
	free(places->path);
	pair_map_clear(&places->functions);
}

string_id places_text(struct places *places, string_id text)
{
	return builder_string(places->builder, strings_text(places->strings, text),
			      strings_length(places->strings, text));
}

static function_id function_of(struct places *places, const struct trace_place *place)
{
	uint32_t number = pair_map_add(&places->functions, place->function, place->file);

	if (number == builder_profile(places->builder)->function_count) {
		string_id name = places_text(places, place->function);

		builder_function(places->builder,
				 &(struct function){.id = number + 1,
						    .name = name,
						    .system_name = name,
						    .file = places_text(places, place->file)});
	}
	return number;
}

static location_id location_of(struct places *places, uint32_t number)
{
	const struct trace_place *place = &places->stacks->places[number];
	struct line line;

	if (places->locations[number] != NONE)
		return places->locations[number];
	line = (struct line){function_of(places, place), place->line, 0};
	places->locations[number] = builder_location(
		places->builder,
		&(struct location){.id = number + 1, .address = place->pc, .mapping = NONE}, &line,
		1);
	return places->locations[number];
}

size_t places_path(struct places *places, uint32_t stack, const location_id **path)
{
	uint32_t length = call_stacks_length(places->stacks, stack);
	const uint32_t *numbers = places->stacks->path + places->stacks->start[stack];

	array_reserve(places->path, places->path_capacity, length + 1);
	for (uint32_t i = 0; i < length; i++)
		places->path[i] = location_of(places, numbers[i]);
	*path = places->path;
	return length;
}
