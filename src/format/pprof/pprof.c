/* SPDX-License-Identifier: MIT */
/*
 * pprof profiles (profile.proto), the format of record. The top level is
 * walked field by field; each message inside goes to the generated code, but
 * Sample to our own reader.
 */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "format/list.h"
#include "format/pprof/pprof_reader.h"

#define HINT "name a pprof profile or capture it again"

static bool broken(const struct wire_field *field, const char *what, struct error *error)
{
	return error_set(
		error,
		"unrecognized profile format: broken %s at byte %llu of the unpacked data; " HINT,
		what, (unsigned long long)field->offset);
}

/* Two profiles in one file; -f lets gzip pass on what is not packed. */
static bool concatenated(uint64_t offset, struct error *error)
{
	unsigned long long at = offset;

	return error_set(error,
			 "two profiles, one behind the other: the second begins at byte %llu of "
			 "the unpacked data; part them: gzip -dcf FILE | head -c %llu >1.pb; "
			 "gzip -dcf FILE | tail -c +%llu >2.pb",
			 at, at, at + 1);
}

static void *allocate(void *data, size_t size)
{
	return arena_alloc(data, size);
}

static void release(void *data, void *pointer)
{
	(void)data;
	(void)pointer;
}

/* Unpacks a message into the scratch arena; NULL if the bytes are no such message. */
static void *unpack(struct pprof_reader *reader, const ProtobufCMessageDescriptor *type,
		    const struct wire_field *field)
{
	arena_reset(&reader->scratch);
	if (field->type != WIRE_BYTES)
		return NULL;
	return protobuf_c_message_unpack(type, &reader->allocator, field->length,
					 (const uint8_t *)field->bytes);
}

static bool read_type(struct pprof_reader *reader, const struct wire_field *field,
		      struct pending_type *type, struct error *error)
{
	const Pprof__ValueType *message = unpack(reader, &pprof__value_type__descriptor, field);

	if (!message)
		return broken(field, "ValueType", error);
	*type = (struct pending_type){message->type, message->unit};
	return true;
}

static uint32_t clamp_index(int64_t index)
{
	return index < 0 || index >= NONE ? NONE : (uint32_t)index;
}

/* Labels keep table indices until the strings are known; those that say nothing are dropped. */
static size_t convert_labels(struct pprof_reader *reader, struct label *labels)
{
	const struct pprof_sample *sample = &reader->sample;
	size_t count = 0;

	for (size_t i = 0; i < sample->label_count; i++) {
		const struct pprof_label *label = &sample->labels[i];

		if (label->text == 0 && label->number == 0 && label->unit == 0) {
			if (label->key < 0 || label->key > reader->greatest_key)
				reader->greatest_key = label->key < 0 ? INT64_MAX : label->key;
			continue;
		}
		labels[count++] = (struct label){.key = clamp_index(label->key),
						 .text = clamp_index(label->text),
						 .unit = label->text ? 0 : clamp_index(label->unit),
						 .number = label->text ? 0 : label->number};
	}
	return count;
}

/*
 * The numbers of the sample's locations: mostly the ids less 1, which is what
 * the sample has.
 */
static const location_id *number_locations(struct pprof_reader *reader,
					   const struct wire_field *field)
{
	struct pprof_sample *sample = &reader->sample;
	const uint64_t *ids;

	if (!sample->location_count || sample->greatest < reader->location_ids.near)
		return sample->locations;
	ids = pprof_sample_ids(sample, field->bytes, field->length);
	for (size_t i = 0; i < sample->location_count; i++)
		sample->locations[i] = id_numbers_add(&reader->location_ids, ids[i]);
	return sample->locations;
}

static bool read_sample(struct pprof_reader *reader, const struct wire_field *field,
			struct error *error)
{
	struct pprof_sample *sample = &reader->sample;
	struct label *labels = NULL;
	size_t label_count = 0;

	if (field->type != WIRE_BYTES || !pprof_sample_read(sample, field->bytes, field->length))
		return broken(field, "Sample", error);
	reader->samples_read++;
	if (reader->samples_read == 1)
		reader->value_count = sample->value_count;
	if (sample->value_count != reader->value_count || sample->value_count > UINT16_MAX) {
		if (!reader->odd_sample) {
			reader->odd_sample = reader->samples_read;
			reader->odd_value_count = sample->value_count;
		}
		return true;
	}
	if (sample->label_count) {
		arena_reset(&reader->scratch);
		labels = arena_alloc(&reader->scratch, sample->label_count * sizeof(*labels));
		label_count = convert_labels(reader, labels);
	}
	builder_sample(reader->builder, number_locations(reader, field), sample->location_count,
		       sample->values, (uint32_t)sample->value_count, labels, label_count);
	return true;
}

