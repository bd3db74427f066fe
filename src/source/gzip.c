/* SPDX-License-Identifier: MIT */
/* gzip by zlib, on machines without igzip.c. */
#include "source/unpacker.h"

#ifndef HAVE_ISAL

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/alloc.h"

static void *start_gzip(void)
{
	z_stream *z = alloc_zero(1, sizeof(*z));

	/* 16: a gzip header and trailer, whose checksum inflate verifies. */
	if (inflateInit2(z, 15 + 16) != Z_OK)
		alloc_fail(sizeof(*z));
	return z;
}

static enum unpack_status step_gzip(void *state, struct unpack_io *io, const char **problem)
{
	z_stream *z = state;
	size_t in = io->in_left < UINT_MAX ? io->in_left : UINT_MAX;
	size_t out = io->out_left < UINT_MAX ? io->out_left : UINT_MAX;
	int status;

	z->next_in = (unsigned char *)io->in;
	z->avail_in = (uInt)in;
	z->next_out = io->out;
	z->avail_out = (uInt)out;
	status = inflate(z, Z_NO_FLUSH);
	io->in += in - z->avail_in;
	io->in_left -= in - z->avail_in;
	io->out += out - z->avail_out;
	io->out_left -= out - z->avail_out;
	if (status == Z_STREAM_END) {
		inflateReset(z);
		return UNPACK_MEMBER_END;
	}
	*problem = z->msg;
	return status == Z_OK || status == Z_BUF_ERROR ? UNPACK_MORE : UNPACK_BROKEN;
}

static void stop_gzip(void *state)
{
	z_stream *z = state;

	inflateEnd(z);
	free(z);
}

const struct unpacker unpacker_gzip = {
	.name = "gzip",
	.magic = "\x1f\x8b",
	.magic_length = 2,
	.command = "gzip -dc FILE",
	.start = start_gzip,
	.step = step_gzip,
	.stop = stop_gzip,
};

#endif
