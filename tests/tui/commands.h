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
extern const struct command profile_commands[];     /* made_profile.c */

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
