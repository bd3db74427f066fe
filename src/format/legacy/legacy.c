/* SPDX-License-Identifier: MIT */
#include "format/legacy/legacy.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "format/legacy/drop_frames.h"

void legacy_init(struct legacy *legacy, struct builder *builder, const struct input *input)
{
	*legacy = (struct legacy){.builder = builder,
				  .use_notes = input->names_from_text,
				  .names = input->address_names};
	id_table_init(&legacy->addresses);
	symbols_init(&legacy->symbols);
	memory_map_init(&legacy->map);
}

void legacy_clear(struct legacy *legacy)
{
	id_table_clear(&legacy->addresses);
	symbols_clear(&legacy->symbols);
	memory_map_clear(&legacy->map);
	notes_clear(&legacy->notes);
	free(legacy->stack);
}

void legacy_period(struct legacy *legacy, const char *type, const char *unit, int64_t period)
{
	struct profile *profile = builder_profile(legacy->builder);

	profile->has_period_type = true;
	profile->period_type.type = builder_text(legacy->builder, type);
	profile->period_type.unit = builder_text(legacy->builder, unit);
	profile->period = period;
}

void legacy_type(struct legacy *legacy, const char *type, const char *unit)
{
	builder_type(legacy->builder, builder_text(legacy->builder, type),
		     builder_text(legacy->builder, unit));
}

/* Adds the row in hand to the profile. */
static void flush(struct legacy *legacy)
{
	struct notes *notes = &legacy->notes;

	if (!legacy->pending)
		return;
	legacy->pending = false;
	notes_apply(notes, legacy->stack, legacy->stack_count, legacy->addresses.ids,
		    &legacy->symbols, legacy->builder);
	if (legacy->has_block_size) {
		struct label label = {.key = builder_text(legacy->builder, "bytes"),
				      .text = NONE,
				      .number = legacy->block_size};

		array_push(notes->labels, notes->label_count, notes->label_capacity, label);
	}
	builder_sample(legacy->builder, legacy->stack, legacy->stack_count, legacy->values,
		       legacy->value_count, notes->labels, notes->label_count);
}

void legacy_begin(struct legacy *legacy)
{
	flush(legacy);
	legacy->stack_count = 0;
	notes_reset(&legacy->notes);
}

void legacy_push(struct legacy *legacy, uint64_t address)
{
	array_push(legacy->stack, legacy->stack_count, legacy->stack_capacity,
		   id_table_add(&legacy->addresses, address));
}

bool legacy_push_all(struct legacy *legacy, struct span text, uint64_t less)
{
	struct span digits;
	uint64_t address;

	while (span_take_address(&text, &digits)) {
		if (!span_hex(digits, &address))
			return false;
		legacy_push(legacy, address - less);
	}
	return true;
}

struct span legacy_address_part(struct span text)
{
	struct span part = {text.at, text.at};

	while (part.end < text.end && (char_is_digit(*part.end) || strchr(" xabcdef", *part.end)) &&
	       *part.end)
		part.end++;
	return part;
}

void legacy_drop_twin(struct legacy *legacy)
{
	const uint64_t *addresses = legacy->addresses.ids;
	uint32_t *stack = legacy->stack;

	if (legacy->stack_count < 2 || addresses[stack[0]] != addresses[stack[1]] + 1)
		return;
	for (size_t i = 2; i < legacy->stack_count; i++)
		stack[i - 1] = stack[i];
	legacy->stack_count--;
}

void legacy_sample(struct legacy *legacy, const int64_t *values, uint32_t value_count,
		   const int64_t *block_size)
{
	for (uint32_t i = 0; i < value_count; i++)
		legacy->values[i] = values[i];
	legacy->value_count = value_count;
	legacy->has_block_size = block_size != NULL;
	if (block_size)
		legacy->block_size = *block_size;
	legacy->pending = true;
}

void legacy_repeat(struct legacy *legacy)
{
	if (legacy->pending)
		legacy->values[0]++;
}

