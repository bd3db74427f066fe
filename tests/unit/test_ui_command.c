/* SPDX-License-Identifier: MIT */
/* The table of commands: each key means one thing in each pane, and everything shown exists. */
#include <stdio.h>

#include "fixture.h"
#include "base/array.h"
#include "setting/options.h"
#include "ui/app/command_table.h"
#include "ui/app/run_pane.h"
#include "ui/input/key_map.h"
#include "ui/widget/pane.h"
#include "ui/store/preferences.h"

/* Calls `each` for every key name of a command. */
static void for_each_key(const struct command *command,
			 void (*each)(const struct command *command, const char *name,
				      size_t length))
{
	for (const char *name = command->keys; *name;) {
		size_t length = strcspn(name, " ");

		each(command, name, length);
		name += length + strspn(name + length, " ");
	}
}

static void check_name(const struct command *command, const char *name, size_t length)
{
	uint32_t key = key_parse(name, length);
	char printed[KEY_NAME_SIZE];

	(void)command;
	assert_int_not_equal(key, NAMED_NONE);
	key_print(key, printed);
	assert_int_equal(strlen(printed), length);
	assert_memory_equal(printed, name, length);
}

static void every_key_of_the_table_has_a_name_that_reads_back(void **state)
{
	(void)state;
	for (const struct command *command = commands; command->name; command++)
		for_each_key(command, check_name);
}

static const struct pane_kind *pane;
static const struct key_map table = {.commands = commands};

static void check_meaning(const struct command *command, const char *name, size_t length)
{
	uint32_t key = key_parse(name, length);

	if (key_map_find(&table, key, pane->groups) != command)
		fail_msg("%.*s in %s is %s and %s", (int)length, name, pane->name, command->name,
			 key_map_find(&table, key, pane->groups)->name);
}

static void a_key_means_one_thing_in_a_pane(void **state)
{
	(void)state;
	for (size_t i = 0; pane_kinds[i]; i++) {
		pane = pane_kinds[i];
		for (const struct command *command = commands; command->name; command++)
			if (command_holds(command, pane->groups))
				for_each_key(command, check_meaning);
	}
}

#define TABLES "top peek labels tree source"
#define TREES "icicle sandwich"
#define ALL TABLES " " TREES

