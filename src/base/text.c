/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"

void text_add(struct text *text, const char *bytes, size_t length)
{
	array_reserve(text->bytes, text->capacity, text->length + length + 1);
	if (length) /* bytes may be NULL then */
		memcpy(text->bytes + text->length, bytes, length);
	text->length += length;
	text->bytes[text->length] = '\0';
}

void text_add_string(struct text *text, const char *string)
{
	text_add(text, string, strlen(string));
}

void text_add_char(struct text *text, char c)
{
	text_add(text, &c, 1);
}

void text_printf(struct text *text, const char *format, ...)
{
	va_list arguments, again;
	int length;

	va_start(arguments, format);
	va_copy(again, arguments);
	length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (length >= 0) {
		array_reserve(text->bytes, text->capacity, text->length + (size_t)length + 1);
		vsnprintf(text->bytes + text->length, (size_t)length + 1, format, again);
		text->length += (size_t)length;
	}
	va_end(again);
}

void text_reset(struct text *text)
{
	text->length = 0;
	if (text->bytes)
		text->bytes[0] = '\0';
}

void text_clear(struct text *text)
{
	free(text->bytes);
	*text = (struct text){0};
}

const char *text_string(const struct text *text)
{
	return text->bytes ? text->bytes : "";
}

void text_add_sanitized(struct text *text, const char *bytes, size_t length, bool lines)
{
	size_t at = 0;

	while (at < length) {
		uint32_t rune;
		size_t size = utf8_decode(bytes + at, length - at, &rune);

		if (lines && (rune == '\n' || rune == '\t')) {
			text_add_char(text, (char)rune);
		} else if (size == 1 || utf8_is_hostile(rune)) {
			char escape[UTF8_ESCAPE_SIZE];

			if (utf8_escape(bytes + at, size, rune, escape))
				text_add_string(text, escape);
			else
				text_add(text, bytes + at, size);
		} else {
			text_add(text, bytes + at, size);
		}
		at += size;
	}
}
