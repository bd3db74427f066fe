/* SPDX-License-Identifier: MIT */
/*
 * Text in UTF-16, which PowerShell makes of what it redirects (>), as UTF-8.
 * It begins with a byte order mark, whose order of bytes holds for all.
 */
#include "source/unpacker.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/utf8.h"

struct utf16 {
	bool big;  /* the first byte of a unit is its upper one */
	bool half; /* `first` is such a byte */
	unsigned char first;
	uint32_t high; /* the first of two surrogates; 0: none */
	bool started;  /* the byte order mark is behind us */
	char out[8];   /* what had no room */
	size_t out_at, out_length;
};

static void *start_little(void)
{
	return alloc_zero(1, sizeof(struct utf16));
}

static void *start_big(void)
{
	struct utf16 *state = alloc_zero(1, sizeof(*state));

	state->big = true;
	return state;
}

static void encode(struct utf16 *state, uint32_t rune)
{
	state->out_length += utf8_encode(rune, state->out + state->out_length);
}

/* A unit is a character, or half of one; half a character alone is broken text. */
static void take_unit(struct utf16 *state, uint32_t unit)
{
	if (!state->started && unit == 0xfeff) {
		state->started = true;
		return;
	}
	state->started = true;
	if (state->high && (unit & 0xfc00) == 0xdc00) {
		encode(state, 0x10000 + ((state->high & 0x3ff) << 10) + (unit & 0x3ff));
		state->high = 0;
		return;
	}
	if (state->high)
		encode(state, UTF8_BROKEN);
	state->high = (unit & 0xfc00) == 0xd800 ? unit : 0;
	if (!state->high)
		encode(state, (unit & 0xfc00) == 0xdc00 ? UTF8_BROKEN : unit);
}

static void drain(struct utf16 *state, struct unpack_io *io)
{
	while (state->out_at < state->out_length && io->out_left) {
		*io->out++ = (unsigned char)state->out[state->out_at++];
		io->out_left--;
	}
	if (state->out_at == state->out_length)
		state->out_at = state->out_length = 0;
}

/* Text may end anywhere: each step that has read all of its input is an end. */
static enum unpack_status step_utf16(void *data, struct unpack_io *io, const char **problem)
{
	struct utf16 *state = data;

	(void)problem;
	drain(state, io);
	while (io->in_left && io->out_left) {
		unsigned char byte = *io->in++;

		io->in_left--;
		if (state->half)
			take_unit(state, state->big ? (uint32_t)state->first << 8 | byte
						    : (uint32_t)byte << 8 | state->first);
		state->first = byte;
		state->half = !state->half;
		drain(state, io);
	}
	return io->in_left || state->out_length ? UNPACK_MORE : UNPACK_MEMBER_END;
}

const struct unpacker unpacker_utf16 = {
	.name = "UTF-16",
	.magic = "\xff\xfe",
	.magic_length = 2,
	.command = "iconv -f UTF-16 -t UTF-8 FILE",
	.start = start_little,
	.step = step_utf16,
	.stop = free,
};

const struct unpacker unpacker_utf16_big = {
	.name = "UTF-16",
	.magic = "\xfe\xff",
	.magic_length = 2,
	.command = "iconv -f UTF-16 -t UTF-8 FILE",
	.start = start_big,
	.step = step_utf16,
	.stop = free,
};
