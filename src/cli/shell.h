/* SPDX-License-Identifier: MIT */
/*
 * One line of pprof's shell, as the explorer's prompt and piped commands take
 * it (internal/driver/interactive.go):
 *
 *     focus=RE   sample_index=cpu   cum   top10 -cum   peek RE -IGNORE   :   q
 *
 * Words on a report line hold for that report; assignments persist.
 */
#ifndef CLI_SHELL_H
#define CLI_SHELL_H

#include "setting/options.h"

enum shell_action {
	SHELL_NOTHING, /* an empty line */
	SHELL_SET,     /* settings changed */
	SHELL_REPORT,  /* write `report` with `settings` */
	SHELL_OPTIONS, /* "o", "options": list them */
	SHELL_HELP,    /* "help" or "help WORD": `topic` */
	SHELL_QUIT,
};

struct shell_command {
	enum shell_action action;
	const struct report *report;
	char *argument;           /* the report's regular expression or NULL */
	struct settings settings; /* SHELL_REPORT: for this report alone, output included */
	char *topic;
};

/*
 * Parses one line and applies assignments to `settings`. Sample types of
 * `profile` work as commands ("alloc_space", "total_delay", "mean_cpu"). False
 * with an error that says what is wrong; the settings are then unchanged.
 */
bool shell_parse(const char *line, struct settings *settings, const struct profile *profile,
		 struct shell_command *command, struct error *error);
void shell_command_clear(struct shell_command *command);

#endif
