/* SPDX-License-Identifier: MIT */
/*
 * gzip by ISA-L's igzip, which unpacks in less than half of zlib's time. It is
 * there for x86-64 and arm64; gzip.c serves where it is not.
 */
#include "source/unpacker.h"

#ifdef HAVE_ISAL

#include <isa-l/igzip_lib.h>
#include <limits.h>
#include <stdlib.h>

#include "base/alloc.h"

static void *start_gzip(void)
{
	struct inflate_state *state = alloc_zero(1, sizeof(*state));

	isal_inflate_init(state);
	state->crc_flag = ISAL_GZIP; /* header and trailer, whose checksum is verified */
	return state;
}

/* zlib's words: what people find when they look for a message. */
static const char *problem_of(int status)
{
	switch (status) {
	case ISAL_INVALID_BLOCK:
		return "invalid block";
	case ISAL_INVALID_SYMBOL:
		return "invalid code";
	case ISAL_INVALID_LOOKBACK:
		return "invalid distance too far back";
	case ISAL_INVALID_WRAPPER:
		return "incorrect header check";
	case ISAL_UNSUPPORTED_METHOD:
		return "unknown compression method";
	case ISAL_INCORRECT_CHECKSUM:
		return "incorrect data check";
	default:
		return NULL;
	}
}

static enum unpack_status step_gzip(void *context, struct unpack_io *io, const char **problem)
{
	struct inflate_state *state = context;
	uint32_t in = io->in_left < UINT_MAX ? (uint32_t)io->in_left : UINT_MAX;
	uint32_t out = io->out_left < UINT_MAX ? (uint32_t)io->out_left : UINT_MAX;
	int status;

	state->next_in = (uint8_t *)io->in;
	state->avail_in = in;
	state->next_out = io->out;
	state->avail_out = out;
	status = isal_inflate(state);
	io->in += in - state->avail_in;
	io->in_left -= in - state->avail_in;
	io->out += out - state->avail_out;
	io->out_left -= out - state->avail_out;
	if (status < 0 || status == ISAL_NEED_DICT) {
		*problem = problem_of(status);
		return UNPACK_BROKEN;
	}
	if (state->block_state != ISAL_BLOCK_FINISH)
		return UNPACK_MORE;
	isal_inflate_reset(state);
	return UNPACK_MEMBER_END;
}

static void stop_gzip(void *state)
{
	free(state);
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
