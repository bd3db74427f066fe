/* SPDX-License-Identifier: MIT */
/* One line of pprof's shell: what it means, and what is left as it was after an error. */
#include "fixture.h"
#include "cli/shell.h"

static struct settings settings;
static struct profile *profile;

static int start(void **state)
{
	(void)state;
	settings_init(&settings);
	profile = fixture_profile(
		"types alloc_space/bytes contentions/count delay/nanoseconds\na = 1 2 3\n");
	return 0;
}

static int stop(void **state)
{
	(void)state;
	settings_clear(&settings);
	profile_free(profile);
	return 0;
}

/* Every option with its value. */
static char *print_settings(const struct settings *these)
{
	struct text text = {0};

	for (const struct option *option = options; option->name; option++) {
		text_printf(&text, "%s=", option->name);
		option_print(these, option, &text);
		text_add_char(&text, '\n');
	}
	text_printf(&text, "type %u", these->view.value_type);
	return text.bytes;
}

/* Parses a line that is right; the command is to be cleared. */
static struct shell_command parse(const char *line)
{
	struct shell_command command;
	struct error error;

	if (!shell_parse(line, &settings, profile, &command, &error))
		fail_msg("%s: %s", line, error.message);
	return command;
}

static void check_action(const char *line, enum shell_action want)
{
	struct shell_command command = parse(line);

	if (command.action != want)
		fail_msg("%s: action %d, not %d", line, command.action, want);
	shell_command_clear(&command);
}

/* A line that is wrong at this byte; want: part of the message. */
static void check_error(const char *line, size_t at, const char *want)
{
	char *before = print_settings(&settings), *after;
	struct shell_command command;
	struct error error = {.at = 0};

	if (shell_parse(line, &settings, profile, &command, &error))
		fail_msg("%s: no error", line);
	after = print_settings(&settings);
	assert_string_equal(after, before);
	if (!strstr(error.message, want))
		fail_msg("%s: %s does not say \"%s\"", line, error.message, want);
	if (error.at != at)
		fail_msg("%s: the error is at %zu, not %zu", line, error.at, at);
	/* Clearing what failed does no harm. */
	shell_command_clear(&command);
	free(before);
	free(after);
}

static void check_option(const char *name, const char *want)
{
	struct text value = {0};

	option_print(&settings, option_find(name), &value);
	assert_string_equal(text_string(&value), want);
	text_clear(&value);
}

static void empty_lines_do_nothing(void **state)
{
	(void)state;
	check_action("", SHELL_NOTHING);
	check_action("  \t ", SHELL_NOTHING);
}

static void words_for_leaving_help_and_options(void **state)
{
	struct shell_command command;

	(void)state;
	check_action("q", SHELL_QUIT);
	check_action("quit", SHELL_QUIT);
	check_action(" exit ", SHELL_QUIT);
	check_action("o", SHELL_OPTIONS);
	check_action("options", SHELL_OPTIONS);
	check_action("help", SHELL_HELP);
	command = parse("help  top ");
	assert_int_equal(command.action, SHELL_HELP);
	assert_string_equal(command.topic, "top");
	shell_command_clear(&command);
}

static void assignments_set_options_for_good(void **state)
{
	(void)state;
	check_action("focus=main", SHELL_SET);
	check_option("focus", "main");
	check_action("  ignore =  a b  ", SHELL_SET);
	check_option("ignore", "a b");
	check_action("focus=a=b", SHELL_SET);
	check_option("focus", "a=b");
	check_action("focus=", SHELL_SET);
	check_option("focus", "");
	check_action("nodecount=7", SHELL_SET);
	check_option("nodecount", "7");
}

static void what_follows_the_last_comment_sign_is_left_out(void **state)
{
	(void)state;
	check_action("focus=main //: only ours", SHELL_SET);
	check_option("focus", "main");
	check_action("focus=http://:80 //: two of them", SHELL_SET);
	check_option("focus", "http://:80");
}

static void bare_names_of_switches_turn_them_on(void **state)
{
	(void)state;
	check_action("mean", SHELL_SET);
	check_option("mean", "true");
	check_action("mean=false", SHELL_SET);
	check_option("mean", "false");
	check_action("cum", SHELL_SET);
	check_option("cum", "true");
	check_action("sort=flat", SHELL_SET);
	check_option("flat", "true");
	check_action("granularity=lines", SHELL_SET);
	check_option("lines", "true");
	check_action("lines=0", SHELL_SET);
	check_option("lines", "true");
	check_action("functions=1", SHELL_SET);
	check_option("functions", "true");
}

