/* SPDX-License-Identifier: MIT */
/* Lines of the config file and of the prompt: settings, keys, and what is wrong with them. */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fixture.h"
#include "base/array.h"
#include "ui/store/config.h"
#include "ui/store/saved_config.h"
#include "base/user_file.h"
#include "ui/app/command_table.h"

struct person {
	struct settings settings;
	struct preferences preferences;
	struct key_map keys;
	struct config config;
};

static int set_up(void **state)
{
	struct person *person = calloc(1, sizeof(*person));

	person->keys.commands = commands;
	settings_init(&person->settings);
	preferences_init(&person->preferences);
	person->config = (struct config){.settings = &person->settings,
					 .preferences = &person->preferences,
					 .keys = &person->keys};
	*state = person;
	return 0;
}

static int tear_down(void **state)
{
	struct person *person = *state;

	settings_clear(&person->settings);
	key_map_clear(&person->keys);
	free(person);
	return 0;
}

static void take(struct person *person, const char *line)
{
	struct error error;

	if (!config_line(&person->config, line, &error))
		fail_msg("%s: %s", line, error.message);
}

static void refuse(struct person *person, const char *line, size_t at, const char *reason)
{
	struct error error;

	assert_false(config_line(&person->config, line, &error));
	if (!strstr(error.message, reason))
		fail_msg("%s: %s", line, error.message);
	assert_int_equal(error.at, at);
}

static void all_forms_of_a_setting_are_taken(void **state)
{
	struct person *person = *state;

	take(person, "set unit ms");
	assert_string_equal(person->settings.report.unit, "ms");
	take(person, "  set  unit =  us  ");
	assert_string_equal(person->settings.report.unit, "us");
	take(person, "unit=s");
	assert_string_equal(person->settings.report.unit, "s");
	take(person, "set cum");
	assert_true(person->settings.report.cum);
	take(person, "sort=flat");
	assert_false(person->settings.report.cum);
	take(person, "set focus=a b=c");
	assert_string_equal(view_spec_filter(&person->settings.view, FILTER_FOCUS), "a b=c");
	take(person, "set history off");
	assert_false(person->preferences.history);
	take(person, "history=yes");
	assert_true(person->preferences.history);
	take(person, "set color=never");
	assert_int_equal(person->preferences.color, COLOR_NEVER);
	take(person, "");
	take(person, "  # set nonsense=1");
}

static void wrong_lines_change_nothing_and_say_where(void **state)
{
	struct person *person = *state;

	refuse(person, "set", 3, "name a setting");
	refuse(person, "set foo=1", 4, "no setting \"foo\"");
	refuse(person, "set color=pink", 10, "auto, always, never");
	refuse(person, "set history=maybe", 12, "on or off");
	refuse(person, "set focus=(", 10, "focus");
	refuse(person, "set nodecount=x", 14, "whole number");
	refuse(person, "set unit", 4, "unit=minimum now");
	refuse(person, "set focus", 4, "focus= now");
	refuse(person, "set color", 4, "color=auto now");
	refuse(person, "set columns", 4, "columns= now");
	refuse(person, "output=x", 0, "REPORT > FILE");
	refuse(person, "sample_index=cpu", 0, "-sample_index");
	refuse(person, "bind", 4, "bind KEY COMMAND");
	refuse(person, "bind x", 5, "name a command");
	refuse(person, "bind x undo redo", 12, "one key");
	refuse(person, "bind ^C undo", 5, "^C");
	refuse(person, "bind  x  nosuch", 9, "no command");
	refuse(person, "bind F99 undo", 5, "no key");
	refuse(person, "set columns=flat, cum:x", 22, "a width");
	refuse(person, "set columns=flat,bar:9,flat", 23, "twice");
	refuse(person, "  top10", 2, "a line is");
	assert_string_equal(view_spec_filter(&person->settings.view, FILTER_FOCUS), "");
	assert_int_equal(person->settings.report.node_count, -1);
	assert_int_equal(person->preferences.color, COLOR_AUTO);
}

static void a_text_is_taken_line_by_line(void **state)
{
	struct person *person = *state;
	struct text text = {0};
	struct error error;

	text_add_string(&text, "unit=ms\r\n# no\nbad\nset also bad\nbind x undo");
	assert_int_equal(config_text(&person->config, "file", &text, &error), 2);
	assert_memory_equal(error.message, "file:3: ", 8);
	assert_string_equal(person->settings.report.unit, "ms");
	assert_string_equal(key_map_find(&person->keys, 'x', "top")->name, "undo");
	text_clear(&text);
}

