/* SPDX-License-Identifier: MIT */
#include "source/unpacker.h"

#ifdef HAVE_BZIP2

#include <bzlib.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/alloc.h"

static void begin_member(bz_stream *stream)
{
	*stream = (bz_stream){0};
	if (BZ2_bzDecompressInit(stream, 0, 0) != BZ_OK)
		alloc_fail(sizeof(*stream));
}

static void *start_bzip2(void)
{
	bz_stream *stream = alloc_zero(1, sizeof(*stream));

	begin_member(stream);
	return stream;
}

static enum unpack_status step_bzip2(void *state, struct unpack_io *io, const char **problem)
{
	bz_stream *stream = state;
	unsigned in = io->in_left < UINT_MAX ? (unsigned)io->in_left : UINT_MAX;
	unsigned out = io->out_left < UINT_MAX ? (unsigned)io->out_left : UINT_MAX;
	int status;

	/* The library does not write to its input. */
	stream->next_in = (char *)(uintptr_t)io->in;
	stream->avail_in = in;
	stream->next_out = (char *)io->out;
	stream->avail_out = out;
	status = BZ2_bzDecompress(stream);
	io->in += in - stream->avail_in;
	io->in_left -= in - stream->avail_in;
	io->out += out - stream->avail_out;
	io->out_left -= out - stream->avail_out;
	if (status == BZ_STREAM_END) {
		BZ2_bzDecompressEnd(stream);
		begin_member(stream);
		return UNPACK_MEMBER_END;
	}
	if (status == BZ_OK)
		return UNPACK_MORE;
	*problem = "invalid data";
	return UNPACK_BROKEN;
}

static void stop_bzip2(void *state)
{
	BZ2_bzDecompressEnd(state);
	free(state);
}

#define BZIP2_CALLS .start = start_bzip2, .step = step_bzip2, .stop = stop_bzip2

#else

#define BZIP2_CALLS .start = NULL

#endif

const struct unpacker unpacker_bzip2 = {
	.name = "bzip2",
	.magic = "BZh",
	.magic_length = 3,
	.command = "bzip2 -dc FILE",
	BZIP2_CALLS,
};
