/* SPDX-License-Identifier: MIT */
/*
 * Text for the clipboard of the terminal by OSC 52, which crosses SSH. It is
 * only ever written; what the clipboard holds is never asked for.
 */
#ifndef UI_TERM_CLIPBOARD_H
#define UI_TERM_CLIPBOARD_H

#include "base/text.h"

#define CLIPBOARD_LIMIT 6144 /* bytes of text: 8 kB in base64, which terminals take */

/* What stands between the program and the terminal. */
enum clipboard_way {
	CLIPBOARD_NONE, /* a terminal that would print the sequence */
	CLIPBOARD_PLAIN,
	CLIPBOARD_TMUX,   /* both forms: set-clipboard on takes one, allow-passthrough the other */
	CLIPBOARD_SCREEN, /* passed through in pieces that GNU screen can hold */
};

/* By $TERM and $TMUX; either may be NULL. */
enum clipboard_way clipboard_way(const char *term, const char *tmux);

/* Bytes of the longest start of a text within the limit that ends between two characters. */
size_t clipboard_fit(const char *text, size_t length);

/* Adds the sequence; length is at most CLIPBOARD_LIMIT. */
void clipboard_add(enum clipboard_way way, const char *text, size_t length, struct text *sequence);

#endif
