/* SPDX-License-Identifier: MIT */
#include "format/quoted.h"

#include <string.h>

#include "base/utf8.h"

/* The character that a letter behind a backslash stands for; 0 if it stands for itself. */
static char simple_escape(char letter)
{
	static const char letters[] = "abfnrtv", characters[] = "\a\b\f\n\r\t\v";
	const char *at = letter ? strchr(letters, letter) : NULL;

	return at ? characters[at - letters] : 0;
}

/* \x and two digits are a byte, \u and four or \U and eight a character. */
static bool take_coded(struct span *quoted, struct text *out)
{
	size_t width = span_take(quoted, "x")   ? 2
		       : span_take(quoted, "u") ? 4
		       : span_take(quoted, "U") ? 8
						: 0;
	struct span digits = {quoted->at, quoted->at + width};
	uint64_t code;
	char bytes[4];

	if (!width || span_length(*quoted) < width || !span_hex(digits, &code))
		return false;
	quoted->at += width;
	if (width == 2)
		text_add_char(out, (char)code);
	else
		text_add(out, bytes, utf8_encode(code > 0x10ffff ? 0xfffd : (uint32_t)code, bytes));
	return true;
}

bool span_take_quoted(struct span *span, struct text *out)
{
	text_reset(out);
	if (!span_take(span, "\""))
		return false;
	while (!span_is_empty(*span) && *span->at != '"') {
		char c = *span->at++;

		if (c != '\\') {
			text_add_char(out, c);
			continue;
		}
		if (take_coded(span, out))
			continue;
		if (span_is_empty(*span))
			return false;
		c = simple_escape(*span->at);
		text_add_char(out, c ? c : *span->at);
		span->at++;
	}
	return span_take(span, "\"");
}