void legacy_comment(struct legacy *legacy, struct span line)
{
	if (legacy->use_notes && legacy->pending)
		notes_read(&legacy->notes, line, &legacy->symbols, legacy->builder);
}

static bool read_map(struct legacy *legacy, struct lines *lines, struct span line,
		     enum legacy_end end, struct error *error)
{
	bool more = true;

	if (end == LEGACY_NO_MAP)
		return true;
	while (end == LEGACY_MAP_BEHIND_MARK && more && !memory_map_starts(line))
		if (!lines_next(lines, &line, &more, error))
			return false;
	return memory_map_read(&legacy->map, lines, legacy->builder, error);
}

/* What the notes know, nobody has to ask a binary for. */
static void mark_mappings(struct legacy *legacy)
{
	for (size_t i = 0; i < legacy->addresses.count; i++) {
		uint32_t number = builder_profile(legacy->builder)->locations[i].mapping;
		struct mapping *mapping;

		if (number == NONE || !symbols_count(&legacy->symbols, (uint32_t)i))
			continue;
		mapping = &legacy->map.mappings[number];
		mapping->has_functions = mapping->has_filenames = true;
		mapping->has_line_numbers = mapping->has_inline_frames = true;
	}
}

static bool add_locations(struct legacy *legacy, bool keep_addresses, struct error *error)
{
	for (size_t i = 0; i < legacy->addresses.count; i++) {
		uint64_t address = legacy->addresses.ids[i];
		struct location location = {.id = i + 1, .address = address, .mapping = NONE};
		bool named;

		if (legacy->names && !symbols_count(&legacy->symbols, (uint32_t)i))
			address_names_apply(legacy->names, address, (uint32_t)i, &legacy->symbols,
					    legacy->builder);
		named = symbols_count(&legacy->symbols, (uint32_t)i) > 0;
		if (!keep_addresses && named)
			location.address = 0;
		if (location.address &&
		    !memory_map_find(&legacy->map, address, &location.mapping, error))
			return false;
		if (!keep_addresses)
			location.address = 0;
		symbols_add_location(&legacy->symbols, legacy->builder, (uint32_t)i, &location);
	}
	return true;
}

bool legacy_finish(struct legacy *legacy, struct lines *lines, struct span line,
		   enum legacy_end end, struct error *error)
{
	flush(legacy);
	if (!read_map(legacy, lines, line, end, error))
		return false;
	memory_map_arrange(&legacy->map, legacy->builder);
	if (!add_locations(legacy, end != LEGACY_NO_MAP, error))
		return false;
	if (end != LEGACY_NO_MAP)
		mark_mappings(legacy);
	for (size_t i = 0; i < legacy->map.count; i++) {
		legacy->map.mappings[i].id = i + 1;
		builder_mapping(legacy->builder, &legacy->map.mappings[i]);
	}
	drop_frames_set(legacy->builder);
	return true;
}

void legacy_unsample(int64_t *count, int64_t *size, int64_t rate)
{
	double scale;

	if (*count == 0 || *size == 0) {
		*count = *size = 0;
		return;
	}
	/* Rate 1 saw everything; below, it is unknown. */
	if (rate <= 1)
		return;
	scale = 1 / (1 - exp(-((double)*size / (double)*count) / (double)rate));
	*count = legacy_truncate((double)*count * scale);
	*size = legacy_truncate((double)*size * scale);
}

int64_t legacy_multiply(int64_t a, int64_t b)
{
	return (int64_t)((uint64_t)a * (uint64_t)b);
}

int64_t legacy_divide(int64_t value, int64_t count)
{
	if (count == 0)
		return 0;
	return count == -1 ? (int64_t)(0 - (uint64_t)value) : value / count;
}

int64_t legacy_truncate(double value)
{
	if (isnan(value))
		return 0;
	if (value >= 0x1p63)
		return INT64_MAX;
	return value <= -0x1p63 ? INT64_MIN : (int64_t)value;
}
