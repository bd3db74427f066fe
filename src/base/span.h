/* SPDX-License-Identifier: MIT */
/*
 * A piece of text owned by someone else, and the small steps for parsing text
 * formats: take what is expected from the front, or leave the span alone.
 * Character classes are ASCII, whatever the locale.
 */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct span {
	const char *at, *end;
};

static inline size_t span_length(struct span span)
{
	return (size_t)(span.end - span.at);
}

static inline bool span_is_empty(struct span span)
{
	return span.at == span.end;
}

static inline bool char_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* As in the formats' grammars, a vertical tab is not a space. */
static inline bool char_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static inline bool char_is_hex(char c)
{
	return char_is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f');
}

struct span span_of(const char *text);

/* Removes white space at both ends. */
struct span span_trim(struct span span);

bool span_equals(struct span span, const char *text);
bool span_starts(struct span span, const char *prefix);

/* Returns the first occurrence of the text in the span, or NULL. */
const char *span_find(struct span span, const char *text);

/* True for an empty line, a line of white space and a line that starts with #. */
bool span_is_comment(struct span line);

/* Takes `literal` from the front; if it is not there, returns false and takes nothing. */
bool span_take(struct span *span, const char *literal);

/* Take the longest, possibly empty, run of a class from the front. */
struct span span_take_digits(struct span *span);
struct span span_take_hex(struct span *span);
struct span span_take_word(struct span *span); /* up to white space */
size_t span_skip_blanks(struct span *span);    /* ' ' only; how many */
size_t span_skip_space(struct span *span);

/* Takes the next line, without its line end. False at the end of the text. */
bool span_take_line(struct span *text, struct span *line);

/* Parse the whole span as a number. False if it is not a number or does not fit. */
bool span_decimal(struct span span, int64_t *value);    /* -?[0-9]+ */
bool span_hex(struct span span, uint64_t *value);       /* hex digits without 0x */
bool span_any_number(struct span span, int64_t *value); /* Go's base 0: 12, 0x1f, 017, 0b1 */

/* Takes everything through the next 0x[0-9a-f]+ and returns its digits. False if there is none. */
bool span_take_address(struct span *span, struct span *digits);

#endif
