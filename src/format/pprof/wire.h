/* SPDX-License-Identifier: MIT */
/*
 * The protobuf wire format, read field by field from a stream without ever
 * holding more than one field: the top level of a message of any size.
 */
#ifndef FORMAT_PPROF_WIRE_H
#define FORMAT_PPROF_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"
#include "format/format.h"

enum wire_type {
	WIRE_VARINT = 0,
	WIRE_FIXED64 = 1,
	WIRE_BYTES = 2,
	WIRE_FIXED32 = 5,
};

struct wire_field {
	uint64_t number;
	enum wire_type type;
	uint64_t value;    /* WIRE_VARINT */
	const char *bytes; /* WIRE_BYTES; valid until the next field */
	size_t length;
	uint64_t offset; /* of the field in the unpacked file */
};

struct wire {
	struct input *input;
	const char *at, *end; /* the present chunk */
	uint64_t offset;      /* of `at` in the unpacked file */
	struct text carry;    /* a field that lies across chunks */
};

void wire_init(struct wire *wire, struct input *input);
void wire_clear(struct wire *wire);

/* The next field; *more is false at the end of the file. False on broken bytes. */
bool wire_next(struct wire *wire, struct wire_field *field, bool *more, struct error *error);

/*
 * A varint of at most 10 bytes from [at, end): returns the byte behind it, or
 * NULL if it does not end in time. Bits above 64 are lost.
 */
static inline const char *wire_varint(const char *at, const char *end, uint64_t *value)
{
	uint64_t result = 0;

	if (at < end && !(*at & 0x80)) {
		*value = (unsigned char)*at;
		return at + 1;
	}
	for (unsigned shift = 0; shift < 70 && at < end; shift += 7) {
		unsigned char byte = (unsigned char)*at++;

		if (shift < 64)
			result |= (uint64_t)(byte & 0x7f) << shift;
		if (!(byte & 0x80)) {
			*value = result;
			return at;
		}
	}
	return NULL;
}

#endif
