/* SPDX-License-Identifier: MIT */
#include "source/unwrap.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"

struct unwrap {
	struct text opening; /* "\"member\":\"" without blanks */
	size_t seen;         /* bytes of it that have come */
	bool inside, whole;
	unsigned held, bits; /* of base64 */
};

struct unwrap *unwrap_new(const char *member)
{
	struct unwrap *unwrap = alloc_zero(1, sizeof(*unwrap));

	text_printf(&unwrap->opening, "\"%s\":\"", member);
	return unwrap;
}

void unwrap_free(struct unwrap *unwrap)
{
	if (!unwrap)
		return;
	text_clear(&unwrap->opening);
	free(unwrap);
}

/* Blanks may stand around the colon. */
static void seek(struct unwrap *unwrap, char c)
{
	const char *opening = unwrap->opening.bytes;

	if (unwrap->seen + 2 >= unwrap->opening.length && strchr(" \t\r\n", c))
		return;
	if (c == opening[unwrap->seen])
		unwrap->seen++;
	else
		unwrap->seen = c == opening[0];
	unwrap->inside = unwrap->seen == unwrap->opening.length;
}

static int value_of(char c)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

size_t unwrap_take(struct unwrap *unwrap, char *bytes, size_t length)
{
	size_t made = 0;

	for (size_t i = 0; i < length && !unwrap->whole; i++) {
		char c = bytes[i];
		int value;

		if (!unwrap->inside) {
			seek(unwrap, c);
			continue;
		}
		if (c == '"') {
			unwrap->whole = true;
			break;
		}
		/* Padding, and a backslash in front of a slash, hold nothing. */
		value = value_of(c);
		if (value < 0)
			continue;
		unwrap->held = (unwrap->held << 6 | (unsigned)value) & 0xffff;
		unwrap->bits += 6;
		if (unwrap->bits < 8)
			continue;
		unwrap->bits -= 8;
		bytes[made++] = (char)(unwrap->held >> unwrap->bits);
	}
	return made;
}

bool unwrap_is_whole(const struct unwrap *unwrap)
{
	return unwrap->whole;
}
