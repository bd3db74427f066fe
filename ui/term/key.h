/* SPDX-License-Identifier: MIT */
/*
 * Keys as numbers: a printable character is its code point, ^A..^Z are 1..26
 * and keys with a name stand above Unicode. Names are those of the key table,
 * of the help pane and of the manual: j, ^D, PgDn, S-Tab, Space.
 */
#ifndef UI_TERM_KEY_H
#define UI_TERM_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum named_key {
	NAMED_UP = 0x110000,
	NAMED_DOWN,
	NAMED_LEFT,
	NAMED_RIGHT,
	NAMED_HOME,
	NAMED_END,
	NAMED_PAGE_UP,
	NAMED_PAGE_DOWN,
	NAMED_DELETE,
	NAMED_BACKSPACE,
	NAMED_ENTER,
	NAMED_ESCAPE,
	NAMED_TAB,
	NAMED_BACKTAB,
	NAMED_F1,
	NAMED_CLICK,
	NAMED_WHEEL_UP,
	NAMED_WHEEL_DOWN,
	NAMED_NONE, /* no key at all */
};

#define KEY_NAME_SIZE 16

/* key_control('C') is what ^C gives. */
static inline uint32_t key_control(char letter)
{
	return (uint32_t)(letter & 0x1f);
}

/* True for a key that writes a character. */
static inline bool key_is_text(uint32_t key)
{
	return key >= 0x20 && key != 0x7f && key < NAMED_UP;
}

/* The key of a name of `length` bytes, NAMED_NONE if there is no such key. */
uint32_t key_parse(const char *name, size_t length);

/* The name of a key; returns name. */
const char *key_print(uint32_t key, char name[KEY_NAME_SIZE]);

#endif
