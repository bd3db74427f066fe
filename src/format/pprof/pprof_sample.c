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

/* Location ids mostly take two bytes, so that eight bytes are four of them. */
static void add_four(uint64_t word, uint64_t *numbers)
{
	word = (word & 0x007f007f007f007f) | (word & 0x7f007f007f007f00) >> 1;
	for (int i = 0; i < 4; i++)
		numbers[i] = word >> (16 * i) & 0x3fff;
}

/*
 * Adds the varints of a packed field, or the one of a single field. A varint
 * takes at least a byte, so the room is known beforehand.
 */
static bool read_numbers(const struct field *field, uint64_t *numbers, size_t *count)
{
	const char *at = field->bytes;
	size_t n = *count;

	if (field->type == WIRE_VARINT) {
		numbers[n] = field->value;
		*count = n + 1;
		return true;
	}
	if (field->type != WIRE_BYTES)
		return false;
	while (at < field->bytes_end) {
		uint64_t word;

		if (field->bytes_end - at >= 8) {
			memcpy(&word, at, sizeof(word));
			word = le64toh(word);
			if ((word & 0x8080808080808080) == 0x0080008000800080) {
				add_four(word, numbers + n);
				n += 4;
				at += 8;
				continue;
			}
		}
		at = wire_varint(at, field->bytes_end, &numbers[n++]);
		if (!at)
			return false;
	}
	*count = n;
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
	while (good && at < end) {
		at = read_field(at, end, &field);
		if (!at)
			return false;
		switch (field.number) {
		case 1:
			array_reserve(sample->locations, sample->location_capacity,
				      sample->location_count + room(&field));
			good = read_numbers(&field, sample->locations, &sample->location_count);
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

void pprof_sample_clear(struct pprof_sample *sample)
{
	free(sample->locations);
	free(sample->values);
	free(sample->labels);
	*sample = (struct pprof_sample){0};
}
