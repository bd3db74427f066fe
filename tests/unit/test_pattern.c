/* SPDX-License-Identifier: MIT */
/* Regular expressions as RE2 has them, and patterns that mean harm. */
#include <unistd.h>

#include "base/array.h"
#include "base/pattern.h"
#include "base/simplify.h"
#include "fixture.h"

static struct pattern *compile(const char *expression)
{
	struct error error;
	struct pattern *pattern = pattern_new(expression, false, &error);

	if (!pattern)
		fail_msg("%s", error.message);
	return pattern;
}

static bool matches(const char *expression, const char *text)
{
	struct pattern *pattern = compile(expression);
	bool matched = pattern_matches(pattern, text, strlen(text));

	assert_string_equal(pattern_expression(pattern), expression);
	pattern_free(pattern);
	return matched;
}

static void patterns_match_anywhere_and_tell_case_apart(void **state)
{
	(void)state;
	assert_true(matches("arse", "main.parse"));
	assert_false(matches("PARSE", "main.parse"));
	assert_true(matches("(?i)PARSE", "main.parse"));
	assert_true(matches("", "anything"));
	assert_true(matches("", ""));
	assert_true(matches("^main", "main.parse"));
	assert_false(matches("^parse", "main.parse"));
	assert_true(matches("parse$", "main.parse"));
}

static void case_can_be_ignored_from_outside(void **state)
{
	struct error error;
	struct pattern *pattern = pattern_new("stra\u00dfe", true, &error);

	(void)state;
	assert_non_null(pattern);
	assert_true(pattern_matches(pattern, "STRA\u1e9eE", 8) ||
		    pattern_matches(pattern, "STRA\u00dfE", 7));
	pattern_free(pattern);
}

static void dollar_and_caret_stand_for_the_ends_of_the_text_alone(void **state)
{
	(void)state;
	assert_false(matches("a$", "a\n"));
	assert_false(matches("^b", "a\nb"));
	assert_true(matches("(?m)^b$", "a\nb\nc"));
	assert_false(matches("a.b", "a\nb"));
	assert_true(matches("(?s)a.b", "a\nb"));
	assert_true(matches("\\Aa\\z", "a"));
	assert_false(matches("a\\z", "a\n"));
}

static void classes_are_ascii_unless_they_name_a_property(void **state)
{
	(void)state;
	assert_false(matches("^\\d$", "\u0663"));
	assert_false(matches("^\\w$", "\u00e9"));
	assert_false(matches("^\\s$", "\u00a0"));
	assert_true(matches("^\\pL$", "\u00e9"));
	assert_true(matches("^\\p{Greek}$", "\u03b1"));
	assert_true(matches("^.$", "\u65e5"));
	assert_true(matches("^[[:alpha:]]+$", "abc"));
	assert_true(matches("\\bfoo\\b", "a foo b"));
}

static void the_syntax_of_re2_is_understood(void **state)
{
	(void)state;
	assert_true(matches("\\Qa.b(\\E", "xa.b("));
	assert_false(matches("\\Qa.b\\E", "aXb"));
	assert_true(matches("(?P<name>a+)b", "aab"));
	assert_true(matches("^a+?$", "aaa"));
	assert_true(matches("^(?:ab){2,3}$", "ababab"));
	assert_true(matches("x{,2}", "x{,2}"));
	assert_true(matches("\\x41\\x{1F600}", "A\U0001f600"));
	assert_true(matches("main\\.\\(\\*T\\)\\.f", "main.(*T).f"));
	assert_true(matches("a|b", "b"));
}

static void broken_utf8_in_a_name_is_no_obstacle(void **state)
{
	struct pattern *pattern = compile("parse");

	(void)state;
	assert_true(pattern_matches(pattern, "\xff\xfe parse", 8));
	assert_true(pattern_matches(pattern, "\xe2\x82parse\xc0", 8));
	assert_false(pattern_matches(pattern, "\xff\xff", 2));
	assert_true(pattern_matches(pattern, "\0parse", 6));
	pattern_free(pattern);
	pattern = compile("^a.+b");
	assert_true(pattern_matches(pattern,
				    "a\xff\xfe"
				    "b",
				    4));
	assert_false(pattern_matches(pattern, "ab\xff", 3));
	pattern_free(pattern);
}

static void find_goes_on_from_a_byte_and_gives_the_range(void **state)
{
	struct pattern *pattern = compile("a+");
	size_t start, end;

	(void)state;
	assert_true(pattern_find(pattern, "xaabaa", 6, 0, &start, &end));
	assert_int_equal(start, 1);
	assert_int_equal(end, 3);
	assert_true(pattern_find(pattern, "xaabaa", 6, 3, &start, &end));
	assert_int_equal(start, 4);
	assert_int_equal(end, 6);
	assert_false(pattern_find(pattern, "xaabaa", 6, 6, &start, &end));
	assert_false(pattern_find(pattern, "xaabaa", 6, 7, &start, &end));
	/* Each broken byte is one character, also where the range is told. */
	assert_true(pattern_find(pattern,
				 "\xff\xc3x\xff"
				 "aa\xff",
				 7, 2, &start, &end));
	assert_int_equal(start, 4);
	assert_int_equal(end, 6);
	/* Only `length` bytes belong to the text. */
	assert_false(pattern_find(pattern, "xaabaa", 1, 0, &start, &end));
	pattern_free(pattern);
}

