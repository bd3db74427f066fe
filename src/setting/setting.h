/* SPDX-License-Identifier: MIT */
/*
 * NAME=VALUE, the same on the command line, in pprof's shell, at the prompt, in
 * the config file and in saved configs:
 *
 *     focus=RE   granularity=lines   lines   cum=false   unit = ms
 *
 * What is wrong leaves the settings as they are; the error's `at` counts in the
 * text that was given.
 */
#ifndef SETTING_SETTING_H
#define SETTING_SETTING_H

#include "base/span.h"
#include "setting/options.h"

/* A setting before it is understood; both parts without blanks around them. */
struct setting {
	struct span name, value; /* value.at NULL: no "=" */
};

/* "NAME=VALUE" or "NAME". */
struct setting setting_split(struct span text);

/* A value without what follows its last "//:", which is a comment in pprof's shell. */
struct span setting_value(struct span text);

/* True if NAME is an option or a group of them (sort, granularity). */
bool setting_is_known(const struct setting *setting);

/* The option that is meant: for sort=cum that of cum. NULL: there is none. */
const struct option *setting_option(const struct setting *setting);

/*
 * Sets it. The value of a switch may be missing, that of anything else not.
 * With a profile sample_index has to name one of its types; NULL takes any.
 */
bool setting_apply(const struct setting *setting, const struct profile *profile,
		   struct settings *settings, struct error *error);

/* Splits and applies. */
bool setting_parse(struct span text, const struct profile *profile, struct settings *settings,
		   struct error *error);

/* True if a filter can have this value, "" being none. */
bool setting_check_filter(enum view_filter filter, const char *value, struct error *error);

/* Adds "NAME=VALUE" with the present value, as setting_parse reads it back. */
void setting_print(const struct settings *settings, const struct option *option, struct text *text);

/* Selects a sample type of the profile by its number. */
void setting_use_type(struct settings *settings, uint32_t type, const struct profile *profile);

#endif
