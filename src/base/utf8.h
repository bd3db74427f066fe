/* SPDX-License-Identifier: MIT */
/* UTF-8: decoding of untrusted bytes and what must not reach a terminal. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_BROKEN 0xfffdu /* what utf8_decode returns for a byte that starts no sequence */
#define UTF8_ESCAPE_SIZE 16

/*
 * Decodes the first character of length > 0 bytes; returns its size, 1..4. A
 * byte that starts no valid sequence gives size 1 and UTF8_BROKEN.
 */
size_t utf8_decode(const char *bytes, size_t length, uint32_t *rune);

/* Encodes rune into at most 4 bytes (no NUL behind them); returns the size. */
size_t utf8_encode(uint32_t rune, char *bytes);

/* Characters in a string; a broken byte counts as one. */
size_t utf8_count(const char *text);

/* For printf's %*s, which pads by bytes: the width in which text fills `width` characters. */
int utf8_width(const char *text, int width);

/* C0, DEL, C1, U+2028/9, bidi and zero-width controls, surrogates and non-characters. */
bool utf8_is_hostile(uint32_t rune);

/*
 * The visible escape of one decoded character (size and rune as utf8_decode
 * gave them): \n, \t, \x1b, \u202e. False when the character is harmless.
 */
bool utf8_escape(const char *bytes, size_t size, uint32_t rune, char escape[UTF8_ESCAPE_SIZE]);

#endif
