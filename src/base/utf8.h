/* SPDX-License-Identifier: MIT */
/* UTF-8: decodes untrusted bytes and knows what must not reach a terminal. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_BROKEN 0xfffdu /* what utf8_decode gives for a byte that starts no valid sequence */
#define UTF8_ESCAPE_SIZE 16

/*
 * Decodes the first character of length > 0 bytes; returns its size, 1..4. A
 * byte that starts no valid sequence gives size 1 and UTF8_BROKEN.
 */
size_t utf8_decode(const char *bytes, size_t length, uint32_t *rune);

/* Encodes a character into at most 4 bytes, without a NUL; returns the size. */
size_t utf8_encode(uint32_t rune, char *bytes);

/* The number of characters in a string; an invalid byte counts as one. */
size_t utf8_count(const char *text);

/* The width for printf's %*s, which pads by bytes, so that the text fills `width` characters. */
int utf8_width(const char *text, int width);

/* C0, DEL, C1, U+2028/9, bidi and zero-width controls, surrogates and non-characters. */
bool utf8_is_hostile(uint32_t rune);

/*
 * Writes the visible escape of a decoded character (size and rune from
 * utf8_decode): \n, \t, \x1b, \u202e. Returns false if the character is harmless.
 */
bool utf8_escape(const char *bytes, size_t size, uint32_t rune, char escape[UTF8_ESCAPE_SIZE]);

#endif
