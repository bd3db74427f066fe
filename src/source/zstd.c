/* SPDX-License-Identifier: MIT */
#include "source/unpacker.h"

#ifdef HAVE_ZSTD

#include <zstd.h>

#include "base/alloc.h"

static void *start_zstd(void)
{
	ZSTD_DStream *stream = ZSTD_createDStream();

	if (!stream)
		alloc_fail(ZSTD_DStreamInSize());
	return stream;
}

static enum unpack_status step_zstd(void *state, struct unpack_io *io, const char **problem)
{
	ZSTD_inBuffer in = {io->in, io->in_left, 0};
	ZSTD_outBuffer out = {io->out, io->out_left, 0};
	size_t status = ZSTD_decompressStream(state, &out, &in);

	io->in += in.pos;
	io->in_left -= in.pos;
	io->out += out.pos;
	io->out_left -= out.pos;
	if (ZSTD_isError(status)) {
		*problem = ZSTD_getErrorName(status);
		return UNPACK_BROKEN;
	}
	/* A frame that follows starts by itself. */
	return status == 0 ? UNPACK_MEMBER_END : UNPACK_MORE;
}

static void stop_zstd(void *state)
{
	ZSTD_freeDStream(state);
}

#define ZSTD_CALLS .start = start_zstd, .step = step_zstd, .stop = stop_zstd

#else

#define ZSTD_CALLS .start = NULL

#endif

const struct unpacker unpacker_zstd = {
	.name = "zstd",
	.magic = "\x28\xb5\x2f\xfd",
	.magic_length = 4,
	.command = "zstd -dc FILE",
	ZSTD_CALLS,
};

/* What pzstd writes begins with a frame to be skipped. */
const struct unpacker unpacker_pzstd = {
	.name = "zstd",
	.magic = "\x50\x2a\x4d\x18",
	.magic_length = 4,
	.command = "zstd -dc FILE",
	ZSTD_CALLS,
};
