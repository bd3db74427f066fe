/* SPDX-License-Identifier: MIT */
/*
 * The terminal given back, whatever happens. Between tty_guard and tty_release
 * the fatal signals restore the terminal before they end the program, what
 * anybody writes to standard error is kept back until the screen is restored,
 * and the other signals become flags and a readable descriptor.
 *
 * Signal handlers and what they need are global: there is one terminal.
 */
#ifndef UI_TERM_TTY_H
#define UI_TERM_TTY_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

#include "base/error.h"

enum tty_signal {
	TTY_RESIZED,
	TTY_INTERRUPTED,
	TTY_SUSPENDED,
	TTY_CONTINUED,
	TTY_SIGNAL_COUNT,
};

/* What must be written, and which modes set, to leave the screen as it was before. */
struct tty_restore {
	int descriptor;
	struct termios modes;
	char bytes[512];
	size_t length;
};

/* Catches signals and holds back standard error if that is a terminal. */
void tty_guard(const struct tty_restore *restore);

/* Lets signals have their old effect and prints what was held back. */
void tty_release(void);

/* Writes the restoring bytes and modes; for exits without the library's help. */
void tty_restore_now(void);

/* Readable when a signal came in. */
int tty_descriptor(void);

/* Empties the descriptor; tty_take tells the signals apart and forgets each. */
void tty_drain(void);
bool tty_take(enum tty_signal which);

/*
 * Runs argv[0], looked for in PATH, on the terminal with descriptor `in` as
 * input and `out` for what it writes; waits for its end. ^C and ^Z are the
 * child's meanwhile. *status as of waitpid; false with an error if it does not start.
 */
bool tty_run(const char *const *argv, int in, int out, int *status, struct error *error);

/* Stops the program as SIGTSTP does; returns when it goes on. */
void tty_stop(void);

#endif
