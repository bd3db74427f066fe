/* SPDX-License-Identifier: MIT */
/*
 * A program on a pseudo terminal, started as a shell with job control would:
 * a leader owns the session and hands the terminal to the program, takes it
 * back when that stops or ends, and tells us. So ^Z, fg and a hangup are real.
 */
#ifndef TUI_CHILD_H
#define TUI_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

enum child_state { CHILD_NONE, CHILD_RUNS, CHILD_STOPPED, CHILD_ENDED };

struct child {
	enum child_state state;
	int terminal;         /* our end of it, -1: closed */
	int reports, orders;  /* pipes from and to the leader */
	pid_t leader, group;  /* the program's process group */
	int status;           /* as wait gives it */
	struct termios modes; /* of the terminal before the program started */
};

/* Runs `line` with /bin/sh in `directory`; environment: NAME=VALUE, ended by NULL. False with errno. */
bool child_start(struct child *child, const char *line, char *const *environment,
		 const char *directory, int rows, int columns);

/*
 * Waits up to `milliseconds` for output or news of the program; reads what is
 * there, *length is 0 for none. False when there is nothing left to come.
 */
bool child_read(struct child *child, char *bytes, size_t size, size_t *length, int milliseconds);

/* Writes as much as there is room for. */
size_t child_write(struct child *child, const char *bytes, size_t length);

void child_resize(struct child *child, int rows, int columns);
void child_signal(struct child *child, int number);

/* After a stop: gives it the terminal and lets it go on, as fg does. */
void child_continue(struct child *child);

/* All threads of the program wait for something. */
bool child_sleeps(const struct child *child);

/* How often its first thread has waited so far: the same number means that it did nothing. */
long child_waits(const struct child *child);

/* Closes our end of the terminal. */
void child_hang_up(struct child *child);

/* NULL, or the difference between the terminal's modes and those before. */
const char *child_changed_modes(const struct child *child);

/* Ends the program and everything that it started. */
void child_clear(struct child *child);

#endif