/* What the keys do, as people learn it: each in the panes that are named. */
static const struct {
	const char *keys, *panes, *command;
} meanings[] = {
	{"j Down", TABLES, "down"},
	{"k Up", TABLES, "up"},
	{"h Left", TABLES, "left"},
	{"l Right", TABLES, "right"},
	{"j Down", "icicle", "child"},
	{"k Up", "icicle", "parent"},
	{"h Left", TREES, "previous-frame"},
	{"l Right", TREES, "next-frame"},
	{"Space PgDn", ALL, "page-down"},
	{"b PgUp", ALL, "page-up"},
	{"^D", ALL, "half-down"},
	{"^U", ALL, "half-up"},
	{"^E", ALL, "scroll-down"},
	{"^Y", ALL, "scroll-up"},
	{"g Home", ALL, "first"},
	{"G End", ALL, "last"},
	{"0", TABLES, "line-start"},
	{"$", TABLES, "line-end"},
	{"0", TREES, "zoom-reset"},
	{"$", TREES, "last-sibling"},
	{"Enter", "top", "peek-at"},
	{"Enter", "peek sandwich", "recentre"},
	{"Enter", "icicle", "zoom"},
	{"Enter", "labels", "focus-label"},
	{"Enter", "tree", "toggle"},
	{"Enter", "source", "locate"},
	{"Backspace < ^O", ALL, "back"},
	{">", ALL, "forward"},
	{"Esc", ALL, "escape"},
	{"q", ALL, "close"},
	{"Q", ALL, "quit-now"},
	{"^C", ALL, "interrupt"},
	{"T 1", ALL, "top-pane"},
	{"p 2", ALL, "peek-pane"},
	{"i 3", ALL, "icicle-pane"},
	{"c 4", ALL, "sandwich-pane"},
	{"s 5", ALL, "source-pane"},
	{"t 7", ALL, "labels-pane"},
	{"8", ALL, "tree-pane"},
	{"Tab S-Tab", ALL, "next-pane"},
	{"z", ALL, "maximise"},
	{"/", ALL, "search"},
	{"n", ALL, "next-match"},
	{"N", ALL, "previous-match"},
	{"*", ALL, "same-name"},
	{"&", TABLES, "keep-rows"},
	{"f", "top peek tree source " TREES, "focus-selected"},
	{"x", "top peek tree source " TREES, "ignore-selected"},
	{"f", "labels", "focus-value"},
	{"x", "labels", "ignore-value"},
	{"H", ALL, "hide-selected"},
	{"S", ALL, "show-from-selected"},
	{"K", ALL, "show-selected"},
	{"P", ALL, "prune-selected"},
	{"F", ALL, "filters"},
	{"u", ALL, "undo"},
	{"^R", ALL, "redo"},
	{"m", ALL, "next-type"},
	{"M", ALL, "previous-type"},
	{"o", "top peek labels", "sort"},
	{"I", "top peek labels", "invert"},
	{"%", ALL, "relative"},
	{"U", ALL, "next-unit"},
	{"L", ALL, "granularity"},
	{"r", ALL, "recursion"},
	{"v", ALL, "turn-round"},
	{"+", "tree", "expand"},
	{"-", "tree", "collapse"},
	{"E", "tree", "expand-all"},
	{"C", "tree", "collapse-all"},
	{"+", TREES, "zoom-in"},
	{"-", TREES, "zoom-out"},
	{".", "tree " TREES, "hottest"},
	{"]", "source", "next-hot"},
	{"[", "source", "previous-hot"},
	{"=", "labels", "compare-values"},
	{"D", "labels", "both-values"},
	{"D", "tree icicle", "traces-of"},
	{"d", ALL, "display"},
	{"O", ALL, "own-code"},
	{"B", ALL, "mark"},
	{"'", ALL, "go-to-mark"},
	{"e", ALL, "edit"},
	{"w", ALL, "write"},
	{"y", ALL, "copy-name"},
	{"Y", ALL, "copy-row"},
	{"A", ALL, "overview"},
	{"W", ALL, "profiles"},
	{"R", ALL, "reload"},
	{"^L", ALL, "redraw"},
	{"^Z", ALL, "suspend"},
	{"? F1", ALL, "keys"},
	{":", ALL, "prompt"},
};

/* Cuts the next of some words off; false at the end. */
static bool take_word(const char **words, char word[32])
{
	size_t length = strcspn(*words, " ");

	snprintf(word, 32, "%.*s", (int)length, *words);
	*words += length + strspn(*words + length, " ");
	return length > 0;
}

static void keys_mean_what_people_learn(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(meanings); i++) {
		const char *panes = meanings[i].panes, *keys;
		char name[32], key[32];

		while (take_word(&panes, name)) {
			for (keys = meanings[i].keys; take_word(&keys, key);) {
				const struct command *command =
					key_map_find(&table, key_parse(key, strlen(key)),
						     pane_find(name)->groups);

				if (!command || strcmp(command->name, meanings[i].command) != 0)
					fail_msg("%s in %s is %s, not %s", key, name,
						 command ? command->name : "nothing",
						 meanings[i].command);
			}
		}
	}
}

static void names_of_commands_are_unique(void **state)
{
	(void)state;
	for (const struct command *command = commands; command->name; command++) {
		assert_true(*command->help != '\0');
		for (const struct command *other = command + 1; other->name; other++)
			assert_string_not_equal(command->name, other->name);
	}
}

