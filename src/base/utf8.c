/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"

size_t utf8_decode(const char *bytes, size_t length, uint32_t *rune)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	const unsigned char *p = (const unsigned char *)bytes;
	size_t size;
	uint32_t value;

	if (p[0] < 0x80) {
		*rune = p[0];
		return 1;
	}
	*rune = UTF8_BROKEN;
	if (p[0] >= 0xc2 && p[0] < 0xe0) {
		size = 2;
		value = p[0] & 0x1f;
	} else if (p[0] >= 0xe0 && p[0] < 0xf0) {
		size = 3;
		value = p[0] & 0x0f;
	} else if (p[0] >= 0xf0 && p[0] < 0xf5) {
		size = 4;
		value = p[0] & 0x07;
	} else {
		return 1;
	}
	if (size > length)
		return 1;
	for (size_t i = 1; i < size; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 1;
		value = value << 6 | (p[i] & 0x3f);
	}
	if (value < least[size] || value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
		return 1;
	*rune = value;
	return size;
}

size_t utf8_encode(uint32_t rune, char *bytes)
{
	if (rune < 0x80) {
		bytes[0] = (char)rune;
		return 1;
	}
	if (rune < 0x800) {
		bytes[0] = (char)(0xc0 | rune >> 6);
		bytes[1] = (char)(0x80 | (rune & 0x3f));
		return 2;
	}
	if (rune < 0x10000) {
		bytes[0] = (char)(0xe0 | rune >> 12);
		bytes[1] = (char)(0x80 | (rune >> 6 & 0x3f));
		bytes[2] = (char)(0x80 | (rune & 0x3f));
		return 3;
	}
	bytes[0] = (char)(0xf0 | rune >> 18);
	bytes[1] = (char)(0x80 | (rune >> 12 & 0x3f));
	bytes[2] = (char)(0x80 | (rune >> 6 & 0x3f));
	bytes[3] = (char)(0x80 | (rune & 0x3f));
	return 4;
}

bool utf8_is_hostile(uint32_t rune)
{
	/* Ranges of what moves the cursor, reorders the line or hides inside it. */
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{0x00, 0x1f},     {0x7f, 0x9f},     {0xad, 0xad},     {0x61c, 0x61c},
		{0x180e, 0x180e}, {0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f},
		{0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xfffe, 0xffff}, {0xe0000, 0xe0fff},
	};

	if (rune >= 0x20 && rune < 0x7f)
		return false;
	for (size_t i = 0; i < COUNT(ranges); i++)
		if (rune >= ranges[i].first && rune <= ranges[i].last)
			return true;
	return (rune & 0xfffe) == 0xfffe;
}

bool utf8_escape(const char *bytes, size_t size, uint32_t rune, char escape[UTF8_ESCAPE_SIZE])
{
	if (size == 1 && (unsigned char)bytes[0] >= 0x80) {
		snprintf(escape, UTF8_ESCAPE_SIZE, "\\x%02x", (unsigned char)bytes[0]);
		return true;
	}
	if (!utf8_is_hostile(rune))
		return false;
	if (rune == '\n' || rune == '\t' || rune == '\r')
		snprintf(escape, UTF8_ESCAPE_SIZE, "\\%c",
			 rune == '\n'   ? 'n'
			 : rune == '\t' ? 't'
					: 'r');
	else if (rune < 0x100)
		snprintf(escape, UTF8_ESCAPE_SIZE, "\\x%02x", (unsigned)rune);
	else
		snprintf(escape, UTF8_ESCAPE_SIZE, rune > 0xffff ? "\\U%08x" : "\\u%04x",
			 (unsigned)rune);
	return true;
}

size_t utf8_count(const char *text)
{
	size_t length = strlen(text), count = 0;
	uint32_t rune;

	for (size_t at = 0; at < length; at += utf8_decode(text + at, length - at, &rune))
		count++;
	return count;
}

int utf8_width(const char *text, int width)
{
	return width + (int)(strlen(text) - utf8_count(text));
}
