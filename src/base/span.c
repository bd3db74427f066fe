/* SPDX-License-Identifier: MIT */
#include "base/span.h"

#include <string.h>

struct span span_of(const char *text)
{
	return (struct span){text, text + strlen(text)};
}

struct span span_trim(struct span span)
{
	while (span.at < span.end && char_is_space(*span.at))
		span.at++;
	while (span.at < span.end && char_is_space(span.end[-1]))
		span.end--;
	return span;
}

bool span_equals(struct span span, const char *text)
{
	return span_starts(span, text) && span_length(span) == strlen(text);
}

bool span_starts(struct span span, const char *prefix)
{
	return span_take(&span, prefix);
}

const char *span_find(struct span span, const char *text)
{
	return span_is_empty(span) ? NULL : memmem(span.at, span_length(span), text, strlen(text));
}

bool span_is_comment(struct span line)
{
	span_skip_space(&line);
	return span_is_empty(line) || *line.at == '#';
}

bool span_take(struct span *span, const char *literal)
{
	size_t length = strlen(literal);

	if (span_length(*span) < length || (length && memcmp(span->at, literal, length) != 0))
		return false;
	span->at += length;
	return true;
}

struct span span_take_digits(struct span *span)
{
	const char *start = span->at;

	while (span->at < span->end && char_is_digit(*span->at))
		span->at++;
	return (struct span){start, span->at};
}

struct span span_take_hex(struct span *span)
{
	const char *start = span->at;

	while (span->at < span->end && char_is_hex(*span->at))
		span->at++;
	return (struct span){start, span->at};
}

struct span span_take_word(struct span *span)
{
	const char *start = span->at;

	while (span->at < span->end && !char_is_space(*span->at))
		span->at++;
	return (struct span){start, span->at};
}

size_t span_skip_blanks(struct span *span)
{
	const char *start = span->at;

	while (span->at < span->end && *span->at == ' ')
		span->at++;
	return (size_t)(span->at - start);
}

size_t span_skip_space(struct span *span)
{
	const char *start = span->at;

	while (span->at < span->end && char_is_space(*span->at))
		span->at++;
	return (size_t)(span->at - start);
}

bool span_take_line(struct span *text, struct span *line)
{
	const char *newline;

	if (span_is_empty(*text))
		return false;
	newline = memchr(text->at, '\n', span_length(*text));
	*line = (struct span){text->at, newline ? newline : text->end};
	text->at = newline ? newline + 1 : text->end;
	if (!span_is_empty(*line) && line->end[-1] == '\r')
		line->end--;
	return true;
}

/* 0 ... 15 for digits and letters up to f, else 16. */
static unsigned digit_value(char c)
{
	if (char_is_digit(c))
		return (unsigned)(c - '0');
	return char_is_hex(c) ? (unsigned)((c | 32) - 'a') + 10 : 16;
}

static bool parse_unsigned(struct span digits, unsigned base, uint64_t *value)
{
	uint64_t result = 0;

	if (span_is_empty(digits))
		return false;
	for (; digits.at < digits.end; digits.at++) {
		unsigned digit = digit_value(*digits.at);

		if (digit >= base || __builtin_mul_overflow(result, base, &result) ||
		    __builtin_add_overflow(result, digit, &result))
			return false;
	}
	*value = result;
	return true;
}

static bool parse_signed(struct span digits, unsigned base, bool negative, int64_t *value)
{
	uint64_t magnitude;

	if (!parse_unsigned(digits, base, &magnitude) || magnitude > (uint64_t)INT64_MAX + negative)
		return false;
	*value = (int64_t)(negative ? 0 - magnitude : magnitude);
	return true;
}

bool span_decimal(struct span span, int64_t *value)
{
	bool negative = span_take(&span, "-");

	return parse_signed(span, 10, negative, value);
}

bool span_hex(struct span span, uint64_t *value)
{
	return parse_unsigned(span, 16, value);
}

bool span_any_number(struct span span, int64_t *value)
{
	bool negative = span_take(&span, "-");
	unsigned base = 10;

	if (!negative)
		span_take(&span, "+");
	if (span_take(&span, "0x") || span_take(&span, "0X"))
		base = 16;
	else if (span_take(&span, "0b") || span_take(&span, "0B"))
		base = 2;
	else if (span_take(&span, "0o") || span_take(&span, "0O") ||
		 (span_length(span) > 1 && span_take(&span, "0")))
		base = 8;
	return parse_signed(span, base, negative, value);
}

static bool is_address_digit(char c)
{
	return char_is_digit(c) || (c >= 'a' && c <= 'f');
}

bool span_take_address(struct span *span, struct span *digits)
{
	const char *at = span->at, *x;

	for (; (x = span_find((struct span){at, span->end}, "0x")); at = x + 1) {
		const char *end = x + 2;

		while (end < span->end && is_address_digit(*end))
			end++;
		if (end > x + 2) {
			*digits = (struct span){x + 2, end};
			span->at = end;
			return true;
		}
	}
	return false;
}
