/* SPDX-License-Identifier: MIT */
#include "transform/secret_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"

/* Characters that look like a letter of ASCII; those of Latin are in order from U+00C0 and U+0100 on. */
static const char latin_1[] = "AAAAAAACEEEEIIIIDNOOOOO*OUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty";
static const char latin_a[] = "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLl"
			      "NnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

static const struct {
	uint32_t rune;
	char letter;
} look_alikes[] = {
	{0x3b1, 'a'},  {0x3b5, 'e'},  {0x3b9, 'i'},   {0x3ba, 'k'},   {0x3bd, 'v'},  {0x3bf, 'o'},
	{0x3c1, 'p'},  {0x3c4, 't'},  {0x3c5, 'u'},   {0x3c7, 'x'},   {0x391, 'A'},  {0x392, 'B'},
	{0x395, 'E'},  {0x396, 'Z'},  {0x397, 'H'},   {0x399, 'I'},   {0x39a, 'K'},  {0x39c, 'M'},
	{0x39d, 'N'},  {0x39f, 'O'},  {0x3a1, 'P'},   {0x3a4, 'T'},   {0x3a5, 'Y'},  {0x3a7, 'X'},
	{0x410, 'A'},  {0x412, 'B'},  {0x415, 'E'},   {0x41a, 'K'},   {0x41c, 'M'},  {0x41d, 'H'},
	{0x41e, 'O'},  {0x420, 'P'},  {0x421, 'C'},   {0x422, 'T'},   {0x425, 'X'},  {0x430, 'a'},
	{0x432, 'b'},  {0x435, 'e'},  {0x43a, 'k'},   {0x43c, 'm'},   {0x43d, 'h'},  {0x43e, 'o'},
	{0x440, 'p'},  {0x441, 'c'},  {0x442, 't'},   {0x443, 'y'},   {0x445, 'x'},  {0x455, 's'},
	{0x456, 'i'},  {0x458, 'j'},  {0x501, 'd'},   {0x51b, 'q'},   {0x51d, 'w'},  {0x261, 'g'},
	{0x131, 'i'},  {0x1c3, '!'},  {0x2215, '/'},  {0x2044, '/'},  {0x2236, ':'}, {0xa789, ':'},
	{0x2192, '='}, {0x21d2, '='}, {0x254, 'o'},   {0x1d0f, 'o'},  {0x2010, '-'}, {0x2011, '-'},
	{0x2013, '-'}, {0x2014, '-'}, {0x2018, '\''}, {0x2019, '\''}, {0x201c, '"'}, {0x201d, '"'},
};

/* Combining marks and what takes no room, which no reader sees. */
static bool is_invisible(uint32_t rune)
{
	return rune == 0xad || (rune >= 0x300 && rune <= 0x36f) || rune == 0x34f || rune == 0x61c ||
	       (rune >= 0x180b && rune <= 0x180e) || (rune >= 0x200b && rune <= 0x200f) ||
	       (rune >= 0x202a && rune <= 0x202e) || (rune >= 0x2060 && rune <= 0x206f) ||
	       (rune >= 0xfe00 && rune <= 0xfe0f) || rune == 0xfeff ||
	       (rune >= 0xe0000 && rune <= 0xe01ef);
}

static bool is_space(uint32_t rune)
{
	return rune == 0x85 || rune == 0xa0 || rune == 0x1680 ||
	       (rune >= 0x2000 && rune <= 0x200a) || rune == 0x2028 || rune == 0x2029 ||
	       rune == 0x202f || rune == 0x205f || rune == 0x3000;
}

/* What it looks like, as NFKC and the table of confusables have it. */
static char fold(uint32_t rune)
{
	if (rune < 0x80)
		return rune == SECRET_LETTER ? ' ' : (char)rune;
	if (is_space(rune))
		return ' ';
	if (rune >= 0xc0 && rune <= 0xff)
		return latin_1[rune - 0xc0];
	if (rune >= 0x100 && rune < 0x100 + sizeof(latin_a) - 1)
		return latin_a[rune - 0x100];
	if (rune >= 0xff01 && rune <= 0xff5e)
		return (char)(rune - 0xff01 + '!');
	/* Alphabets of mathematics, each with capitals first; digits behind them. */
	if (rune >= 0x1d400 && rune <= 0x1d6a3)
		return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[(rune - 0x1d400) %
									      52];
	if (rune >= 0x1d7ce && rune <= 0x1d7ff)
		return (char)('0' + (rune - 0x1d7ce) % 10);
	if (rune >= 0x24b6 && rune <= 0x24e9)
		return (char)((rune - 0x24b6) % 26 + 'a');
	for (size_t i = 0; i < sizeof(look_alikes) / sizeof(*look_alikes); i++)
		if (look_alikes[i].rune == rune)
			return look_alikes[i].letter;
	return SECRET_LETTER;
}

static int hex_value(const char *at, size_t digits)
{
	int value = 0;

	for (size_t i = 0; i < digits; i++) {
		int digit = secret_is_digit(at[i])         ? at[i] - '0'
			    : at[i] >= 'a' && at[i] <= 'f' ? at[i] - 'a' + 10
			    : at[i] >= 'A' && at[i] <= 'F' ? at[i] - 'A' + 10
							   : -1;

		if (digit < 0)
			return -1;
		value = value * 16 + digit;
	}
	return value;
}

/*
 * A character of ASCII spelled as %3D, %253D (encoded twice), \x3d, \u003d, \n
 * or \": its length, 0 if none is there. A Windows path has backslashes too,
 * so only these few letters count behind one.
 */
static size_t find_escape(const char *at, size_t length, uint32_t *rune)
{
	size_t digits = at[0] == '%' ? 2 : length > 1 && at[1] == 'u' ? 4 : 2;
	size_t first = at[0] == '%' ? 1 : 2;
	int value;

	if (at[0] != '%' && (at[0] != '\\' || length < 2))
		return 0;
	if (at[0] == '\\' && (at[1] == '"' || at[1] == '\'')) {
		*rune = (unsigned char)at[1];
		return 2;
	}
	if (at[0] == '\\' && at[1] != 'x' && at[1] != 'u')
		return 0;
	while (at[0] == '%' && length >= first + 4 && at[first] == '2' && at[first + 1] == '5')
		first += 2;
	if (length < first + digits)
		return 0;
	value = hex_value(at + first, digits);
	if (value < 0 || value >= 0x80)
		return 0;
	*rune = (uint32_t)value;
	return first + digits;
}

void secret_text_init(struct secret_text *text, const char *string, size_t length)
{
	size_t at = 0, size;

	text->chars = alloc(length + 1);
	text->start = alloc((length + 1) * sizeof(*text->start));
	text->count = 0;
	for (; at < length; at += size) {
		uint32_t rune;

		size = find_escape(string + at, length - at, &rune);
		if (!size) {
			size = utf8_decode(string + at, length - at, &rune);
			if (is_invisible(rune) || (size == 1 && rune == UTF8_BROKEN))
				continue;
		}
		text->start[text->count] = (uint32_t)at;
		text->chars[text->count++] = fold(rune);
	}
	text->start[text->count] = (uint32_t)length;
	text->chars[text->count] = '\0';
	/* What is invisible in front of all others belongs to the first. */
	text->start[0] = 0;
}

void secret_text_clear(struct secret_text *text)
{
	free(text->chars);
	free(text->start);
	*text = (struct secret_text){0};
}

bool secret_text_has(const struct secret_text *text, size_t at, const char *word)
{
	size_t i = 0;

	while (word[i] && secret_lower(secret_char(text, at + i)) == word[i])
		i++;
	return !word[i];
}
