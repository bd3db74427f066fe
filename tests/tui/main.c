/* SPDX-License-Identifier: MIT */
/*
 * usage: tests/tui/driver [-v] FILE.scn     plays one scenario
 *        tests/tui/driver -h                lists the commands of scenarios
 *        tests/tui/driver -m SEED SECONDS DIRECTORY LINE...    a monkey at the keys, see monkey.c
 *
 * A scenario is a text file, one command a line; # starts a comment. Exit status: 0 it passed, 1
 * it failed and says where, with the screen; 77 it cannot be played here.
 */
#include "commands.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

#define STATUS_SKIPPED 77
#define REPORT_MOST 6000
#define LAST_BYTES 400

static const struct command *const lists[] = {action_commands, expectation_commands,
					      endurance_commands, profile_commands};

#define LIST_COUNT COUNT(lists)

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; i < LIST_COUNT; i++)
		for (const struct command *command = lists[i]; command->name; command++)
			if (!strcmp(command->name, name))
				return command;
	return NULL;
}

static void list_commands(void)
{
	for (size_t i = 0; i < LIST_COUNT; i++)
		for (const struct command *command = lists[i]; command->name; command++)
			printf("%-20s %-14s %s\n", command->name, command->argument, command->help);
}

/* "{3*ab}" becomes "ababab"; everything else stays. */
static void expand(const char *line, struct buffer *text)
{
	while (*line) {
		const char *end = strchr(line, '}');
		char *star;
		long count = *line == '{' ? strtol(line + 1, &star, 10) : 0;

		if (count <= 0 || *star != '*' || !end) {
			buffer_add(text, line++, 1);
			continue;
		}
		while (count-- > 0)
			buffer_add(text, star + 1, (size_t)(end - star - 1));
		line = end + 1;
	}
}

/* Blanks at both ends do not count, "..." keeps them. */
static char *trim(char *text)
{
	size_t length;

	text += strspn(text, " \t");
	length = strlen(text);
	while (length > 0 && strchr(" \t\r\n", text[length - 1]))
		length--;
	text[length] = '\0';
	if (length > 1 && text[0] == '"' && text[length - 1] == '"') {
		text[length - 1] = '\0';
		text++;
	}
	return text;
}

void driver_explain(struct driver *driver, const char *path, int number, const char *line)
{
	const char *report = output_report(&driver->output);
	struct buffer text = {0};

	printf("%s:%d: %.200s\n  %s\n", path, number, line, buffer_string(&driver->failure));
	if (driver->skipped)
		return;
	if (driver->screen.terminal)
		screen_dump(&driver->screen, &text);
	if (driver->child.state == CHILD_ENDED) {
		buffer_printf(&text, "it ended with status %#x, behind: ", driver->child.status);
		output_quote(&driver->output, driver->output.log.length, LAST_BYTES, &text);
		buffer_printf(&text, "\n");
	}
	printf("%s", buffer_string(&text));
	if (report)
		printf("%.*s\n", REPORT_MOST, report);
	buffer_clear(&text);
}

bool driver_play(struct driver *driver, const char *line)
{
	struct buffer text = {0};
	const struct command *command;
	char *argument, *name;
	bool good;

	expand(line, &text);
	argument = text.bytes;
	name = next_word(&argument);
	argument = trim(argument);
	command = find_command(name);
	if (!command)
		good = driver_fail(driver, "there is no such command; -h lists them");
	else if (!strcmp(command->argument, "") != !*argument)
		good = driver_fail(driver, "%s %s", command->name, command->argument);
	else
		good = command->run(driver, argument);
	buffer_clear(&text);
	return good;
}

const char *test_data(void)
{
	const char *data = getenv("TUI_DATA");

	return data ? data : "tests/data";
}

static int play(struct driver *driver, FILE *file, const char *path)
{
	char *line = NULL;
	size_t size = 0;
	int number = 0, status = 0;

	while (status == 0 && getline(&line, &size, file) >= 0) {
		char *start = line + strspn(line, " \t\n");

		number++;
		start[strcspn(start, "\n")] = '\0';
		if (!*start || *start == '#')
			continue;
		if (driver->verbose)
			printf("%d: %.200s\n", number, start);
		if (driver_play(driver, start))
			continue;
		status = driver->skipped ? STATUS_SKIPPED : 1;
		driver_explain(driver, path, number, start);
	}
	free(line);
	return status;
}

static int play_file(const char *path, bool verbose)
{
	struct driver driver;
	FILE *file = fopen(path, "r");
	int status = 1;

	if (!file) {
		perror(path);
		return 1;
	}
	if (driver_init(&driver, test_data())) {
		driver.verbose = verbose;
		status = play(&driver, file, path);
	} else {
		puts(buffer_string(&driver.failure));
	}
	made_profile_free(driver.made);
	driver_clear(&driver);
	fclose(file);
	return status;
}

int main(int argc, char **argv)
{
	bool verbose = argc > 1 && !strcmp(argv[1], "-v");

	setlocale(LC_CTYPE, "C.UTF-8");
	signal(SIGPIPE, SIG_IGN);
	if (argc > 5 && !strcmp(argv[1], "-m"))
		return monkey_run(argv + 2);
	if (argc == 2 + verbose && strcmp(argv[1 + verbose], "-h") != 0)
		return play_file(argv[1 + verbose], verbose);
	list_commands();
	return argc == 2 ? 0 : 2;
}
