/* SPDX-License-Identifier: MIT */
/*
 * One scenario being played: the program on its terminal, and what the lines
 * of the scenario said so far. Nothing here sleeps: whoever expects something
 * gives a condition, and the driver reads output until that holds or the
 * deadline has passed.
 */
#ifndef TUI_DRIVER_H
#define TUI_DRIVER_H

#include <stdbool.h>
#include <stdint.h>

#include "child.h"
#include "output.h"
#include "screen.h"

#define DRIVER_SNAPSHOTS 8
#define DRIVER_VARIABLES 64

struct driver {
	char directory[256]; /* where the program runs, removed at the end */
	char *environment[DRIVER_VARIABLES];
	size_t variable_count;
	int rows, columns;
	int deadline; /* milliseconds for which anything is waited */
	bool verbose;

	struct child child;
	struct screen screen;
	struct output output;
	bool over;   /* nothing more comes from the program */
	size_t mark; /* in the output, where bytes are counted from */

	struct {
		char name[32];
		struct snapshot snapshot;
	} remembered[DRIVER_SNAPSHOTS];
	int fifo;           /* that the program reads, -1: none */
	struct buffer feed; /* what goes into it */
	size_t fed;
	struct made_profile *made; /* a profile being written */

	struct buffer failure;
	bool skipped; /* `failure` says why */
};

/* data: directory that the scenario sees as "data". False with driver->failure. */
bool driver_init(struct driver *driver, const char *data);
void driver_clear(struct driver *driver);

/* Always false, with the reason in driver->failure. */
bool driver_fail(struct driver *driver, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* NULL removes the variable; setting it again replaces it. */
void driver_set(struct driver *driver, const char *name, const char *value);
const char *driver_get(const struct driver *driver, const char *name);

/* A path inside the directory. */
const char *driver_path(const struct driver *driver, const char *name, char path[512]);

bool driver_start(struct driver *driver, const char *line);

/* Reads output that is there or comes within `milliseconds`; true if any byte came. */
bool driver_read(struct driver *driver, int milliseconds);

/* Reads output until the condition holds; false when the deadline passed. */
typedef bool driver_condition(struct driver *driver, void *argument);
bool driver_wait(struct driver *driver, driver_condition *condition, void *argument);

/*
 * Reads output until all threads sleep and nothing more comes, however long that takes on a busy
 * machine, or the program has stopped or ended. False when the deadline passed.
 */
bool driver_settle(struct driver *driver);

/* Sends what the terminal has to send: keys, pastes, answers. */
bool driver_send(struct driver *driver);

/* Milliseconds of a clock that only goes forward. */
int64_t driver_now(void);

#endif
