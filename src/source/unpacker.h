/* SPDX-License-Identifier: MIT */
/*
 * A compression that is taken off on the way. One file and one row in
 * unpacker.c; layers.c drives it, over as many members as the file has and
 * over other compressions.
 */
#ifndef SOURCE_UNPACKER_H
#define SOURCE_UNPACKER_H

#include <stdbool.h>
#include <stddef.h>

/* A step takes bytes from `in` and puts bytes at `out`; it moves the pointers and counts. */
struct unpack_io {
	const unsigned char *in;
	size_t in_left;
	unsigned char *out;
	size_t out_left;
};

enum unpack_status {
	UNPACK_MORE,       /* wants more input or more room */
	UNPACK_MEMBER_END, /* a whole member is unpacked; what follows would be another */
	UNPACK_BROKEN,
};

struct unpacker {
	const char *name;    /* as in "gzip data" */
	const char *magic;   /* the first bytes of every file of this kind */
	size_t magic_length; /* at most UNPACKER_MAGIC_SIZE */
	const char *command; /* that unpacks FILE to its standard output */
	/* NULL where this program was built without the library: then only `command` helps. */
	void *(*start)(void);
	/* *problem says in the library's words what is wrong; it may stay NULL. */
	enum unpack_status (*step)(void *state, struct unpack_io *io, const char **problem);
	void (*stop)(void *state);
};

#define UNPACKER_MAGIC_SIZE 16

/* The compression that these first bytes of a file belong to, or NULL. */
const struct unpacker *unpacker_find(const void *bytes, size_t length);

extern const struct unpacker unpacker_gzip, unpacker_zstd, unpacker_pzstd, unpacker_xz,
	unpacker_bzip2, unpacker_utf16, unpacker_utf16_big;

#endif
