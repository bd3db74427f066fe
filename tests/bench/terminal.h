/* SPDX-License-Identifier: MIT */
/* The explorer on a pseudo terminal, with a clock: what the measuring programs share. */
#ifndef BENCH_TERMINAL_H
#define BENCH_TERMINAL_H

#include <stddef.h>

#include "tui/child.h"

/* What came after something was sent. */
struct answer {
	double milliseconds; /* until the last byte */
	double shown;        /* until the first paint of a view was there; 0: there was none */
	size_t bytes, writes;
};

/* Milliseconds of a clock that only goes on. */
double terminal_now(void);

/* Starts PROGRAM FILE in a terminal of 256 colours and UTF-8; ends this program when it cannot. */
void terminal_start(struct child *child, const char *program, const char *file, int rows,
		    int columns);

/* Listens until `quiet` ms pass without a byte; times count from `start`. */
struct answer terminal_listen(struct child *child, double start, int quiet);

/* Sends keys and listens. */
struct answer terminal_press(struct child *child, const char *keys, int quiet);

/* Sends keys and listens until the program neither writes nor computes any more. */
struct answer terminal_finish(struct child *child, const char *keys);

/* Listens until the screen was painted for the first time; its milliseconds count from `start`. */
struct answer terminal_first_paint(struct child *child, double start);

/* All that came since the last press or start. */
const char *terminal_seen(void);

/* A number from /proc/PID/status of the program, such as VmHWM; -1: not there. */
long terminal_status(const struct child *child, const char *name);

#endif
