/* SPDX-License-Identifier: MIT */
/*
 * Keys as curses knows them. Terminals send what xterm does, whatever $TERM
 * says on the machine at hand: what that has no name for is defined as well,
 * or else a Home would come as Esc, [ and H.
 */
#ifndef UI_TERM_TERMINAL_KEY_H
#define UI_TERM_TERMINAL_KEY_H

#include <stdbool.h>
#include <stdint.h>
#include <wchar.h>

/* After curses was started. */
void terminal_key_define(void);

/* What wget_wch gave, a code of curses or a character; NAMED_NONE: no key of ours. */
uint32_t terminal_key_translate(bool is_code, wint_t value);

#endif