static bool read_mapping(struct pprof_reader *reader, const struct wire_field *field,
			 struct error *error)
{
	const Pprof__Mapping *message = unpack(reader, &pprof__mapping__descriptor, field);
	struct pending_mapping pending;

	if (!message)
		return broken(field, "Mapping", error);
	if (message->id == 0)
		return error_set(error,
				 "malformed profile: a mapping has the reserved id 0; " HINT);
	if (id_table_add(&reader->mapping_ids, message->id) != reader->mapping_count)
		return error_set(error, "malformed profile: two mappings have the id %llu; " HINT,
				 (unsigned long long)message->id);
	pending = (struct pending_mapping){
		.mapping = {.id = message->id,
			    .start = message->memory_start,
			    .limit = message->memory_limit,
			    .offset = message->file_offset,
			    .has_functions = message->has_functions,
			    .has_filenames = message->has_filenames,
			    .has_line_numbers = message->has_line_numbers,
			    .has_inline_frames = message->has_inline_frames},
		.file = message->filename,
		.build_id = message->build_id,
	};
	array_push(reader->mappings, reader->mapping_count, reader->mapping_capacity, pending);
	return true;
}

static bool read_location(struct pprof_reader *reader, const struct wire_field *field,
			  struct error *error)
{
	const Pprof__Location *message = unpack(reader, &pprof__location__descriptor, field);
	struct pending_location pending;
	uint32_t number;

	if (!message)
		return broken(field, "Location", error);
	if (message->id == 0)
		return error_set(error,
				 "malformed profile: a location has the reserved id 0; " HINT);
	number = id_numbers_add(&reader->location_ids, message->id);
	pprof_number_locations(reader);
	if (reader->location_at[number])
		return error_set(error, "malformed profile: two locations have the id %llu; " HINT,
				 (unsigned long long)message->id);
	pending = (struct pending_location){
		.id = message->id,
		.mapping = message->mapping_id,
		.address = message->address,
		.first_line = reader->line_count,
		.line_count = (uint32_t)message->n_line,
		.folded = message->is_folded,
	};
	for (size_t i = 0; i < message->n_line; i++)
		array_push(
			reader->lines, reader->line_count, reader->line_capacity,
			((struct pending_line){message->line[i]->function_id,
					       message->line[i]->line, message->line[i]->column}));
	array_push(reader->locations, reader->location_count, reader->location_capacity, pending);
	reader->location_at[number] = (uint32_t)reader->location_count;
	return true;
}

static bool read_function(struct pprof_reader *reader, const struct wire_field *field,
			  struct error *error)
{
	const Pprof__Function *message = unpack(reader, &pprof__function__descriptor, field);
	struct pending_function pending;

	if (!message)
		return broken(field, "Function", error);
	if (message->id == 0)
		return error_set(error,
				 "malformed profile: a function has the reserved id 0; " HINT);
	if (id_table_add(&reader->function_ids, message->id) != reader->function_count)
		return error_set(error, "malformed profile: two functions have the id %llu; " HINT,
				 (unsigned long long)message->id);
	pending = (struct pending_function){
		.function = {.id = message->id, .start_line = message->start_line},
		.name = message->name,
		.system_name = message->system_name,
		.file = message->filename,
	};
	array_push(reader->functions, reader->function_count, reader->function_capacity, pending);
	return true;
}

/* Names are C strings further on: a NUL in one is kept as its escape. */
static string_id add_string(struct pprof_reader *reader, const char *bytes, size_t length)
{
	struct text text = {0};
	string_id id;

	if (!length || !memchr(bytes, '\0', length))
		return builder_string(reader->builder, bytes, length);
	for (size_t i = 0; i < length; i++) {
		if (bytes[i])
			text_add_char(&text, bytes[i]);
		else
			text_add_string(&text, "\\x00");
	}
	id = builder_string(reader->builder, text.bytes, text.length);
	text_clear(&text);
	return id;
}

static bool read_string(struct pprof_reader *reader, const struct wire_field *field,
			struct error *error)
{
	if (field->type != WIRE_BYTES)
		return broken(field, "string", error);
	if (reader->string_count == 0 && field->length != 0)
		return error_set(
			error, "unrecognized profile format: the first string is not empty; " HINT);
	if (reader->string_count >= NONE - 1)
		return error_set(error, "too many strings; capture a shorter profile");
	array_push(reader->strings, reader->string_count, reader->string_capacity,
		   add_string(reader, field->bytes, field->length));
	return true;
}

