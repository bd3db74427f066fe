/* SPDX-License-Identifier: MIT */
/*
 * Filters and options under a name, as pprof's web page keeps them: each is a
 * file of config lines (config.h) in the directory "configs" of the config directory.
 */
#ifndef UI_STORE_SAVED_CONFIG_H
#define UI_STORE_SAVED_CONFIG_H

#include "setting/options.h"

/* Names are letters, digits, ".", "_" and "-", and do not start with a dot. */
bool saved_config_check(const char *name, struct error *error);

/* Adds what differs from the program's own settings, a line each. */
void saved_config_print(const struct settings *settings, struct text *text);

/*
 * Sets empty settings from such lines; false with an error that names line
 * and remedy, the settings are then empty.
 */
bool saved_config_parse(struct settings *settings, const char *name, const struct text *text,
			const struct profile *profile, struct error *error);

/* Writes them, over older ones of the name; *replaced tells of those. */
bool saved_config_write(const char *name, const struct settings *settings, bool *replaced,
			struct error *error);
bool saved_config_read(const char *name, struct settings *settings, const struct profile *profile,
		       struct error *error);

/* Calls `each` for every name, in order. */
void saved_config_list(void (*each)(void *owner, const char *name), void *owner);

/* Adds the lines of one, joined by blanks, for a list; nothing if it cannot be read. */
void saved_config_summary(const char *name, struct text *text);

#endif