static void words_of_the_prompt_are_no_commands(void **state)
{
	(void)state;
	for (const struct command *command = commands; command->name; command++) {
		for (size_t i = 0; reports[i]; i++)
			assert_string_not_equal(command->name, reports[i]->name);
		for (const struct option *option = options; option->name; option++)
			assert_string_not_equal(command->name, option->name);
		assert_null(preference_find(command->name));
	}
}

static void panes_and_hints_that_are_named_exist(void **state)
{
	(void)state;
	for (const struct command *command = commands; command->name; command++)
		if (command->run == run_open_pane)
			assert_non_null(pane_find(command->argument));
	for (size_t i = 0; pane_kinds[i]; i++) {
		for (const char *hint = pane_kinds[i]->hints; *hint;) {
			size_t length = strcspn(hint, " "), name = strcspn(hint, ":");
			char word[64];

			assert_true(name < length);
			snprintf(word, sizeof(word), "%.*s", (int)name, hint);
			assert_non_null(command_find(commands, word, pane_kinds[i]->groups));
			hint += length + strspn(hint + length, " ");
		}
	}
}

static void no_key_needs_f_keys_or_escape_alone(void **state)
{
	(void)state;
	for (const struct command *command = commands; command->name; command++)
		assert_string_not_equal(command->keys, "F1");
}

static void check_keys(const struct key_map *map, const char *name, const char *groups,
		       const char *want)
{
	struct text keys = {0};

	key_map_print(map, command_find(commands, name, groups), groups, &keys);
	assert_string_equal(text_string(&keys), want);
	text_clear(&keys);
}

static void a_bound_key_holds_where_its_command_does(void **state)
{
	const char *top = pane_find("top")->groups, *icicle = pane_find("icicle")->groups;
	struct key_map map = {.commands = commands};
	struct error error;

	(void)state;
	assert_true(key_map_bind(&map, "x", "sort", &error));
	assert_string_equal(key_map_find(&map, 'x', top)->name, "sort");
	assert_string_equal(key_map_find(&map, 'x', icicle)->name, "ignore-selected");
	check_keys(&map, "sort", top, "x o");
	check_keys(&map, "ignore-selected", top, "");
	check_keys(&map, "ignore-selected", icicle, "x");
	assert_true(key_map_bind(&map, "x", "undo", &error));
	assert_string_equal(key_map_find(&map, 'x', top)->name, "undo");
	check_keys(&map, "sort", top, "o");
	assert_true(key_map_unbind(&map, "u", &error));
	assert_null(key_map_find(&map, 'u', top));
	check_keys(&map, "undo", top, "x");
	assert_true(key_map_bind(&map, "u", "undo", &error));
	check_keys(&map, "undo", top, "u x");
	key_map_clear(&map);
}

static void keys_that_cannot_be_bound_are_refused(void **state)
{
	struct key_map map = {.commands = commands};
	struct error error;

	(void)state;
	assert_false(key_map_bind(&map, "F99", "undo", &error));
	assert_false(key_map_bind(&map, "x", "nonsense", &error));
	assert_false(key_map_bind(&map, "^C", "undo", &error));
	assert_false(key_map_unbind(&map, "^C", &error));
	assert_int_equal(map.count, 0);
	assert_int_equal(key_parse("^M", 2), NAMED_ENTER);
	assert_int_equal(key_parse("^I", 2), NAMED_TAB);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_of_the_table_has_a_name_that_reads_back),
		cmocka_unit_test(a_key_means_one_thing_in_a_pane),
		cmocka_unit_test(keys_mean_what_people_learn),
		cmocka_unit_test(names_of_commands_are_unique),
		cmocka_unit_test(words_of_the_prompt_are_no_commands),
		cmocka_unit_test(panes_and_hints_that_are_named_exist),
		cmocka_unit_test(no_key_needs_f_keys_or_escape_alone),
		cmocka_unit_test(a_bound_key_holds_where_its_command_does),
		cmocka_unit_test(keys_that_cannot_be_bound_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