static void sample_types_are_commands(void **state)
{
	(void)state;
	check_action("contentions", SHELL_SET);
	check_option("sample_index", "contentions");
	assert_int_equal(settings.view.value_type, 1);
	check_action("mean_delay", SHELL_SET);
	check_option("sample_index", "delay");
	check_option("mean", "true");
	/* The bare name leaves mean alone, total_ takes it back. */
	check_action("contentions", SHELL_SET);
	check_option("mean", "true");
	check_action("total_delay", SHELL_SET);
	check_option("mean", "false");
	assert_int_equal(settings.view.value_type, 2);
	check_action("sample_index=0", SHELL_SET);
	check_option("sample_index", "alloc_space");
}

static void a_colon_clears_some_filters_and_only_these(void **state)
{
	static const char *const cleared[] = {"focus", "ignore", "hide"};
	static const char *const kept[] = {"show", "show_from", "prune_from"};
	char line[32];

	(void)state;
	for (int i = 0; i < 3; i++) {
		snprintf(line, sizeof(line), "%s=x", cleared[i]);
		check_action(line, SHELL_SET);
		snprintf(line, sizeof(line), "%s=x", kept[i]);
		check_action(line, SHELL_SET);
	}
	check_action(":", SHELL_SET);
	for (int i = 0; i < 3; i++) {
		check_option(cleared[i], "");
		check_option(kept[i], "x");
	}
}

/* What a report line makes of the settings, for the report alone. */
static void check_report(const char *line, const char *name, const char *argument,
			 const char *changed)
{
	char *before = print_settings(&settings), *after, *copy = strdup(changed), *next = copy,
	     *word;
	struct shell_command command = parse(line);

	assert_int_equal(command.action, SHELL_REPORT);
	assert_string_equal(command.report->name, name);
	assert_string_equal(command.argument ? command.argument : "-", argument);
	while ((word = strsep(&next, " "))) {
		char *want = strchr(word, '=');
		struct text value = {0};

		if (!want)
			continue;
		*want++ = '\0';
		option_print(&command.settings, option_find(word), &value);
		assert_string_equal(text_string(&value), want);
		text_clear(&value);
	}
	after = print_settings(&settings);
	assert_string_equal(after, before);
	shell_command_clear(&command);
	free(before);
	free(after);
	free(copy);
}

static void words_behind_a_report_hold_for_it_alone(void **state)
{
	(void)state;
	check_report("top", "top", "-", "nodecount=10 focus= ignore=");
	check_report("top10", "top", "-", "nodecount=10");
	check_report("top 25 -cum", "top", "-", "nodecount=25 cum=true");
	check_report("top --cum 3", "top", "-", "nodecount=3 cum=true");
	check_report("top a b -c -d", "top", "-", "focus=a|b ignore=c|d nodecount=10");
	check_report("text5 main", "text", "-", "nodecount=5 focus=main");
	check_report("top > out.txt main", "top", "-", "output=out.txt focus=main");
	check_report("top >out.txt", "top", "-", "output=out.txt");
	check_report("\t top \t -x ", "top", "-", "ignore=x");
	check_report("top 7 -", "top", "-", "nodecount=7 ignore=");
}

static void words_replace_the_filters_of_the_session(void **state)
{
	(void)state;
	check_action("focus=old", SHELL_SET);
	check_action("ignore=kept", SHELL_SET);
	check_report("top new", "top", "-", "focus=new ignore=kept");
	check_report("top", "top", "-", "focus=old ignore=kept");
	check_action("nodecount=3", SHELL_SET);
	check_report("top", "top", "-", "nodecount=3");
	check_report("top 8", "top", "-", "nodecount=8");
}

static void a_report_with_an_argument_takes_the_first_word(void **state)
{
	(void)state;
	check_report("peek main", "peek", "main", "focus= ignore=");
	check_report("peek main run -gc 5", "peek", "main", "focus=run ignore=gc nodecount=5");
	check_report("peek10", "peek", "10", "focus=");
	check_error("peek", 4, "peek");
	check_error("  peek  ", 8, "peek");
}

static void compare_takes_two_values_of_a_label(void **state)
{
	(void)state;
	check_report("compare tenant=a,b", "compare", "-", "split=tenant=a,b focus=");
	check_report("compare tenant=a,b 5 > out.txt", "compare", "-",
		     "split=tenant=a,b nodecount=5 output=out.txt focus=");
	check_report("compare \"k=a b,c\" 5", "compare", "-", "nodecount=5 focus=");
	check_report("compare", "compare", "-", "split= focus=");
}

