/* SPDX-License-Identifier: MIT */
/*
 * A string as whoever looks for secrets reads it: one character for each that
 * counts, however it was spelled, and where in the string it stands.
 *
 *     Password<zero width space>=x     Password=x
 *     token%3Dx, token\u003dx          token=x
 *     full-width, accents, look-alikes of other alphabets: the ASCII letter
 */
#ifndef TRANSFORM_SECRET_TEXT_H
#define TRANSFORM_SECRET_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SECRET_LETTER '\x7f' /* a character outside ASCII that looks like none in it */

struct secret_text {
	char *chars;     /* ASCII or SECRET_LETTER; ends with a NUL that does not count */
	uint32_t *start; /* by character: its first byte in the string; and one for the end */
	size_t count;
};

/* length: less than 4 GB. What has no width and bytes that are no UTF-8 belong to the character before. */
void secret_text_init(struct secret_text *text, const char *string, size_t length);
void secret_text_clear(struct secret_text *text);

/* The character at a place, '\0' behind the end. */
static inline char secret_char(const struct secret_text *text, size_t at)
{
	return at < text->count ? text->chars[at] : '\0';
}

/* Does this word, which is in lower case, stand there in any case? */
bool secret_text_has(const struct secret_text *text, size_t at, const char *word);

static inline bool secret_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool secret_is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static inline bool secret_is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static inline bool secret_is_word(char c)
{
	return secret_is_digit(c) || secret_is_upper(c) || secret_is_lower(c) || c == SECRET_LETTER;
}

/* Blanks, line breaks, NUL within the string. */
static inline bool secret_is_blank(const struct secret_text *text, size_t at)
{
	return at < text->count && (unsigned char)text->chars[at] <= ' ';
}

static inline char secret_lower(char c)
{
	return secret_is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

#endif
