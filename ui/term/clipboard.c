/* SPDX-License-Identifier: MIT */
#include "ui/term/clipboard.h"

#include <stdbool.h>
#include <string.h>

#define START "\033]52;c;"
#define END "\a"
#define PASS "\033P"
#define PASS_END "\033\\"
#define PIECE 240 /* bytes; GNU screen forgets a string of 768 and older ones of 256 */

static bool starts(const char *text, const char *start)
{
	return text && !strncmp(text, start, strlen(start));
}

enum clipboard_way clipboard_way(const char *term, const char *tmux)
{
	if (!term || !strcmp(term, "linux") || !strcmp(term, "dumb") || starts(term, "vt"))
		return CLIPBOARD_NONE;
	if ((tmux && *tmux) || starts(term, "tmux"))
		return CLIPBOARD_TMUX;
	return starts(term, "screen") ? CLIPBOARD_SCREEN : CLIPBOARD_PLAIN;
}

size_t clipboard_fit(const char *text, size_t length)
{
	if (length <= CLIPBOARD_LIMIT)
		return length;
	length = CLIPBOARD_LIMIT;
	while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80)
		length--;
	return length;
}

static void add_base64(struct text *out, const unsigned char *bytes, size_t length)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t at = 0; at < length; at += 3) {
		unsigned value = (unsigned)bytes[at] << 16;

		value |= at + 1 < length ? (unsigned)bytes[at + 1] << 8 : 0;
		value |= at + 2 < length ? (unsigned)bytes[at + 2] : 0;
		text_add_char(out, digits[value >> 18]);
		text_add_char(out, digits[value >> 12 & 63]);
		text_add_char(out, at + 1 < length ? digits[value >> 6 & 63] : '=');
		text_add_char(out, at + 2 < length ? digits[value & 63] : '=');
	}
}

/* tmux takes one string, with every escape in it doubled. */
static void add_for_tmux(struct text *out, const struct text *plain)
{
	text_add_string(out, PASS "tmux;");
	for (size_t i = 0; i < plain->length; i++) {
		if (plain->bytes[i] == '\033')
			text_add_char(out, '\033');
		text_add_char(out, plain->bytes[i]);
	}
	text_add_string(out, PASS_END);
}

static void add_for_screen(struct text *out, const struct text *plain)
{
	for (size_t at = 0; at < plain->length; at += PIECE) {
		size_t left = plain->length - at;

		text_add_string(out, PASS);
		text_add(out, plain->bytes + at, left < PIECE ? left : PIECE);
		text_add_string(out, PASS_END);
	}
}

void clipboard_add(enum clipboard_way way, const char *text, size_t length, struct text *sequence)
{
	struct text plain = {0};

	text_add_string(&plain, START);
	add_base64(&plain, (const unsigned char *)text, length);
	text_add_string(&plain, END);
	if (way == CLIPBOARD_PLAIN || way == CLIPBOARD_TMUX)
		text_add(sequence, plain.bytes, plain.length);
	if (way == CLIPBOARD_TMUX)
		add_for_tmux(sequence, &plain);
	if (way == CLIPBOARD_SCREEN)
		add_for_screen(sequence, &plain);
	text_clear(&plain);
}
