/* SPDX-License-Identifier: MIT */
/* Help about one word: every name of every table has an answer. */
#include "fixture.h"
#include "ui/app/app_word.h"
#include "ui/app/command_table.h"
#include "ui/app/help_topic.h"
#include "ui/store/preferences.h"

static const struct key_map table = {.commands = commands};

/* Sentences are broken into lines; here they are whole. */
static void join_lines(char *text)
{
	char *to = text;

	for (const char *at = text; *at; at++) {
		bool blank = *at == ' ' || *at == '\n';

		if (!blank || (to > text && to[-1] != ' '))
			*to++ = blank ? ' ' : *at;
	}
	*to = '\0';
}

static void check(const char *word, const char *want)
{
	struct text text = {0};

	if (!help_topic_print(word, &table, &text))
		fail_msg("no help for %s", word);
	join_lines(text.bytes);
	if (!strstr(text.bytes, want))
		fail_msg("help for %s lacks %s:\n%s", word, want, text.bytes);
	text_clear(&text);
}

static void every_name_has_help(void **state)
{
	(void)state;
	for (size_t i = 0; reports[i]; i++)
		check(reports[i]->name, reports[i]->summary);
	for (const struct option *option = options; option->name; option++)
		check(option->name, option->summary);
	for (const struct preference *preference = preferences; preference->name; preference++)
		check(preference->name, preference->summary);
	for (const struct app_word *word = app_words; word->name; word++)
		check(word->name, word->help);
	for (const struct command *command = commands; command->name; command++)
		check(command->name, command->help);
	check("flat", "own code");
	check("self", "own code");
	check("cum", "everything that it calls");
}

static void every_key_of_the_table_has_help(void **state)
{
	(void)state;
	for (const struct command *command = commands; command->name; command++) {
		char key[KEY_NAME_SIZE] = "";

		memcpy(key, command->keys, strcspn(command->keys, " "));
		if (*key)
			check(key, command->help);
	}
}

static void nonsense_has_none(void **state)
{
	struct text text = {0};

	(void)state;
	assert_false(help_topic_print("nonsense", &table, &text));
	assert_false(help_topic_print("", &table, &text));
	assert_false(help_topic_print("fla", &table, &text));
	assert_int_equal(text.length, 0);
}

static void help_fits_the_width_of_a_terminal(void **state)
{
	(void)state;
	for (const struct help_topic *topic = help_topics; topic->names; topic++)
		for (const char *line = topic->text; *line; line += strcspn(line, "\n") + 1)
			assert_in_range(strcspn(line, "\n"), 1, 80);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_name_has_help),
		cmocka_unit_test(every_key_of_the_table_has_help),
		cmocka_unit_test(nonsense_has_none),
		cmocka_unit_test(help_fits_the_width_of_a_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