static bool gives_unit(const void *owner, const struct option *option)
{
	return !strcmp(option->name, owner);
}

static void what_the_command_line_gave_stays(void **state)
{
	struct person *person = *state;

	person->config.is_given = gives_unit;
	person->config.owner = "unit";
	take(person, "unit=ms");
	assert_string_equal(person->settings.report.unit, "minimum");
	take(person, "nodecount=5");
	assert_int_equal(person->settings.report.node_count, 5);
}

/* Any bytes: no crash, and whatever is refused says why. */
static void random_texts_do_no_harm(void **state)
{
	struct person *person = *state;
	struct random random = {fixture_seed()};
	char bytes[60];

	for (int i = 0; i < 20000; i++) {
		struct error error = {.at = 0};
		struct text text = {0};

		text_add_string(&text, i & 1 ? "set " : "bind ");
		text_add(&text, bytes, random_text(&random, "=# \tj^Xunitcolr\n\xff", 50, bytes));
		if (config_text(&person->config, "file", &text, &error))
			assert_true(*error.message != '\0');
		text_clear(&text);
	}
}

static void files_are_replaced_whole_and_read_back(void **state)
{
	char directory[] = "/tmp/ncprof-test-XXXXXX", path[128];
	struct text content = {0};
	struct error error;
	struct stat status;

	(void)state;
	assert_non_null(mkdtemp(directory));
	snprintf(path, sizeof(path), "%s/a/b", directory);
	assert_int_equal(user_file_read(path, &content, &error), USER_FILE_ABSENT);
	assert_true(user_file_write(path, "one", 3, &error));
	assert_true(user_file_write(path, "two", 3, &error));
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_int_equal(user_file_read(path, &content, &error), USER_FILE_READ);
	assert_string_equal(text_string(&content), "two");
	chmod(path, 0620);
	assert_int_equal(user_file_read(path, &content, &error), USER_FILE_REFUSED);
	chmod(path, 0600);
	assert_int_equal(truncate(path, USER_FILE_LIMIT + 1), 0);
	assert_int_equal(user_file_read(path, &content, &error), USER_FILE_REFUSED);
	unlink(path);
	snprintf(path, sizeof(path), "%s/a", directory);
	assert_int_equal(user_file_read(path, &content, &error), USER_FILE_REFUSED);
	rmdir(path);
	rmdir(directory);
	text_clear(&content);
}

static void saved_lines_give_the_same_settings(void **state)
{
	struct person *person = *state;
	struct settings again;
	struct text text = {0}, printed = {0};
	struct error error;

	saved_config_print(&person->settings, &text);
	assert_int_equal(text.length, 0);
	take(person, "focus=^main\\.(a|b)$");
	take(person, "tagfocus=tenant=acme,1kb:5mb");
	take(person, "granularity=lines");
	take(person, "sort=cum");
	take(person, "nodefraction=0.25");
	take(person, "trim=false");
	take(person, "unit=ms");
	saved_config_print(&person->settings, &text);
	assert_non_null(strstr(text.bytes, "set lines=true\n"));
	assert_true(saved_config_parse(&again, "x", &text, NULL, &error));
	assert_true(view_spec_equal(&again.view, &person->settings.view));
	assert_true(again.report.cum && !again.report.trim);
	saved_config_print(&again, &printed);
	assert_string_equal(printed.bytes, text.bytes);
	settings_clear(&again);
	text_add_string(&text, "bad line\n");
	assert_false(saved_config_parse(&again, "x", &text, NULL, &error));
	assert_memory_equal(error.message, "x:8: ", 5);
	text_clear(&text);
	text_clear(&printed);
}

static void names_of_saved_configs_stay_in_their_directory(void **state)
{
	static const char *const wrong[] = {"",     ".",   "..",  ".x",      "a/b",
					    "../x", "a b", "a\n", "\xc3\xa4"};
	struct error error;

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_false(saved_config_check(wrong[i], &error));
	assert_true(saved_config_check("web-1_x.y", &error));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(all_forms_of_a_setting_are_taken, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(wrong_lines_change_nothing_and_say_where, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_text_is_taken_line_by_line, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_the_command_line_gave_stays, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(random_texts_do_no_harm, set_up, tear_down),
		cmocka_unit_test_setup_teardown(saved_lines_give_the_same_settings, set_up,
						tear_down),
		cmocka_unit_test(names_of_saved_configs_stay_in_their_directory),
		cmocka_unit_test(files_are_replaced_whole_and_read_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
