/* SPDX-License-Identifier: MIT */
/*
 * The commands of scenarios. Each gets the rest of its line, which it may
 * change, and returns false with driver->failure when the scenario fails.
 */
#ifndef TUI_COMMANDS_H
#define TUI_COMMANDS_H

#include "driver.h"

struct command {
	const char *name;
	const char *argument; /* "" for none */
	bool (*run)(struct driver *driver, char *argument);
	const char *help;
};

/* Ended by a NULL name. */
extern const struct command action_commands[];      /* actions.c */
extern const struct command expectation_commands[]; /* expectations.c */
extern const struct command endurance_commands[];   /* endurance.c */
extern const struct command profile_commands[];     /* made_profile.c */

/* Plays one line of a scenario; false when it fails. */
bool driver_play(struct driver *driver, const char *line);

/* Prints which line failed and why, with the screen. */
void driver_explain(struct driver *driver, const char *path, int number, const char *line);

/* The directory of tests' files, $TUI_DATA. */
const char *test_data(void);

/* words: SEED SECONDS DIRECTORY LINE..., ended by NULL; returns the exit status. See monkey.c. */
int monkey_run(char **words);

/* Bytes of a text in which \e is Esc, \a the bell, \xNN a byte and \\ a backslash. */
void add_unescaped(struct buffer *bytes, const char *text);

/* Takes the next word from *rest, "" if there is none. */
char *next_word(char **rest);

/* A whole number in word; false if it is none. */
bool parse_number(const char *word, long *number);

/* "SIGTERM" or "TERM"; 0 if there is no signal of that name here. */
int signal_number(const char *name);
const char *signal_name(int number);

/* Forgets a profile that was not finished. */
void made_profile_free(struct made_profile *made);

#endif
