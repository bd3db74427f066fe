/* SPDX-License-Identifier: MIT */
/*
 * The bytes of a file with its compressions taken off, one after the other:
 *
 *     file -> [buffer 0] unpacker 0 -> [buffer 1] unpacker 1 -> [buffer 2] -> consumer
 *
 * Each buffer is looked at first: what it begins with says whether another
 * unpacker belongs behind it. The last one is not packed.
 */
#ifndef SOURCE_LAYERS_H
#define SOURCE_LAYERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"
#include "source/unpacker.h"

/* More compressions than these, one in the other, are no profile. */
#define LAYERS_LIMIT 4

struct layer {
	const struct unpacker *unpacker; /* of what the buffer holds; NULL: it is not packed */
	void *state;
	unsigned char *buffer;
	size_t at, length; /* what is left of the buffer */
	bool ended;        /* nothing comes behind the buffer */
	bool inside;       /* a member */
	bool first;        /* no member has ended yet */
	bool doubtful;     /* another member has begun, with bytes that no member begins with */
	uint64_t taken;    /* bytes that came into the buffer */
	uint64_t began;    /* where the member began, in bytes that came in */
	uint64_t unpacked;
};

struct layers {
	/* Reads at least one byte of the file; 0 is the end, -1 an error that is set. */
	ssize_t (*read)(void *context, void *bytes, size_t capacity, struct error *error);
	void *context;
	struct layer layers[LAYERS_LIMIT + 1];
	size_t count; /* of unpackers */
};

/*
 * Looks at the first bytes, at least `least` of them where there are so many,
 * and starts the unpackers that they need. read and context are set. False
 * with an error; layers_close is needed all the same.
 */
bool layers_open(struct layers *layers, size_t least, struct error *error);

/*
 * The next unpacked bytes; *length 0 is the end. Packed data fills `capacity`
 * unless it ends; bytes that were not packed are passed on as they come.
 */
bool layers_read(struct layers *layers, void *bytes, size_t capacity, size_t *length,
		 struct error *error);

void layers_close(struct layers *layers);

#endif
