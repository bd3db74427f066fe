/* SPDX-License-Identifier: MIT */
#include "source/unpacker.h"

#ifdef HAVE_LZMA

#include <lzma.h>
#include <stdlib.h>

#include "base/alloc.h"

/* A dictionary of xz -9 takes 65 MB. */
#define MEMORY_LIMIT ((uint64_t)256 * 1024 * 1024)

static void begin_member(lzma_stream *stream)
{
	if (lzma_stream_decoder(stream, MEMORY_LIMIT, 0) != LZMA_OK)
		alloc_fail(sizeof(*stream));
}

static void *start_xz(void)
{
	lzma_stream *stream = alloc_zero(1, sizeof(*stream));

	begin_member(stream);
	return stream;
}

static enum unpack_status step_xz(void *state, struct unpack_io *io, const char **problem)
{
	lzma_stream *stream = state;
	lzma_ret status;

	stream->next_in = io->in;
	stream->avail_in = io->in_left;
	stream->next_out = io->out;
	stream->avail_out = io->out_left;
	status = lzma_code(stream, LZMA_RUN);
	io->in = stream->next_in;
	io->in_left = stream->avail_in;
	io->out = stream->next_out;
	io->out_left = stream->avail_out;
	if (status == LZMA_STREAM_END) {
		begin_member(stream);
		return UNPACK_MEMBER_END;
	}
	if (status == LZMA_OK || status == LZMA_BUF_ERROR)
		return UNPACK_MORE;
	*problem = status == LZMA_MEMLIMIT_ERROR ? "needs more than 256 MB" : "invalid data";
	return UNPACK_BROKEN;
}

static void stop_xz(void *state)
{
	lzma_end(state);
	free(state);
}

#define XZ_CALLS .start = start_xz, .step = step_xz, .stop = stop_xz

#else

#define XZ_CALLS .start = NULL

#endif

const struct unpacker unpacker_xz = {
	.name = "xz",
	.magic = "\xfd\x37\x7a\x58\x5a",
	.magic_length = 6,
	.command = "xz -dc FILE",
	XZ_CALLS,
};