static void errors_tell_where_they_are(void **state)
{
	(void)state;
	check_error("bogus", 0, "bogus");
	check_error("  bogus x", 2, "bogus");
	check_error("t", 0, "\"t\"");
	check_error("toptop", 0, "toptop");
	check_error("bogus=5", 0, "bogus=5");
	check_error("focus", 0, "focus=");
	check_error("nodecount=x", 10, "nodecount");
	check_error("mean=maybe", 5, "mean");
	check_error("sort=xx", 5, "flat, cum");
	check_error("granularity=zz", 12, "filefunctions");
	check_error("sort", 0, "flat, cum");
	check_error("sample_index= 3x", 14, "3x");
	check_error("focus=a(", 7, "focus");
	check_error("focus=ab(cd", 10, "focus");
	check_error("hide=  x*)y", 9, "hide");
	check_error("tagfocus=key=(", 13, "tagfocus");
	check_error("tagfocus=acme((", 14, "tagfocus");
	check_error("tagignore= k=a,b),c", 16, "tagignore");
	check_error("tagignore=[", 10, "tagignore");
	check_error("sample_index=zzz", 13, "zzz");
	check_error("sample_index=3", 13, "[0..2]");
	check_error("sort=upward", 5, "sort=upward");
	check_error("top >", 5, ">");
	check_error("top 10 a(x -cum", 9, "focus");
	check_error("top -x(", 6, "ignore");
	check_error("top a -b  c( -d", 11, "focus");
	check_error("top a) 5 b", 5, "focus");
	check_error("tags k=a k=b)", 12, "tagfocus");
	check_report("top a( -b c)", "top", "-", "focus=a(|c) ignore=b nodecount=10");
	check_error("focus x", 0, "focus");
}

static void what_pprof_has_and_we_have_not_is_named_with_what_to_do(void **state)
{
	(void)state;
	check_error("web", 0, "svg");
	check_error("  evince main", 2, "pdf");
	check_action("normalize=true", SHELL_SET);
	check_action("intel_syntax", SHELL_SET);
	check_action("signed_percentages", SHELL_SET);
	check_option("signed_percentages", "true");
}

static void an_error_changes_nothing_that_was_set_before(void **state)
{
	(void)state;
	check_action("focus=main", SHELL_SET);
	check_action("nodecount=4", SHELL_SET);
	check_action("lines", SHELL_SET);
	check_error("focus=[", 6, "focus");
	check_error("nodecount=4x", 10, "nodecount");
	check_error("lines=x", 6, "lines");
	check_error("peek", 4, "peek");
	check_error("top a >", 7, ">");
	check_option("focus", "main");
	check_option("nodecount", "4");
}

static void without_a_profile_types_are_not_known_but_all_else_is(void **state)
{
	struct shell_command command;
	struct error error;

	(void)state;
	assert_true(shell_parse("sample_index=anything", &settings, NULL, &command, &error));
	check_option("sample_index", "anything");
	shell_command_clear(&command);
	assert_false(shell_parse("delay", &settings, NULL, &command, &error));
	assert_true(shell_parse("top", &settings, NULL, &command, &error));
	shell_command_clear(&command);
}

/* Random lines of words that mean something: no crash, and no change after an error. */
static void random_lines_are_right_or_change_nothing(void **state)
{
	static const char *const words[] = {"top",   "peek",     "text10",      "focus",
					    "=",     "-cum",     "3",           ">",
					    "f.txt", "mean",     "a(",          "[",
					    ":",     "//:",      "q",           "help",
					    "delay", "o",        "-x",          "sort",
					    "cum",   "-1",       "99999999999", "sample_index",
					    "\t",    "nodecount"};
	struct random random = {fixture_seed()};

	(void)state;
	for (int i = 0; i < 20000; i++) {
		char *before = print_settings(&settings), *after;
		uint32_t count = random_below(&random, 6);
		struct shell_command command;
		struct text line = {0};
		struct error error;

		for (uint32_t k = 0; k < count; k++)
			text_printf(&line, "%s%s", words[random_below(&random, 26)],
				    random_below(&random, 3) ? " " : "");
		if (!shell_parse(text_string(&line), &settings, profile, &command, &error)) {
			after = print_settings(&settings);
			assert_string_equal(after, before);
			assert_true(error.at <= line.length);
			free(after);
		}
		shell_command_clear(&command);
		text_clear(&line);
		free(before);
	}
}

#define WITH_PROFILE(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_PROFILE(empty_lines_do_nothing),
		WITH_PROFILE(words_for_leaving_help_and_options),
		WITH_PROFILE(assignments_set_options_for_good),
		WITH_PROFILE(what_follows_the_last_comment_sign_is_left_out),
		WITH_PROFILE(bare_names_of_switches_turn_them_on),
		WITH_PROFILE(sample_types_are_commands),
		WITH_PROFILE(a_colon_clears_some_filters_and_only_these),
		WITH_PROFILE(words_behind_a_report_hold_for_it_alone),
		WITH_PROFILE(words_replace_the_filters_of_the_session),
		WITH_PROFILE(a_report_with_an_argument_takes_the_first_word),
		WITH_PROFILE(compare_takes_two_values_of_a_label),
		WITH_PROFILE(errors_tell_where_they_are),
		WITH_PROFILE(what_pprof_has_and_we_have_not_is_named_with_what_to_do),
		WITH_PROFILE(an_error_changes_nothing_that_was_set_before),
		WITH_PROFILE(without_a_profile_types_are_not_known_but_all_else_is),
		WITH_PROFILE(random_lines_are_right_or_change_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
