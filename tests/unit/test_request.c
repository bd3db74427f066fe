/* SPDX-License-Identifier: MIT */
/* Command lines: which words are reports, options, flags and profiles. */
#include <stdio.h>

#include "base/alloc.h"
#include "fixture.h"
#include "cli/help.h"
#include "cli/request.h"

/* A parsed command line, and the words that it points into. */
struct words {
	struct request request;
	struct error error;
	char *copy, *argv[32];
	bool good;
};

static struct words parse(const char *text)
{
	struct words line = {.copy = alloc_text(text)};
	char *next = line.copy, *word;
	int argc = 0;

	line.argv[argc++] = line.copy + strlen(line.copy);
	while (*text && (word = strsep(&next, " ")))
		line.argv[argc++] = word;
	line.good = request_parse(&line.request, argc, line.argv, &line.error);
	return line;
}

static void end(struct words *line)
{
	request_clear(&line->request);
	free(line->copy);
}

static void check_error(const char *words, const char *want)
{
	struct words line = parse(words);

	if (line.good)
		fail_msg("%s: no error", words);
	if (!strstr(line.error.message, want))
		fail_msg("%s: %s does not say \"%s\"", words, line.error.message, want);
	end(&line);
}

static void check_option(const char *words, const char *name, const char *want)
{
	struct words line = parse(words);
	struct text value = {0};

	if (!line.good)
		fail_msg("%s: %s", words, line.error.message);
	option_print(&line.request.settings, option_find(name), &value);
	assert_string_equal(text_string(&value), want);
	assert_int_equal(line.request.location_count, 1);
	text_clear(&value);
	end(&line);
}

static void words_without_a_dash_are_profiles(void **state)
{
	struct words line = parse("a.pb.gz - b c=d");

	(void)state;
	assert_true(line.good);
	assert_int_equal(line.request.location_count, 4);
	assert_string_equal(line.request.locations[0], "a.pb.gz");
	assert_string_equal(line.request.locations[1], "-");
	assert_string_equal(line.request.locations[3], "c=d");
	assert_null(line.request.report);
	end(&line);
	line = parse("");
	assert_true(line.good);
	assert_int_equal(line.request.location_count, 0);
	end(&line);
}

static void options_stand_before_or_behind_profiles_with_one_dash_or_two(void **state)
{
	(void)state;
	check_option("-nodecount=5 p", "nodecount", "5");
	check_option("p --nodecount=5", "nodecount", "5");
	check_option("-nodecount 5 p", "nodecount", "5");
	check_option("--nodecount -1 p", "nodecount", "-1");
	check_option("p -focus a=b", "focus", "a=b");
	check_option("p -focus=a=b", "focus", "a=b");
	check_option("p -focus=", "focus", "");
	check_option("p -mean", "mean", "true");
	check_option("p -mean=false", "mean", "false");
	check_option("p -trim=f", "trim", "false");
	check_option("p -cum", "cum", "true");
	check_option("p -sort=cum", "cum", "true");
	check_option("p -granularity=lines", "lines", "true");
	check_option("p -o out", "output", "out");
	check_option("p -nodecount=1 -nodecount=2", "nodecount", "2");
}

static void a_switch_does_not_eat_the_profile_behind_it(void **state)
{
	(void)state;
	check_option("-mean p", "mean", "true");
	check_option("-lines p", "lines", "true");
	check_option("-top p", "cum", "false");
}

static void everything_behind_two_dashes_is_a_profile(void **state)
{
	struct words line = parse("-top -- -cum --");

	(void)state;
	assert_true(line.good);
	assert_int_equal(line.request.location_count, 2);
	assert_string_equal(line.request.locations[0], "-cum");
	assert_string_equal(line.request.locations[1], "--");
	assert_false(line.request.settings.report.cum);
	end(&line);
}

static void a_report_is_chosen_by_its_name(void **state)
{
	for (size_t i = 0; reports[i]; i++) {
		struct text words = {0};
		struct words line;

		(void)state;
		text_printf(&words, "-%s%s p", reports[i]->name,
			    reports[i]->argument ? "=main" : "");
		line = parse(words.bytes);
		if (!line.good)
			fail_msg("%s: %s", words.bytes, line.error.message);
		assert_ptr_equal(line.request.report, reports[i]);
		assert_int_equal(line.request.argument != NULL, reports[i]->argument != NULL);
		end(&line);
		text_clear(&words);
	}
}