static void a_wrong_pattern_is_an_error_that_tells_the_byte(void **state)
{
	static const char *const wrong[] = {"(",     ")",    "[a",    "*a",  "a{2,1}", "\\",
					    "(?P<n", "(?z)", "[b-a]", "\\C", "\xff"};

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct error error = {.at = 0};

		if (pattern_new(wrong[i], false, &error))
			fail_msg("%s compiles", wrong[i]);
		assert_non_null(strstr(error.message, "at byte "));
		assert_non_null(strstr(error.message, "regular expression \""));
	}
}

static void a_quoted_text_matches_itself_and_only_itself(void **state)
{
	struct random random = {fixture_seed()};
	struct text quoted = {0};
	char text[20];

	(void)state;
	for (int i = 0; i < 3000; i++) {
		size_t length =
			random_text(&random, "ab.*+?()[]{}|^$\\-#& /", sizeof(text) - 1, text);
		struct pattern *pattern;
		size_t start, end;

		text_reset(&quoted);
		pattern_quote(&quoted, text);
		pattern = compile(text_string(&quoted));
		assert_true(pattern_find(pattern, text, length, 0, &start, &end));
		assert_int_equal(start, 0);
		assert_int_equal(end, length);
		pattern_free(pattern);
	}
	text_clear(&quoted);
}

/* The runner's time limit is the only clock: without a bound these run for ages. */
static void hostile_patterns_come_to_an_end(void **state)
{
	static const char *const hostile[] = {
		"(a+)+$",
		"(a|a)+$",
		"(a*)*b",
		"(.*)*(.*)*(.*)*x",
		"((a?){30}){30}b",
		"(a|aa)+$",
		"(?:a*a*a*a*a*a*a*a*)*b",
		"^(([a-z])+.)+[A-Z]([a-z])+$",
		"(?i)(x+x+)+y",
		"(a{0,300}){0,300}b",
	};
	char text[5001];

	(void)state;
	memset(text, 'a', sizeof(text) - 1);
	text[sizeof(text) - 2] = '!';
	text[sizeof(text) - 1] = '\0';
	for (size_t i = 0; i < COUNT(hostile); i++) {
		struct error error;
		struct pattern *pattern = pattern_new(hostile[i], false, &error);

		if (pattern && pattern_matches(pattern, text, sizeof(text) - 1))
			fail_msg("%s matches", hostile[i]);
		pattern_free(pattern);
	}
}

static void patterns_too_big_to_compile_are_errors(void **state)
{
	struct text nested = {0};
	struct error error;

	(void)state;
	for (int i = 0; i < 5000; i++)
		text_add_char(&nested, '(');
	assert_null(pattern_new(nested.bytes, false, &error));
	assert_null(pattern_new("(((a{1,1000}){1,1000}){1,1000}){1,1000}", false, &error));
	text_clear(&nested);
}

/* Template names of C++ and Go are kilobytes long; alternatives under a star are honest patterns. */
static void an_honest_pattern_matches_in_a_long_name(void **state)
{
	char name[20001];

	(void)state;
	memset(name, 'x', sizeof(name) - 1);
	memcpy(name + sizeof(name) - 6, "parse", 6);
	assert_true(matches("parse", name));
	assert_true(matches("^.*parse$", name));
	assert_true(matches("^(x|y)*parse$", name));
	assert_true(matches("(?:foo|.)*parse", name));
	assert_true(matches("x+parse", name));
}

static void simplify_cuts_arguments_but_not_reserved_names(void **state)
{
	static const struct {
		const char *name, *want;
	} rows[] = {
		{"f(int)", "f"},
		{".f", "f"},
		{"..f", ".f"},
		{"f", "f"},
		{"", ""},
		{"(int)", ""},
		{"Foo::(anonymous namespace)::Bar(int)", "Foo::(anonymous namespace)::Bar"},
		{"Foo::operator()(int)", "Foo::operator()"},
		{"operator()", "operator()"},
		{"operator(", "operator"},
		{"main.(*T).f", "main."},
		{"a(anonymous namespace)b(anonymous namespace)c(d)",
		 "a(anonymous namespace)b(anonymous namespace)c"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *name = rows[i].name;
		size_t length = simplify_name(&name, strlen(name));

		assert_int_equal(length, strlen(rows[i].want));
		assert_memory_equal(name, rows[i].want, length);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patterns_match_anywhere_and_tell_case_apart),
		cmocka_unit_test(case_can_be_ignored_from_outside),
		cmocka_unit_test(dollar_and_caret_stand_for_the_ends_of_the_text_alone),
		cmocka_unit_test(classes_are_ascii_unless_they_name_a_property),
		cmocka_unit_test(the_syntax_of_re2_is_understood),
		cmocka_unit_test(broken_utf8_in_a_name_is_no_obstacle),
		cmocka_unit_test(find_goes_on_from_a_byte_and_gives_the_range),
		cmocka_unit_test(a_wrong_pattern_is_an_error_that_tells_the_byte),
		cmocka_unit_test(a_quoted_text_matches_itself_and_only_itself),
		cmocka_unit_test(hostile_patterns_come_to_an_end),
		cmocka_unit_test(patterns_too_big_to_compile_are_errors),
		cmocka_unit_test(an_honest_pattern_matches_in_a_long_name),
		cmocka_unit_test(simplify_cuts_arguments_but_not_reserved_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
