/* SPDX-License-Identifier: MIT */
/* The table of options and the settings they change. */
#include "fixture.h"

#include "base/array.h"

static struct settings settings;

static int start_settings(void **state)
{
	(void)state;
	settings_init(&settings);
	return 0;
}

static int end_settings(void **state)
{
	(void)state;
	settings_clear(&settings);
	return 0;
}

static void check_value(const char *name, const char *want)
{
	struct text value = {0};

	option_print(&settings, option_find(name), &value);
	assert_string_equal(text_string(&value), want);
	text_clear(&value);
}

static void set(const char *name, const char *value)
{
	struct error error;

	if (!option_set(&settings, option_find(name), value, &error))
		fail_msg("%s", error.message);
}

/* An error names the option and leaves it as it is. */
static void refuse(const char *name, const char *value)
{
	struct error error = {.at = 0};
	struct text before = {0};

	option_print(&settings, option_find(name), &before);
	if (option_set(&settings, option_find(name), value, &error))
		fail_msg("%s=%s is taken", name, value);
	assert_non_null(strstr(error.message, name));
	check_value(name, text_string(&before));
	text_clear(&before);
}

static void the_defaults_are_those_of_pprof(void **state)
{
	static const char *const rows[][2] = {
		{"flat", "true"},
		{"cum", "false"},
		{"functions", "true"},
		{"lines", "false"},
		{"nodecount", "-1"},
		{"nodefraction", "0.005"},
		{"edgefraction", "0.001"},
		{"trim", "true"},
		{"drop_negative", "false"},
		{"mean", "false"},
		{"divide_by", "1"},
		{"unit", "minimum"},
		{"compact_labels", "false"},
		{"relative_percentages", "false"},
		{"focus", ""},
		{"noinlines", "false"},
		{"sample_index", ""},
		{"output", ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		check_value(rows[i][0], rows[i][1]);
}

static void every_option_can_be_found_and_no_two_have_one_name(void **state)
{
	(void)state;
	for (const struct option *option = options; option->name; option++) {
		assert_ptr_equal(option_find(option->name), option);
		assert_true(option->summary && *option->summary);
		assert_int_equal(option->group != NULL, option->kind == OPTION_CHOICE);
		if (option->group)
			assert_ptr_equal(option_find_choice(option->group, option->name), option);
		/* A report of the same name could not be told apart. */
		assert_null(report_find(option->name));
	}
	assert_null(option_find(""));
	assert_null(option_find("focu"));
	assert_null(option_find_choice("sort", "lines"));
	assert_null(option_find_choice("sort", ""));
	assert_null(option_find_choice("focus", "x"));
}

/* The table, the help and the man page know no option that pprof does not, but for our own. */
static void every_option_of_pprof_that_concerns_reports_is_there(void **state)
{
	static const char *const names[] = {
		"cum",           "flat",           "functions",
		"filefunctions", "files",          "lines",
		"addresses",     "noinlines",      "showcolumns",
		"nodecount",     "nodefraction",   "edgefraction",
		"trim",          "drop_negative",  "relative_percentages",
		"unit",          "compact_labels", "divide_by",
		"mean",          "sample_index",   "focus",
		"ignore",        "hide",           "show",
		"show_from",     "prune_from",     "output",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++)
		if (!option_find(names[i]))
			fail_msg("there is no option %s", names[i]);
}

static void bools_take_pprofs_words_in_any_case(void **state)
{
	static const char *const yes[] = {"true", "t", "yes", "y", "1", "", "TRUE", "Yes", "T"};
	static const char *const no[] = {"false", "f", "no", "n", "0", "FALSE", "No"};
	static const char *const wrong[] = {"2", "on", "tru", " ", "truee", "-1", "00"};

	(void)state;
	for (size_t i = 0; i < COUNT(yes); i++) {
		set("mean", "no");
		set("mean", yes[i]);
		check_value("mean", "true");
	}
	for (size_t i = 0; i < COUNT(no); i++) {
		set("mean", "yes");
		set("mean", no[i]);
		check_value("mean", "false");
	}
	for (size_t i = 0; i < COUNT(wrong); i++)
		refuse("mean", wrong[i]);
}

static void numbers_are_whole_words_within_their_range(void **state)
{
	static const char *const integers[] = {"",    "x",          "5x",
					       "1.5", "2147483648", "99999999999999999999"};
	static const char *const numbers[] = {"", "x", "0.5x", "1e999", "0,5"};

	(void)state;
	set("nodecount", "15");
	set("nodefraction", "0.25");
	check_value("nodecount", "15");
	check_value("nodefraction", "0.25");
	for (size_t i = 0; i < COUNT(integers); i++)
		refuse("nodecount", integers[i]);
	for (size_t i = 0; i < COUNT(numbers); i++)
		refuse("nodefraction", numbers[i]);
	set("nodecount", "-2147483648");
	check_value("nodecount", "-2147483648");
	set("divide_by", "1e3");
	check_value("divide_by", "1000");
}

static void a_choice_turns_the_others_of_its_group_off(void **state)
{
	(void)state;
	set("cum", "");
	check_value("cum", "true");
	check_value("flat", "false");
	set("lines", "true");
	check_value("lines", "true");
	check_value("functions", "false");
	check_value("cum", "true");
	set("addresses", "1");
	check_value("lines", "false");
	check_value("addresses", "true");
	set("functions", "yes");
	check_value("functions", "true");
	refuse("lines", "maybe");
}

static void a_filter_can_be_set_and_taken_away(void **state)
{
	(void)state;
	assert_false(view_spec_filtered(&settings.view));
	set("focus", "main|run");
	check_value("focus", "main|run");
	assert_true(view_spec_filtered(&settings.view));
	set("focus", "");
	check_value("focus", "");
	assert_false(view_spec_filtered(&settings.view));
}

static void a_copy_of_settings_stands_on_its_own(void **state)
{
	struct settings copy;

	(void)state;
	set("focus", "main");
	set("unit", "ms");
	set("sample_index", "cpu");
	settings_copy(&copy, &settings);
	assert_true(view_spec_equal(&copy.view, &settings.view));
	set("focus", "other");
	set("unit", "s");
	assert_false(view_spec_equal(&copy.view, &settings.view));
	assert_string_equal(view_spec_filter(&copy.view, FILTER_FOCUS), "main");
	assert_string_equal(copy.report.unit, "ms");
	assert_string_equal(copy.sample_index, "cpu");
	settings_clear(&copy);
}

static void specs_are_equal_when_every_field_is(void **state)
{
	static const char *const changes[][2] = {{"mean", ""},
						 {"lines", ""},
						 {"noinlines", ""},
						 {"showcolumns", ""},
						 {"relative_percentages", ""},
						 {"focus", "a"},
						 {"prune_from", "a"}};
	struct settings other;

	(void)state;
	for (size_t i = 0; i < COUNT(changes); i++) {
		struct error error;

		settings_copy(&other, &settings);
		assert_true(view_spec_equal(&other.view, &settings.view));
		assert_true(option_set(&other, option_find(changes[i][0]), changes[i][1], &error));
		if (view_spec_equal(&other.view, &settings.view))
			fail_msg("%s makes no difference", changes[i][0]);
		settings_clear(&other);
	}
}

static void settings_are_resolved_for_a_profile(void **state)
{
	struct profile *profile = fixture_profile("types a/count b/count\n");
	struct error error;

	(void)state;
	assert_true(settings_resolve(&settings, profile, &error));
	assert_int_equal(settings.view.value_type, 1);
	set("sample_index", "a");
	assert_true(settings_resolve(&settings, profile, &error));
	assert_int_equal(settings.view.value_type, 0);
	set("sample_index", "zzz");
	assert_false(settings_resolve(&settings, profile, &error));
	assert_non_null(strstr(error.message, "zzz"));
	assert_int_equal(settings.view.value_type, 0);
	profile_free(profile);
}

static void a_division_by_zero_is_refused(void **state)
{
	struct error error;

	(void)state;
	assert_false(option_set(&settings, option_find("divide_by"), "0", &error));
	assert_non_null(strstr(error.message, "divide_by"));
	check_value("divide_by", "1");
}

/* Files name the type; others have taken the number of that text for the number of a type. */
static void the_default_sample_type_is_a_name(void **state)
{
	struct profile *profile = fixture_load("web_before.heap.pb.gz");
	struct error error;

	(void)state;
	for (uint32_t type = 0; type < profile->type_count; type++) {
		profile->default_type = profile->types[type].type;
		assert_true(settings_resolve(&settings, profile, &error));
		assert_int_equal(settings.view.value_type, type);
	}
	profile_free(profile);
}

/* Every option makes a difference but the word that chose the type. */
static void settings_differ_by_each_option(void **state)
{
	(void)state;
	for (const struct option *option = options; option->name; option++) {
		struct settings other;
		struct error error;
		const char *value = option->kind == OPTION_NUMBER ? "1.0000000001" : "7";
		bool same;

		if (option->kind == OPTION_BOOL || option->kind == OPTION_CHOICE)
			value = strcmp(option->name, "trim") ? "true" : "false";
		settings_copy(&other, &settings);
		assert_true(settings_equal(&settings, &other));
		assert_true(option_equal(&settings, &other, option));
		assert_true(option_set(&other, option, value, &error));
		same = option_equal(&settings, &other, option);
		/* These two are the defaults. */
		assert_int_equal(same, !strcmp(option->name, "flat") ||
					       !strcmp(option->name, "functions"));
		assert_int_equal(settings_equal(&settings, &other),
				 same || !strcmp(option->name, "sample_index"));
		settings_clear(&other);
	}
}

#define WITH_SETTINGS(test) cmocka_unit_test_setup_teardown(test, start_settings, end_settings)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_SETTINGS(the_defaults_are_those_of_pprof),
		WITH_SETTINGS(a_division_by_zero_is_refused),
		cmocka_unit_test(every_option_can_be_found_and_no_two_have_one_name),
		cmocka_unit_test(every_option_of_pprof_that_concerns_reports_is_there),
		WITH_SETTINGS(bools_take_pprofs_words_in_any_case),
		WITH_SETTINGS(numbers_are_whole_words_within_their_range),
		WITH_SETTINGS(a_choice_turns_the_others_of_its_group_off),
		WITH_SETTINGS(a_filter_can_be_set_and_taken_away),
		WITH_SETTINGS(a_copy_of_settings_stands_on_its_own),
		WITH_SETTINGS(specs_are_equal_when_every_field_is),
		WITH_SETTINGS(settings_are_resolved_for_a_profile),
		WITH_SETTINGS(settings_differ_by_each_option),
		WITH_SETTINGS(the_default_sample_type_is_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