static bool read_comments(struct pprof_reader *reader, const struct wire_field *field,
			  struct error *error)
{
	const char *at = field->bytes, *end = at + field->length;
	uint64_t value = field->value;

	if (field->type == WIRE_VARINT) {
		array_push(reader->comments, reader->comment_count, reader->comment_capacity,
			   (int64_t)value);
		return true;
	}
	if (field->type != WIRE_BYTES)
		return broken(field, "comment", error);
	while (at < end) {
		at = wire_varint(at, end, &value);
		if (!at)
			return broken(field, "comment", error);
		array_push(reader->comments, reader->comment_count, reader->comment_capacity,
			   (int64_t)value);
	}
	return true;
}

/* The fields that are one number; NULL for other fields. */
static int64_t *scalar_field(struct pprof_reader *reader, uint64_t number)
{
	struct profile *profile = builder_profile(reader->builder);

	switch (number) {
	case 7:
		return &reader->drop_frames;
	case 8:
		return &reader->keep_frames;
	case 9:
		return &profile->time_nanos;
	case 10:
		return &profile->duration_nanos;
	case 12:
		return &profile->period;
	case 14:
		return &reader->default_type;
	case 15:
		return &reader->doc_url;
	default:
		return NULL;
	}
}

static bool read_scalar(struct pprof_reader *reader, const struct wire_field *field,
			struct error *error)
{
	int64_t *scalar = scalar_field(reader, field->number);

	/* Unknown fields are for newer readers; field 0 too, as pprof has it. */
	if (!scalar)
		return true;
	if (field->type != WIRE_VARINT)
		return broken(field, "number", error);
	if (field->number == 9 && *scalar != 0)
		return concatenated(reader->second ? reader->second : field->offset, error);
	*scalar = (int64_t)field->value;
	return true;
}

static bool read_field(struct pprof_reader *reader, const struct wire_field *field,
		       struct error *error)
{
	struct pending_type type;

	reader->past_types = reader->past_types || (reader->type_count && field->number > 1);
	switch (field->number) {
	case 1:
		if (!read_type(reader, field, &type, error))
			return false;
		if (reader->past_types && !reader->second)
			reader->second = field->offset;
		array_push(reader->types, reader->type_count, reader->type_capacity, type);
		return true;
	case 2:
		return read_sample(reader, field, error);
	case 3:
		return read_mapping(reader, field, error);
	case 4:
		return read_location(reader, field, error);
	case 5:
		return read_function(reader, field, error);
	case 6:
		return read_string(reader, field, error);
	case 11:
		reader->has_period_type = true;
		return read_type(reader, field, &reader->period_type, error);
	case 13:
		return read_comments(reader, field, error);
	default:
		return read_scalar(reader, field, error);
	}
}

static void reader_clear(struct pprof_reader *reader)
{
	wire_clear(&reader->wire);
	arena_clear(&reader->scratch);
	pprof_sample_clear(&reader->sample);
	id_numbers_clear(&reader->location_ids);
	id_table_clear(&reader->function_ids);
	id_table_clear(&reader->mapping_ids);
	free(reader->strings);
	free(reader->location_at);
	free(reader->types);
	free(reader->mappings);
	free(reader->functions);
	free(reader->locations);
	free(reader->lines);
	free(reader->comments);
}

static bool read_pprof(struct input *input, struct builder *builder, struct error *error)
{
	struct pprof_reader reader = {.builder = builder};
	struct wire_field field;
	bool more = true, good;

	reader.allocator = (ProtobufCAllocator){allocate, release, &reader.scratch};
	wire_init(&reader.wire, input);
	id_numbers_init(&reader.location_ids);
	id_table_init(&reader.function_ids);
	id_table_init(&reader.mapping_ids);
	do {
		good = wire_next(&reader.wire, &field, &more, error);
		if (good && more)
			good = read_field(&reader, &field, error);
	} while (good && more);
	good = good && pprof_resolve(&reader, error);
	if (!good && reader.second)
		concatenated(reader.second, error);
	reader_clear(&reader);
	return good;
}

/* Protobuf has no magic: a first byte that is the tag of a known field is what can be asked for. */
static int probe_pprof(const char *bytes, size_t length)
{
	unsigned char tag = (unsigned char)bytes[0];

	if (length == 0 || (tag & 7) == 3 || (tag & 7) == 4 || (tag & 7) > 5)
		return 0;
	return (tag >> 3) >= 1 && (tag >> 3) <= 15 ? FORMAT_UNCERTAIN : 1;
}

const struct format format_pprof = {
	.name = "pprof",
	.summary = "pprof profile (profile.proto), gzip or bare",
	.probe = probe_pprof,
	.read = read_pprof,
};
