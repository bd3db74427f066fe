/* SPDX-License-Identifier: MIT */
#define NCURSES_WIDECHAR 1

#include "ui/term/terminal_key.h"

#include <curses.h>

#include "base/array.h"
#include "ui/term/key.h"

static const struct {
	const char *bytes;
	int curses;
} spellings[] = {
	{"\033[A", KEY_UP},     {"\033OA", KEY_UP},     {"\033[B", KEY_DOWN},
	{"\033OB", KEY_DOWN},   {"\033[C", KEY_RIGHT},  {"\033OC", KEY_RIGHT},
	{"\033[D", KEY_LEFT},   {"\033OD", KEY_LEFT},   {"\033[H", KEY_HOME},
	{"\033OH", KEY_HOME},   {"\033[1~", KEY_HOME},  {"\033[7~", KEY_HOME},
	{"\033[F", KEY_END},    {"\033OF", KEY_END},    {"\033[4~", KEY_END},
	{"\033[8~", KEY_END},   {"\033[5~", KEY_PPAGE}, {"\033[6~", KEY_NPAGE},
	{"\033[3~", KEY_DC},    {"\033[Z", KEY_BTAB},   {"\033OP", KEY_F(1)},
	{"\033[11~", KEY_F(1)}, {"\033[[A", KEY_F(1)},  {"\033OM", KEY_ENTER},
};

static const struct {
	int curses;
	uint32_t key;
} translations[] = {
	{KEY_UP, NAMED_UP},         {KEY_DOWN, NAMED_DOWN},
	{KEY_LEFT, NAMED_LEFT},     {KEY_RIGHT, NAMED_RIGHT},
	{KEY_HOME, NAMED_HOME},     {KEY_END, NAMED_END},
	{KEY_PPAGE, NAMED_PAGE_UP}, {KEY_NPAGE, NAMED_PAGE_DOWN},
	{KEY_DC, NAMED_DELETE},     {KEY_BACKSPACE, NAMED_BACKSPACE},
	{KEY_ENTER, NAMED_ENTER},   {KEY_BTAB, NAMED_BACKTAB},
	{KEY_F(1), NAMED_F1},
};

static uint32_t translate_code(wint_t code)
{
	for (size_t i = 0; i < COUNT(translations); i++)
		if ((wint_t)translations[i].curses == code)
			return translations[i].key;
	return NAMED_NONE;
}

static uint32_t translate_character(wint_t character)
{
	switch (character) {
	case '\r':
	case '\n':
		return NAMED_ENTER;
	case '\t':
		return NAMED_TAB;
	case '\b':
	case 0x7f:
		return NAMED_BACKSPACE;
	case 0x1b:
		return NAMED_ESCAPE;
	default:
		return (uint32_t)character;
	}
}

void terminal_key_define(void)
{
	for (size_t i = 0; i < COUNT(spellings); i++) {
		int known = key_defined(spellings[i].bytes);

		/* What an extended description has is no key of ours. */
		if (known == 0 || (known > 0 && translate_code((wint_t)known) == NAMED_NONE))
			define_key(spellings[i].bytes, spellings[i].curses);
	}
}

uint32_t terminal_key_translate(bool is_code, wint_t value)
{
	return is_code ? translate_code(value) : translate_character(value);
}
