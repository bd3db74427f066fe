/* SPDX-License-Identifier: MIT */
/*
 * The terminal: the only place that knows curses, save for what it calls keys
 * (terminal_key.h). It shows a canvas, gives keys, and sleeps until there is
 * something to do: no key, signal or job, no wake-up. There is one terminal, so
 * its state is global and stays in here.
 */
#ifndef UI_TERM_TERMINAL_H
#define UI_TERM_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "ui/term/canvas.h"
#include "ui/term/mouse.h"
#include "ui/term/theme.h"

struct terminal_options {
	bool no_color;
	bool light;       /* the background */
	bool blind;       /* colours of differences for the colour-blind */
	bool ascii, utf8; /* override the locale */
	bool mouse;
};

enum event_kind {
	EVENT_NONE,   /* the time is over */
	EVENT_KEY,    /* `key`; ^C too, by key or by signal */
	EVENT_MOUSE,  /* `mouse` */
	EVENT_PASTE,  /* `text` was pasted */
	EVENT_RESIZE, /* another size, or the screen must be drawn anew */
	EVENT_WAKE,   /* a descriptor is readable */
	EVENT_CLOSED, /* the terminal is gone */
};

struct event {
	enum event_kind kind;
	uint32_t key;
	struct mouse mouse;
	const char *text; /* valid until the next event */
	size_t length;
};

/*
 * Takes over the terminal at standard output; keys come from /dev/tty when
 * standard input is something else. False with an error where there is no
 * terminal or one that cannot address its cells.
 */
bool terminal_open(const struct terminal_options *options, struct error *error);

/* Colours and character set anew, while it is open; the next paint draws every cell. */
void terminal_change(const struct terminal_options *options);

/* Gives it back; also runs at exit. Harmless when it is not open. */
void terminal_close(void);

/* What a person should know about this terminal, "" for nothing. */
const char *terminal_notice(void);

enum charset terminal_charset(void);
enum palette terminal_palette(void);
void terminal_size(int *rows, int *columns);

/* Shows the canvas; the cursor is hidden if cursor_row is negative. */
void terminal_paint(const struct canvas *canvas, int cursor_row, int cursor_column);

/* The next paint draws every cell. */
void terminal_redraw(void);

/* Sends a control sequence that draws nothing. */
void terminal_send(const char *bytes, size_t length);

/*
 * Gives the terminal to another program until that ends, and takes it back.
 * False with an error if it does not start or fails; status as of waitpid.
 */
bool terminal_run(const char *const *argv, int *status, struct error *error);

/*
 * Waits for the next event for at most `timeout` milliseconds, -1: for ever.
 * descriptors: also wakes when one of the two is readable, -1: none.
 */
void terminal_next(struct event *event, const int descriptors[2], int timeout);

#endif
