/* SPDX-License-Identifier: MIT */
#include "cli/shell.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "setting/setting.h"

/* Of a number behind a report's name: all of them fit. */
#define MOST_DIGITS 9

/* A word of the line. */
struct word {
	const char *start;
	size_t length;
};

struct parsing {
	const char *line, *at;
	struct settings *settings;
	const struct profile *profile;
	struct shell_command *command;
	struct error *error;
};

static bool fail_at(struct parsing *parsing, const char *where, const char *format,
		    const char *word, size_t length)
{
	error_set(parsing->error, format, (int)(length > 80 ? 80 : length), word);
	return error_at(parsing->error, (size_t)(where - parsing->line));
}

static bool next_word(struct parsing *parsing, struct word *word)
{
	while (isspace((unsigned char)*parsing->at))
		parsing->at++;
	word->start = parsing->at;
	while (*parsing->at && !isspace((unsigned char)*parsing->at))
		parsing->at++;
	word->length = (size_t)(parsing->at - word->start);
	return word->length > 0;
}

/* A word or, between quotes, several of them. */
static bool next_quoted(struct parsing *parsing, struct word *word)
{
	const char *end;

	while (isspace((unsigned char)*parsing->at))
		parsing->at++;
	end = *parsing->at == '"' ? strchr(parsing->at + 1, '"') : NULL;
	if (!end)
		return next_word(parsing, word);
	*word = (struct word){parsing->at + 1, (size_t)(end - parsing->at) - 1};
	parsing->at = end + 1;
	return true;
}

static char *copy_word(const char *start, size_t length)
{
	char *copy = alloc(length + 1);

	memcpy(copy, start, length);
	copy[length] = '\0';
	return copy;
}

static bool word_is(struct word word, const char *text)
{
	return word.length == strlen(text) && memcmp(word.start, text, word.length) == 0;
}

/* text without blanks around it, as a copy. */
static char *trimmed(const char *start, const char *end)
{
	while (start < end && isspace((unsigned char)*start))
		start++;
	while (end > start && isspace((unsigned char)end[-1]))
		end--;
	return copy_word(start, (size_t)(end - start));
}

/* ":" clears these and only these. */
static void clear_filters(struct settings *settings)
{
	static const enum view_filter cleared[] = {FILTER_FOCUS, FILTER_IGNORE, FILTER_HIDE,
						   FILTER_TAGFOCUS, FILTER_TAGIGNORE};

	for (size_t i = 0; i < COUNT(cleared); i++)
		view_spec_set_filter(&settings->view, cleared[i], NULL);
}

/* "alloc_space", "total_delay", "mean_cpu": the types of the profile are commands. */
static bool take_sample_type(struct parsing *parsing, const char *name)
{
	const struct profile *profile = parsing->profile;
	bool total = strncmp(name, "total_", 6) == 0, mean = strncmp(name, "mean_", 5) == 0;

	for (uint32_t i = 0; profile && i < profile->type_count; i++) {
		const char *type = profile_text(profile, profile->types[i].type);
		bool plain = strcmp(type, name) == 0;

		if (!plain && !(total && strcmp(type, name + 6) == 0) &&
		    !(mean && strcmp(type, name + 5) == 0))
			continue;
		if (!plain)
			parsing->settings->view.mean = mean;
		setting_use_type(parsing->settings, i, profile);
		parsing->command->action = SHELL_SET;
		return true;
	}
	return false;
}

/* "name=value", or the bare name of a switch; *taken: it is one. */
static bool take_setting(struct parsing *parsing, bool *taken)
{
	struct span line = span_of(parsing->line);
	struct setting setting = setting_split(line);

	*taken = setting_is_known(&setting);
	if (!*taken)
		return true;
	parsing->command->action = SHELL_SET;
	return setting_parse(line, parsing->profile, parsing->settings, parsing->error);
}

/* Words of the line as one pattern, and where in it each of them begins. */
struct joined {
	struct text text;
	struct joined_word {
		size_t at;
		const char *start;
	} * words;
	size_t count, capacity;
};

static void join_word(struct joined *joined, const char *start, size_t length)
{
	struct joined_word word = {.start = start};

	if (!length)
		return;
	if (joined->count)
		text_add_char(&joined->text, '|');
	word.at = joined->text.length;
	array_push(joined->words, joined->count, joined->capacity, word);
	text_add(&joined->text, start, length);
}

static void joined_clear(struct joined *joined)
{
	text_clear(&joined->text);
	free(joined->words);
}

/* Sets the filter of the report; it is whole only now, so one bracket may span two words. */
static bool use_joined(struct parsing *parsing, const struct joined *joined,
		       enum view_filter filter)
{
	struct shell_command *command = parsing->command;
	const struct joined_word *word = joined->words;
	size_t at;

	if (!joined->count)
		return true;
	if (setting_check_filter(filter, joined->text.bytes, parsing->error)) {
		view_spec_set_filter(&command->settings.view, filter, joined->text.bytes);
		return true;
	}
	at = parsing->error->at;
	for (size_t i = 0; i < joined->count && joined->words[i].at <= at; i++)
		word = &joined->words[i];
	return error_at(parsing->error, (size_t)(word->start - parsing->line) + at - word->at);
}

