/* SPDX-License-Identifier: MIT */
#include "ui/term/key.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"

static const struct {
	const char *name;
	uint32_t key;
} names[] = {
	{"Up", NAMED_UP},
	{"Down", NAMED_DOWN},
	{"Left", NAMED_LEFT},
	{"Right", NAMED_RIGHT},
	{"Home", NAMED_HOME},
	{"End", NAMED_END},
	{"PgUp", NAMED_PAGE_UP},
	{"PgDn", NAMED_PAGE_DOWN},
	{"Del", NAMED_DELETE},
	{"Backspace", NAMED_BACKSPACE},
	{"Enter", NAMED_ENTER},
	{"Esc", NAMED_ESCAPE},
	{"Tab", NAMED_TAB},
	{"S-Tab", NAMED_BACKTAB},
	{"F1", NAMED_F1},
	{"Click", NAMED_CLICK},
	{"WheelUp", NAMED_WHEEL_UP},
	{"WheelDown", NAMED_WHEEL_DOWN},
	{"Space", ' '},
};

/* Terminals send the same byte for both. */
static const struct {
	const char *name;
	uint32_t key;
} twins[] = {{"^H", NAMED_BACKSPACE}, {"^I", NAMED_TAB}, {"^J", NAMED_ENTER}, {"^M", NAMED_ENTER}};

uint32_t key_parse(const char *name, size_t length)
{
	uint32_t rune;

	for (size_t i = 0; i < COUNT(names); i++)
		if (strlen(names[i].name) == length && !memcmp(names[i].name, name, length))
			return names[i].key;
	for (size_t i = 0; length == 2 && i < COUNT(twins); i++)
		if (!memcmp(twins[i].name, name, 2))
			return twins[i].key;
	if (length == 2 && name[0] == '^' && name[1] >= 'A' && name[1] <= 'Z')
		return key_control(name[1]);
	if (length > 0 && utf8_decode(name, length, &rune) == length && key_is_text(rune))
		return rune;
	return NAMED_NONE;
}

const char *key_print(uint32_t key, char name[KEY_NAME_SIZE])
{
	for (size_t i = 0; i < COUNT(names); i++) {
		if (names[i].key == key) {
			snprintf(name, KEY_NAME_SIZE, "%s", names[i].name);
			return name;
		}
	}
	if (key < 0x20)
		snprintf(name, KEY_NAME_SIZE, "^%c", (char)(key + '@'));
	else if (key_is_text(key))
		name[utf8_encode(key, name)] = '\0';
	else
		name[0] = '\0';
	return name;
}
