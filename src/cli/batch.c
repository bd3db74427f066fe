/* SPDX-License-Identifier: MIT */
#include "cli/batch.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/message.h"
#include "cli/shell.h"
#include "cli/write_report.h"

#define PROMPT "(pprof) "

static void run_report(struct shell_command *command, const struct profile *profile)
{
	struct pattern *argument = NULL;
	struct error error;
	bool good = true;

	if (command->argument) {
		argument = pattern_new(command->argument, false, &error);
		good = argument != NULL;
	}
	/* What is not text would get lost among the prompts. */
	good = good &&
	       write_report(command->report, argument, &command->settings, profile, true, &error);
	if (!good)
		message_print(error.message);
	pattern_free(argument);
}

static void print_options(const struct settings *settings)
{
	for (const struct option *option = options; option->name; option++) {
		struct text value = {0};

		option_print(settings, option, &value);
		fprintf(stderr, "  %-25s = %s\n", option->name,
			value.length ? value.bytes : "\"\"");
		text_clear(&value);
	}
}

static void print_help(const char *topic)
{
	bool found = false;

	for (size_t i = 0; reports[i]; i++) {
		if (*topic && strcmp(topic, reports[i]->name) != 0)
			continue;
		found = true;
		fprintf(stderr, "  %-22s %s\n", reports[i]->name, reports[i]->summary);
	}
	for (const struct option *option = options; option->name; option++) {
		if (*topic && strcmp(topic, option->name) != 0)
			continue;
		found = true;
		fprintf(stderr, "  %-22s %s\n", option->name, option->summary);
	}
	if (!*topic)
		fprintf(stderr, "  %-22s %s\n", ":",
			"Clear focus, ignore, hide, tagfocus and tagignore");
	else if (!found)
		message_print("no such command or option; try help");
}

/* False after "quit". */
static bool run_line(const char *line, struct settings *settings, const struct profile *profile)
{
	struct shell_command command;
	struct error error;
	bool more;

	if (!shell_parse(line, settings, profile, &command, &error)) {
		message_print(error.message);
		return true;
	}
	more = command.action != SHELL_QUIT;
	if (command.action == SHELL_REPORT)
		run_report(&command, profile);
	else if (command.action == SHELL_OPTIONS)
		print_options(settings);
	else if (command.action == SHELL_HELP)
		print_help(command.topic);
	shell_command_clear(&command);
	return more;
}

int batch_run(FILE *in, struct settings *settings, const struct profile *profile)
{
	char *line = NULL;
	size_t capacity = 0;
	int count = 0;
	bool more = true;

	while (more && getline(&line, &capacity, in) >= 0) {
		/* pprof's shell shows tables without the lines about the file. */
		if (count++ == 0)
			settings->report.compact_labels = true;
		fputs(PROMPT, stdout);
		line[strcspn(line, "\n")] = '\0';
		more = run_line(line, settings, profile);
	}
	if (count && more)
		fputs(PROMPT, stdout);
	fflush(stdout);
	free(line);
	return count;
}
