/* SPDX-License-Identifier: MIT */
/*
 * The options of pprof as one table: flag on the command line, variable of the
 * shell and of the explorer's prompt, line of --help, of the man page and of
 * the completions. Adding an option is adding a row in options.c.
 */
#ifndef SETTING_OPTIONS_H
#define SETTING_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "report/report.h"
#include "view/view_spec.h"

/* Everything that options change. Zeroed is not the default: use settings_init. */
struct settings {
	struct view_spec view; /* value_type is set by settings_resolve from sample_index */
	struct report_options report;
	char *sample_index; /* name or index, "" for the profile's default */
	bool normalize; /* scale to the base's totals first; of no effect once profiles are read */
	char *output;   /* file for the report, "" for standard output */
};

void settings_init(struct settings *settings);
void settings_copy(struct settings *to, const struct settings *from);
void settings_clear(struct settings *settings);

/* The same view and options; which words chose the sample type makes no difference. */
bool settings_equal(const struct settings *a, const struct settings *b);

/* Sets view.value_type from sample_index for this profile. */
bool settings_resolve(struct settings *settings, const struct profile *profile,
		      struct error *error);

enum option_kind {
	OPTION_BOOL,
	OPTION_INTEGER,
	OPTION_NUMBER,
	OPTION_TEXT,
	OPTION_FILTER, /* a pattern of the view */
	OPTION_CHOICE, /* a bool that stands for one value of its group: -flat, -cum */
};

struct option {
	const char *name;
	enum option_kind kind;
	size_t field;         /* offset in struct settings; the filter's number for OPTION_FILTER */
	int value;            /* OPTION_CHOICE: what the field becomes */
	const char *group;    /* OPTION_CHOICE: "sort", "granularity" */
	bool nonzero;         /* OPTION_NUMBER: any but 0 */
	const char *argument; /* shown in help: "REGEX", "N"; NULL for bools */
	const char *summary;
};

extern const struct option options[]; /* ended by a NULL name */

/* By name; NULL if there is none. */
const struct option *option_find(const char *name);

/* The row that `group=value` chooses (sort=cum, granularity=lines); NULL if there is none. */
const struct option *option_find_choice(const char *group, const char *value);

/* Adds "cum, flat" for the group sort; false if there is no such group. */
bool option_list_choices(const char *group, struct text *choices);

/* What to do instead of a report or flag that pprof has and this program has not; NULL for other names. */
const char *option_instead(const char *name);

/* A bool as pprof spells it: true,t,yes,y,1,"" and false,f,no,n,0 in any case. */
bool option_parse_bool(const char *text, bool *value);

/* Sets the option from text. */
bool option_set(struct settings *settings, const struct option *option, const char *value,
		struct error *error);

/* True if the option has the same value in both. */
bool option_equal(const struct settings *a, const struct settings *b, const struct option *option);

/* Adds the present value as text to `value`; a choice gives "true" or "false". */
void option_print(const struct settings *settings, const struct option *option, struct text *value);

#endif
