/* SPDX-License-Identifier: MIT */
#include "format/pprof/pprof_sample.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "format/pprof/wire.h"

/* A field inside a message that is whole in memory. */
struct field {
	uint64_t number, type, value;
	const char *bytes, *bytes_end; /* of type WIRE_BYTES */
};

/* Reads a field; returns the byte behind it or NULL. */
static const char *read_field(const char *at, const char *end, struct field *field)
{
	uint64_t tag, size;

	at = wire_varint(at, end, &tag);
	if (!at)
		return NULL;
	field->number = tag >> 3;
	field->type = tag & 7;
	switch (field->type) {
	case WIRE_VARINT:
		field->bytes = field->bytes_end = NULL;
		return wire_varint(at, end, &field->value);
	case WIRE_FIXED64:
		return end - at >= 8 ? at + 8 : NULL;
	case WIRE_FIXED32:
		return end - at >= 4 ? at + 4 : NULL;
	case WIRE_BYTES:
		at = wire_varint(at, end, &size);
		if (!at || size > (uint64_t)(end - at))
			return NULL;
		field->bytes = at;
		field->bytes_end = at + size;
		return field->bytes_end;
	default:
		return NULL;
	}
}

/* A varint; most take up to three bytes. NULL if it does not end in time. */
static inline const char *read_number(const char *at, const char *end, uint64_t *number)
{
	uint32_t bytes;

	if (end - at < 4)
		return wire_varint(at, end, number);
	memcpy(&bytes, at, sizeof(bytes));
	bytes = le32toh(bytes);
	*number = bytes & 0x7f;
	if (!(bytes & 0x80))
		return at + 1;
	*number |= bytes >> 1 & 0x3f80;
	if (!(bytes & 0x8000))
		return at + 2;
	*number |= bytes >> 2 & 0x1fc000;
	if (!(bytes & 0x800000))
		return at + 3;
	return wire_varint(at, end, number);
}

/*
 * Adds the varints of a packed field, or the one of a single field. A varint
 * takes at least a byte, so the room is known beforehand.
 */
static bool read_numbers(const struct field *field, uint64_t *numbers, size_t *count)
{
	const char *at = field->bytes, *end = field->bytes_end;
	uint64_t *to = numbers + *count;

	if (field->type == WIRE_VARINT) {
		*to = field->value;
		++*count;
		return true;
	}
	if (field->type != WIRE_BYTES)
		return false;
	for (; at < end; to++) {
		at = read_number(at, end, to);
		if (!at)
			return false;
	}
	*count = (size_t)(to - numbers);
	return true;
}

/* The same for ids of locations: less 1, in 32 bits. */
static bool read_locations(const struct field *field, struct pprof_sample *sample)
{
	const char *at = field->bytes, *end = field->bytes_end;
	uint32_t *to = sample->locations + sample->location_count;
	uint64_t greatest = sample->greatest, id;

	if (field->type == WIRE_VARINT) {
		*to++ = (uint32_t)(field->value - 1);
		greatest = field->value - 1 > greatest ? field->value - 1 : greatest;
		at = end;
	} else if (field->type != WIRE_BYTES) {
		return false;
	}
	for (; at < end; to++) {
		at = read_number(at, end, &id);
		if (!at)
			return false;
		*to = (uint32_t)(id - 1);
		greatest = id - 1 > greatest ? id - 1 : greatest;
	}
	sample->location_count = (size_t)(to - sample->locations);
	sample->greatest = greatest;
	return true;
}

static size_t room(const struct field *field)
{
	return field->type == WIRE_BYTES ? (size_t)(field->bytes_end - field->bytes) : 1;
}

static bool read_label(const struct field *field, struct pprof_label *label)
{
	const char *at = field->bytes;
	struct field inner;

	*label = (struct pprof_label){0};
	while (at < field->bytes_end) {
		int64_t *targets[] = {&label->key, &label->text, &label->number, &label->unit};

		at = read_field(at, field->bytes_end, &inner);
		if (!at)
			return false;
		if (inner.number < 1 || inner.number > 4)
			continue;
		if (inner.type != WIRE_VARINT)
			return false;
		*targets[inner.number - 1] = (int64_t)inner.value;
	}
	return true;
}

bool pprof_sample_read(struct pprof_sample *sample, const char *bytes, size_t length)
{
	const char *at = bytes, *end = bytes + length;
	struct field field;
	bool good = true;

	sample->location_count = sample->value_count = sample->label_count = 0;
	sample->greatest = 0;
	while (good && at < end) {
		at = read_field(at, end, &field);
		if (!at)
			return false;
		switch (field.number) {
		case 1:
			array_reserve(sample->locations, sample->location_capacity,
				      sample->location_count + room(&field));
			good = read_locations(&field, sample);
			break;
		case 2:
			array_reserve(sample->values, sample->value_capacity,
				      sample->value_count + room(&field));
			good = read_numbers(&field, (uint64_t *)sample->values,
					    &sample->value_count);
			break;
		case 3:
			array_reserve(sample->labels, sample->label_capacity,
				      sample->label_count + 1);
			good = field.type == WIRE_BYTES &&
			       read_label(&field, &sample->labels[sample->label_count]);
			sample->label_count++;
			break;
		default:
			break;
		}
	}
	return good;
}

const uint64_t *pprof_sample_ids(struct pprof_sample *sample, const char *bytes, size_t length)
{
	const char *at = bytes, *end = bytes + length;
	struct field field;
	size_t count = 0;

	array_reserve(sample->ids, sample->id_capacity, sample->location_count);
	while (at < end && (at = read_field(at, end, &field)))
		if (field.number == 1)
			read_numbers(&field, sample->ids, &count);
	return sample->ids;
}

void pprof_sample_clear(struct pprof_sample *sample)
{
	free(sample->locations);
	free(sample->ids);
	free(sample->values);
	free(sample->labels);
	*sample = (struct pprof_sample){0};
}