/* Numbers, -cum, > FILE, and words to focus on or, behind a dash, to ignore. */
static bool take_report_words(struct parsing *parsing, struct joined *focus, struct joined *ignore)
{
	struct settings *settings = &parsing->command->settings;
	struct word word;

	while (next_word(parsing, &word)) {
		char *copy = copy_word(word.start, word.length), *end;
		long number = strtol(copy, &end, 10);
		bool is_number = *end == '\0' && number >= INT32_MIN && number <= INT32_MAX;

		free(copy);
		if (is_number) {
			settings->report.node_count = (int32_t)number;
		} else if (*word.start == '>') {
			if (word.length > 1)
				word = (struct word){word.start + 1, word.length - 1};
			else if (!next_word(parsing, &word))
				return fail_at(parsing, parsing->at, "name a file behind >%.*s", "",
					       0);
			free(settings->output);
			settings->output = copy_word(word.start, word.length);
		} else if (word_is(word, "-cum") || word_is(word, "--cum")) {
			settings->report.cum = true;
		} else if (*word.start == '-') {
			join_word(ignore, word.start + 1, word.length - 1);
		} else {
			join_word(focus, word.start, word.length);
		}
	}
	return true;
}

static bool take_report(struct parsing *parsing, const struct report *report, struct word digits)
{
	struct shell_command *command = parsing->command;
	struct settings *settings = &command->settings;
	struct joined focus = {0}, ignore = {0};
	struct word word;
	bool good;

	settings_copy(settings, parsing->settings);
	command->action = SHELL_REPORT;
	command->report = report;
	if (report->argument) {
		/* The digits of "peek10" are its argument, as pprof has it. */
		word = digits;
		if (!word.length && !next_word(parsing, &word))
			return fail_at(parsing, parsing->at, "%.*s needs a regular expression",
				       report->name, strlen(report->name));
		command->argument = copy_word(word.start, word.length);
	} else if (digits.length > MOST_DIGITS) {
		return fail_at(parsing, digits.start, "%.*s is too big a number", digits.start,
			       digits.length);
	} else if (digits.length) {
		settings->report.node_count = (int32_t)strtol(digits.start, NULL, 10);
	}
	if (report->pairs && next_quoted(parsing, &word)) {
		free(settings->report.split);
		settings->report.split = copy_word(word.start, word.length);
	}
	good = take_report_words(parsing, &focus, &ignore) &&
	       use_joined(parsing, &focus,
			  report->filters_labels ? FILTER_TAGFOCUS : FILTER_FOCUS) &&
	       use_joined(parsing, &ignore,
			  report->filters_labels ? FILTER_TAGIGNORE : FILTER_IGNORE);
	if (settings->report.node_count == -1 && report->shell_node_count)
		settings->report.node_count = report->shell_node_count;
	joined_clear(&focus);
	joined_clear(&ignore);
	return good;
}

/* A report by its name, or with a number behind it: top10. */
static const struct report *find_report(struct word word, struct word *digits)
{
	char *name = copy_word(word.start, word.length);
	const struct report *report = report_find(name);
	size_t length = word.length;

	while (!report && length > 0 && isdigit((unsigned char)name[length - 1]))
		length--;
	*digits = (struct word){word.start + length, word.length - length};
	if (!report && length < word.length) {
		name[length] = '\0';
		report = report_find(name);
	}
	free(name);
	return report;
}

static bool take_command(struct parsing *parsing)
{
	struct shell_command *command = parsing->command;
	const struct report *report;
	struct word word, digits;
	const char *instead;
	char *name;
	bool known;

	if (!next_word(parsing, &word))
		return true;
	if (word_is(word, "q") || word_is(word, "quit") || word_is(word, "exit")) {
		command->action = SHELL_QUIT;
		return true;
	}
	if (word_is(word, "o") || word_is(word, "options")) {
		command->action = SHELL_OPTIONS;
		return true;
	}
	if (word_is(word, "help")) {
		command->action = SHELL_HELP;
		command->topic = trimmed(parsing->at, parsing->at + strlen(parsing->at));
		return true;
	}
	report = find_report(word, &digits);
	if (report)
		return take_report(parsing, report, digits);
	name = copy_word(word.start, word.length);
	known = option_find(name) != NULL;
	instead = option_instead(name);
	free(name);
	if (instead) {
		error_set(parsing->error, "pprof's %.*s is not here; %s", (int)word.length,
			  word.start, instead);
		return error_at(parsing->error, (size_t)(word.start - parsing->line));
	}
	if (known)
		return fail_at(parsing, word.start, "did you mean %.*s=VALUE?", word.start,
			       word.length);
	return fail_at(parsing, word.start, "unknown command \"%.*s\"; try help", word.start,
		       word.length);
}

bool shell_parse(const char *line, struct settings *settings, const struct profile *profile,
		 struct shell_command *command, struct error *error)
{
	struct parsing parsing = {line, line, settings, profile, command, error};
	char *whole = trimmed(line, line + strlen(line));
	bool taken = true, good = true;

	*command = (struct shell_command){.action = SHELL_NOTHING};
	if (strcmp(whole, ":") == 0) {
		clear_filters(settings);
		command->action = SHELL_SET;
	} else if (*whole && !take_sample_type(&parsing, whole)) {
		good = take_setting(&parsing, &taken);
		if (good && !taken)
			good = take_command(&parsing);
	}
	free(whole);
	if (!good)
		shell_command_clear(command);
	return good;
}

void shell_command_clear(struct shell_command *command)
{
	free(command->argument);
	free(command->topic);
	if (command->action == SHELL_REPORT)
		settings_clear(&command->settings);
	command->argument = command->topic = NULL;
	command->action = SHELL_NOTHING;
}