static void an_argument_may_be_the_next_word(void **state)
{
	struct words line = parse("-peek main p");

	(void)state;
	assert_true(line.good);
	assert_string_equal(pattern_expression(line.request.argument), "main");
	assert_int_equal(line.request.location_count, 1);
	end(&line);
	line = parse("-top=false p");
	assert_true(line.good);
	assert_null(line.request.report);
	end(&line);
}

static void wrong_words_are_errors_that_name_them(void **state)
{
	(void)state;
	check_error("-http=:8080 a", "leave it out for the explorer");
	check_error("-evince=x a", "try pdf");
	check_error("-bogus p", "-bogus");
	check_error("--bogus=5 p", "--bogus=5");
	check_error("-=5", "-=5");
	check_error("---top p", "---top");
	check_error("-nodecount", "nodecount");
	check_error("-nodecount=x p", "nodecount=x");
	check_error("-nodecount= p", "nodecount");
	check_error("-divide_by=1,5 p", "divide_by=1,5");
	check_error("-mean=maybe p", "mean=maybe");
	check_error("-peek", "peek");
	check_error("-peek=a( p", "peek");
	check_error("-top -peek=a p", "name only one report");
	check_error("-peek=a -peek=b p", "name only one report");
	check_error("-flat -cum p", "-flat and -cum");
	check_error("-lines -addresses p", "-lines and -addresses");
	check_error("-lines -cum -files p", "-lines and -files");
	check_error(
		"-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		"-aaa");
}

static void the_same_choice_twice_is_no_conflict(void **state)
{
	(void)state;
	check_option("-cum -cum p", "cum", "true");
	check_option("-lines -cum -lines p", "lines", "true");
}

static void flags_ask_for_help_and_version(void **state)
{
	static const char *const help[] = {"-help", "--help", "-h"};
	static const char *const version[] = {"-version", "--version", "-V"};

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct words line = parse(help[i]);

		assert_true(line.good && line.request.help && !line.request.version);
		end(&line);
		line = parse(version[i]);
		assert_true(line.good && line.request.version && !line.request.help);
		end(&line);
	}
}

static void after_an_error_a_request_can_be_cleared(void **state)
{
	(void)state;
	/* A sanitizer sees what is left behind. */
	check_error("-focus=a -peek=x -unit=ms -bogus", "-bogus");
	check_error("-color=x -symbolize=y -color", "color");
}

static char *print_help(void (*write)(FILE *))
{
	char *bytes = NULL;
	size_t length;
	FILE *memory = open_memstream(&bytes, &length);

	write(memory);
	fclose(memory);
	return bytes;
}

static void check_named(const char *help, const char *before, const char *name)
{
	char want[96];

	snprintf(want, sizeof(want), "%s%s", before, name);
	if (!strstr(help, want))
		fail_msg("help does not name %s", want);
}

static void help_names_every_report_option_and_flag_in_all_its_forms(void **state)
{
	char *help = print_help(help_write), *manual = print_help(help_write_manual);
	char *words = print_help(help_write_words);

	(void)state;
	for (size_t i = 0; reports[i]; i++) {
		check_named(help, "\n  -", reports[i]->name);
		check_named(manual, "\n.It Fl ", reports[i]->name);
		check_named(words, "-", reports[i]->name);
		assert_true(strlen(reports[i]->summary) > 0);
	}
	for (const struct option *option = options; option->name; option++) {
		check_named(help, "\n  -", option->name);
		check_named(manual, "\n.It Fl ", option->name);
		check_named(words, "-", option->name);
	}
	for (const struct flag *flag = flags; flag->name; flag++) {
		check_named(help, "\n  -", flag->name);
		check_named(manual, "\n.It Fl ", flag->name);
	}
	free(help);
	free(manual);
	free(words);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_without_a_dash_are_profiles),
		cmocka_unit_test(options_stand_before_or_behind_profiles_with_one_dash_or_two),
		cmocka_unit_test(a_switch_does_not_eat_the_profile_behind_it),
		cmocka_unit_test(everything_behind_two_dashes_is_a_profile),
		cmocka_unit_test(a_report_is_chosen_by_its_name),
		cmocka_unit_test(an_argument_may_be_the_next_word),
		cmocka_unit_test(wrong_words_are_errors_that_name_them),
		cmocka_unit_test(the_same_choice_twice_is_no_conflict),
		cmocka_unit_test(flags_ask_for_help_and_version),
		cmocka_unit_test(after_an_error_a_request_can_be_cleared),
		cmocka_unit_test(help_names_every_report_option_and_flag_in_all_its_forms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
