/* SPDX-License-Identifier: MIT */
#include "base/punycode.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

enum {
	BASE = 36,
	LEAST = 1,
	MOST = 26,
	SKEW = 38,
	DAMP = 700,
};

struct state {
	uint32_t runes[PUNYCODE_LONGEST];
	size_t count;
	int64_t place, rune, bias;
};

/* The value of a digit; -1 if it is none. */
static int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0' + 26;
	if (c >= 'a' && c <= 'z')
		return c - 'a';
	return c >= 'A' && c <= 'Z' ? c - 'A' : -1;
}

/* One number with digits that weigh more and more, added to the place. False if it is none. */
static bool read_number(struct state *state, const char **at, const char *end)
{
	int64_t weight = 1;

	for (int64_t k = BASE;; k += BASE) {
		int digit = *at < end ? digit_of(*(*at)++) : -1;
		int64_t threshold = k <= state->bias         ? LEAST
				    : k > state->bias + MOST ? MOST
							     : k - state->bias;

		if (digit < 0)
			return false;
		state->place += digit * weight;
		if (digit < threshold)
			return true;
		if (weight >= INT32_MAX / BASE)
			return false;
		weight *= BASE - threshold;
	}
}

static void adapt(struct state *state, int64_t old_place)
{
	int64_t delta = state->place - old_place, k = 0;

	delta /= old_place == 0 ? DAMP : 2;
	delta += delta / (int64_t)(state->count + 1);
	while (delta > (BASE - LEAST) * MOST / 2) {
		delta /= BASE - LEAST;
		k += BASE;
	}
	state->bias = k + (BASE - LEAST + 1) * delta / (delta + SKEW);
}

/* Puts the next character in where it belongs. */
static bool insert(struct state *state)
{
	int64_t count = (int64_t)state->count + 1;

	state->rune += state->place / count;
	state->place %= count;
	if (state->rune > 0x10ffff || (state->rune >= 0xd800 && state->rune < 0xe000) ||
	    state->count == PUNYCODE_LONGEST)
		return false;
	memmove(state->runes + state->place + 1, state->runes + state->place,
		(state->count - (size_t)state->place) * sizeof(*state->runes));
	state->runes[state->place++] = (uint32_t)state->rune;
	state->count++;
	return true;
}

bool punycode_decode(const char *bytes, size_t length, struct text *text)
{
	struct state state = {.rune = 128, .bias = 72};
	const char *at = bytes, *end = bytes + length, *plain = memrchr(bytes, '_', length);
	char encoded[4];

	if (length > PUNYCODE_LONGEST)
		return false;
	while (plain && at < plain)
		state.runes[state.count++] = (unsigned char)*at++;
	at += plain != NULL;
	while (at < end) {
		int64_t old_place = state.place;

		if (!read_number(&state, &at, end))
			return false;
		adapt(&state, old_place);
		if (!insert(&state))
			return false;
	}
	for (size_t i = 0; i < state.count; i++)
		text_add(text, encoded, utf8_encode(state.runes[i], encoded));
	return true;
}
