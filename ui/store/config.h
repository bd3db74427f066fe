/* SPDX-License-Identifier: MIT */
/*
 * Lines that change how the explorer behaves, in the config file and at the
 * prompt alike:
 *
 *     set NAME VALUE   set NAME=VALUE   NAME=VALUE   bind KEY COMMAND   unbind KEY
 *
 * Empty lines and those that start with # are comments. Nothing is ever run.
 */
#ifndef UI_STORE_CONFIG_H
#define UI_STORE_CONFIG_H

#include "setting/options.h"
#include "ui/input/key_map.h"
#include "ui/store/preferences.h"

/* What the lines change; all belongs to the caller. Lines about what is NULL are left out. */
struct config {
	struct settings *settings;
	struct preferences *preferences;
	struct key_map *keys;
	/* True for an option that was named on the command line and so stays; NULL: none was. */
	bool (*is_given)(const void *owner, const struct option *option);
	const void *owner;
	const struct profile *profile; /* whose sample types may be named; NULL: not read yet */
};

/* Takes one line; the error has the byte where it is wrong. */
bool config_line(const struct config *config, const char *line, struct error *error);

/*
 * Takes all lines of a text; wrong ones are left out. Returns how many those
 * are; *error tells of the first one with its number, after `name`.
 */
size_t config_text(const struct config *config, const char *name, const struct text *text,
		   struct error *error);

/* Adds the settings and their values, one a line, with what they are for. */
void config_print(const struct config *config, struct text *text);

#endif
