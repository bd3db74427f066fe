/* SPDX-License-Identifier: MIT */
/*
 * The terminal that the program believes to talk to: libvterm holds the cells,
 * answers queries and spells keys the way the program asked for. It takes
 * UTF-8, whatever the locale of the program, as terminals at the other end do.
 */
#ifndef TUI_SCREEN_H
#define TUI_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include <vterm.h>

#include "buffer.h"

struct screen {
	VTerm *terminal;
	VTermScreen *cells;
	int rows, columns;
	bool alternate; /* the alternate screen is shown */
	bool cursor_shown;
	int cursor_row, cursor_column;
	struct buffer input;    /* what the terminal sends: keys and answers */
	char held[16], last[4]; /* a sequence that is not complete; the last character */
	size_t held_length, last_length, last_wanted;
};

/* What one moment's screen looked like. */
struct snapshot {
	VTermScreenCell *cells;
	int rows, columns;
};

void screen_init(struct screen *screen, int rows, int columns);
void screen_clear(struct screen *screen);
void screen_resize(struct screen *screen, int rows, int columns);

/* Bytes that the program wrote. */
void screen_add(struct screen *screen, const char *bytes, size_t length);

/* The text of one row without the blanks at its end; only its reversed cells with `reversed`. */
void screen_row(const struct screen *screen, int row, bool reversed, struct buffer *text);

/* Puts the bytes of a key into screen->input; false if there is no key of that name. */
bool screen_key(struct screen *screen, const char *name);

/* The marks around a paste, empty if the program did not ask for them. */
void screen_paste(struct screen *screen, const char *bytes, size_t length);

/* NULL, or what a program that ended left behind: "the cursor is hidden". */
const char *screen_leftover(struct screen *screen);

void screen_take(const struct screen *screen, struct snapshot *snapshot);
void snapshot_clear(struct snapshot *snapshot);

/* True if the screen looks like that, colours included; else *place is the first cell that does not. */
bool screen_equals(const struct screen *screen, const struct snapshot *snapshot, VTermPos *place);

/* The screen with a frame and line numbers; reversed cells are marked under their row. */
void screen_dump(const struct screen *screen, struct buffer *text);

#endif
