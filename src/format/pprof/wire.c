/* SPDX-License-Identifier: MIT */
#include "format/pprof/wire.h"

/* No honest field is longer; without a bound a packed file could fill the memory with one. */
#define FIELD_LIMIT ((uint64_t)256 * 1024 * 1024)

void wire_init(struct wire *wire, struct input *input)
{
	*wire = (struct wire){.input = input};
}

void wire_clear(struct wire *wire)
{
	text_clear(&wire->carry);
}

enum parse { PARSE_DONE, PARSE_MORE, PARSE_BROKEN };

/* Reads one field from [at, end). *need: bytes the whole field takes, 0 while its head is incomplete. */
static enum parse parse_field(const char *at, const char *end, struct wire_field *field,
			      uint64_t *need, const char **behind)
{
	const char *start = at;
	size_t left = (size_t)(end - at);
	uint64_t tag, size;

	*need = 0;
	at = wire_varint(at, end, &tag);
	if (!at)
		return left >= 10 ? PARSE_BROKEN : PARSE_MORE;
	field->number = tag >> 3;
	field->type = (enum wire_type)(tag & 7);
	left = (size_t)(end - at);
	switch (field->type) {
	case WIRE_VARINT:
		*behind = wire_varint(at, end, &field->value);
		if (*behind)
			return PARSE_DONE;
		return left >= 10 ? PARSE_BROKEN : PARSE_MORE;
	case WIRE_FIXED64:
	case WIRE_FIXED32:
		size = field->type == WIRE_FIXED64 ? 8 : 4;
		break;
	case WIRE_BYTES:
		at = wire_varint(at, end, &size);
		if (!at)
			return left >= 10 ? PARSE_BROKEN : PARSE_MORE;
		break;
	default:
		return PARSE_BROKEN;
	}
	field->bytes = at;
	field->length = (size_t)size;
	*need = (uint64_t)(at - start) + size;
	if (size > (uint64_t)(end - at))
		return PARSE_MORE;
	*behind = at + size;
	return PARSE_DONE;
}

static bool broken(const struct wire *wire, const char *what, struct error *error)
{
	return error_set(error,
			 "unrecognized profile format: %s at byte %llu of the unpacked data; "
			 "name a pprof profile or capture it again",
			 what, (unsigned long long)wire->offset);
}

static bool next_chunk(struct wire *wire, struct error *error)
{
	size_t length;

	if (!input_next(wire->input, &wire->at, &length, error))
		return false;
	/* At the end there are no bytes to point at. */
	wire->end = length ? wire->at + length : wire->at;
	return true;
}

/* Completes a field that began at the end of a chunk: its bytes are gathered in `carry`. */
static bool carry_field(struct wire *wire, struct wire_field *field, uint64_t need,
			struct error *error)
{
	const char *behind;

	text_reset(&wire->carry);
	text_add(&wire->carry, wire->at, (size_t)(wire->end - wire->at));
	wire->at = wire->end;
	for (;;) {
		size_t take = need > wire->carry.length ? (size_t)(need - wire->carry.length) : 1;

		if (wire->at == wire->end && !next_chunk(wire, error))
			return false;
		if (wire->at == wire->end)
			return broken(wire, "the data ends inside a field", error);
		if (take > (size_t)(wire->end - wire->at))
			take = (size_t)(wire->end - wire->at);
		text_add(&wire->carry, wire->at, take);
		wire->at += take;
		switch (parse_field(wire->carry.bytes, wire->carry.bytes + wire->carry.length,
				    field, &need, &behind)) {
		case PARSE_DONE:
			wire->offset += wire->carry.length;
			return true;
		case PARSE_BROKEN:
			return broken(wire, "a broken field", error);
		case PARSE_MORE:
			if (need > FIELD_LIMIT)
				return broken(wire, "a field longer than 256 MiB", error);
		}
	}
}

bool wire_next(struct wire *wire, struct wire_field *field, bool *more, struct error *error)
{
	const char *behind;
	uint64_t need;

	if (wire->at == wire->end && !next_chunk(wire, error))
		return false;
	*more = wire->at != wire->end;
	if (!*more)
		return true;
	field->offset = wire->offset;
	switch (parse_field(wire->at, wire->end, field, &need, &behind)) {
	case PARSE_DONE:
		wire->offset += (uint64_t)(behind - wire->at);
		wire->at = behind;
		return true;
	case PARSE_BROKEN:
		return broken(wire, "a broken field", error);
	default:
		if (need > FIELD_LIMIT)
			return broken(wire, "a field longer than 256 MiB", error);
		return carry_field(wire, field, need, error);
	}
}
