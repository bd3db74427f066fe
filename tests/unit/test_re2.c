/* SPDX-License-Identifier: MIT */
/*
 * Patterns mean what they mean to RE2: by a table, and by asking Go's regexp
 * package about thousands of random ones, where Go is installed.
 */
#include "base/pattern.h"
#include "base/process.h"
#include "base/span.h"
#include "fixture.h"

#define PATTERNS 6000
#define TEXTS 4

static bool compiles(const char *expression, size_t *at)
{
	struct error error = {.at = 0};
	struct pattern *pattern = pattern_new(expression, false, &error);

	*at = error.at;
	pattern_free(pattern);
	return pattern != NULL;
}

static void what_re2_takes_is_taken(void **state)
{
	static const char *const rows[][3] = {
		/* pattern, a text that it matches, one that it does not */
		{"[.x.]", "x", "y"},
		{"[=a=]", "=", "b"},
		{"[:alpha:]", "p", "z"},
		{"[[.a.]]", ".]", "a"},
		{"^*a", "xa", "b"},
		{"a$+", "ba", "ab"},
		{"\\b+a", "-a", "ba"},
		{"[\\d-z]", "-", "y"},
		{"[[:digit:]-z]", "-", "y"},
		{"Keep[...]", "Keep.", "Keep"},
		{"[]a]", "]", "b"},
		{"[^]a]", "b", "]"},
		{"\\pN", "\u0663", "x"},
		{"\\PN", "x", "7"},
		{"\\p{^Greek}", "a", "\u03b1"},
		{"\\p{greek}", "\u03b1", "a"},
		{"(?i)K", "\u212a", "x"},
		{"(?i)[\\W]", "-", "\u017f"},
		{"(?U)^a+$", "aa", "b"},
		{"\\_\\ \\#", "_ #", "_#"},
		{"\\012", "\n", "n"},
		{"(?P<1x>a)", "a", "b"},
		{"(?P<n>a)(?P<n>b)", "ab", "ba"},
		{"a{,2}", "a{,2}", "aa"},
		{"x*(?i)*a", "A", "b"},
		{"(?m)^$", "a\n", "a"},
		{"\\Qa*\\E+", "a**", "aa"},
		{"[a\\x{d800}]", "a", "\xed\xa0\x80"},
		{"[^\\x00-\\x{10FFFF}]*b", "b", "a"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct error error;
		struct pattern *pattern = pattern_new(rows[i][0], false, &error);

		if (!pattern)
			fail_msg("%s", error.message);
		if (!pattern_matches(pattern, rows[i][1], strlen(rows[i][1])))
			fail_msg("%s does not match \"%s\"", rows[i][0], rows[i][1]);
		if (pattern_matches(pattern, rows[i][2], strlen(rows[i][2])))
			fail_msg("%s matches \"%s\"", rows[i][0], rows[i][2]);
		pattern_free(pattern);
	}
}

static void what_re2_refuses_is_refused_with_a_mark(void **state)
{
	static const struct {
		const char *pattern;
		size_t at;
	} rows[] = {
		{"a++", 2},         {"a**", 2},         {"a{1001}", 1},   {"(a{50}){50}", 7},
		{"\\K", 0},         {"(*UTF8)a", 1},    {"(?=a)", 0},     {"(?<=a)b", 0},
		{"(?>a)", 0},       {"a(?#x)", 1},      {"\\1", 0},       {"(a)\\1", 3},
		{"\\Z", 0},         {"\\R", 0},         {"\\h", 0},       {"\\G", 0},
		{"\\p{Grek}", 0},   {"\\p{Alpha}", 0},  {"[[:foo:]]", 1}, {"[b-a]", 1},
		{"main.(*T).m", 6}, {"*a", 0},          {"a|*", 2},       {"\\8", 0},
		{"x{2,1}", 1},      {"\\x{110000}", 0}, {"a)", 1},        {"(?i-)a", 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		size_t at;

		if (compiles(rows[i].pattern, &at))
			fail_msg("%s is taken", rows[i].pattern);
		if (at != rows[i].at)
			fail_msg("%s: the mark is at %zu", rows[i].pattern, at);
	}
}

static void the_escaped_form_is_offered(void **state)
{
	struct error error;

	(void)state;
	assert_null(pattern_new("main.(*T).m", false, &error));
	assert_non_null(strstr(error.message, "for the text itself write main\\.\\(\\*T\\)\\.m"));
	assert_non_null(strstr(error.message, "missing argument to repetition operator at byte 7"));
}

static void nesting_is_bounded_and_slow_patterns_end(void **state)
{
	struct text deep = {0}, name = {0};
	struct pattern *pattern;
	struct error error;
	size_t at;

	(void)state;
	for (int i = 0; i < 900; i++)
		text_add_char(&deep, '(');
	for (int i = 0; i < 900; i++)
		text_add_char(&deep, ')');
	assert_true(compiles(text_string(&deep), &at));
	text_reset(&deep);
	for (int i = 0; i < 100000; i++)
		text_add_char(&deep, '(');
	assert_false(compiles(text_string(&deep), &at));
	/* Backtracking would take 2^60 steps; RE2 takes 60. */
	for (int i = 0; i < 60; i++)
		text_add_char(&name, 'a');
	text_add_string(&name, "c");
	pattern = pattern_new("(a*)*b", false, &error);
	assert_false(pattern_matches(pattern, name.bytes, name.length));
	text_add_string(&name, "b");
	assert_true(pattern_matches(pattern, name.bytes, name.length));
	pattern_free(pattern);
	pattern = pattern_new("(x+x+)+y|(a|aa)+cb$", false, &error);
	assert_true(pattern_matches(pattern, name.bytes, name.length));
	pattern_free(pattern);
	text_clear(&deep);
	text_clear(&name);
}

/* --- Against Go --------------------------------------------------------------------------------- */

static const char *const tokens[] = {
	"a",
	"b",
	"k",
	"K",
	"s",
	"z",
	"0",
	"9",
	"_",
	"-",
	" ",
	"\n",
	"\u00e9",
	"\u03b1",
	"\u017f",
	"[",
	"]",
	"[^",
	"^",
	"$",
	".",
	"*",
	"+",
	"?",
	"|",
	"(",
	")",
	"{2}",
	"{1,3}",
	"{,2}",
	"{2,}",
	"{1001}",
	"{",
	"}",
	"*?",
	"+?",
	"??",
	"{0}",
	"(?i)",
	"(?i:",
	"(?m)",
	"(?s)",
	"(?U)",
	"(?-i)",
	"(?im-s:",
	"(?P<n>",
	"(?<x>",
	"(?",
	"(?:",
	"\\d",
	"\\D",
	"\\w",
	"\\W",
	"\\s",
	"\\S",
	"\\b",
	"\\B",
	"\\A",
	"\\z",
	"\\Z",
	"\\pL",
	"\\PL",
	"\\pN",
	"\\p{Greek}",
	"\\p{^Nd}",
	"\\P{Latin}",
	"\\p{Foo}",
	"\\Q",
	"\\E",
	"\\x41",
	"\\x{3b1}",
	"\\x{",
	"\\n",
	"\\v",
	"\\.",
	"\\1",
	"\\012",
	"\\8",
	"[[:alpha:]]",
	"[[:^lower:]]",
	"[[:space:]k]",
	"[:alpha:]",
	"[.a.]",
	"[=a=]",
	"[[:digit:]-z]",
	"[\\d-z]",
	"[a-z]",
	"[z-a]",
	"[^a-k]",
	"[\\W_]",
	"[^\\n]",
	"a-z",
	"[[:foo:]]",
	"\\-",
	"\\_",
	"\\\u00e9",
	"\\",
	"<",
	">",
	"=",
	":",
	",",
	"#",
	"&",
	"~",
};

static const char letters[] = "aabbkKsSzZ0129_-  \n.:=[]^$*+{},|()#&";

static void random_pattern(struct random *random, struct text *pattern)
{
	uint32_t count = 1 + random_below(random, 8);

	text_reset(pattern);
	for (uint32_t i = 0; i < count; i++)
		text_add_string(pattern,
				tokens[random_below(random, sizeof(tokens) / sizeof(*tokens))]);
}

static void random_subject(struct random *random, struct text *text)
{
	static const char *const others[] = {"\u00e9", "\u03b1", "\u0391",   "\u017f",
					     "\u212a", "\xff",   "\xe2\x82", "\u0663"};
	uint32_t count = random_below(random, 10);

	text_reset(text);
	for (uint32_t i = 0; i < count; i++) {
		if (random_below(random, 6) == 0)
			text_add_string(text, others[random_below(random, 8)]);
		else
			text_add_char(text, letters[random_below(random, sizeof(letters) - 1)]);
	}
}

static void add_hex(struct text *line, const struct text *word)
{
	text_add_char(line, 'x');
	for (size_t i = 0; i < word->length; i++)
		text_printf(line, "%02x", (unsigned char)word->bytes[i]);
	text_add_char(line, ' ');
}

/* What we say of the pattern and the texts, as the judge would write it. */
static void our_answer(const struct text *pattern, const struct text *texts, struct text *answer)
{
	struct error error;
	struct pattern *compiled = pattern_new(text_string(pattern), false, &error);
	size_t start, end;

	text_reset(answer);
	if (!compiled) {
		text_add_string(answer, "error");
		return;
	}
	for (int i = 0; i < TEXTS; i++) {
		if (pattern_find(compiled, text_string(&texts[i]), texts[i].length, 0, &start,
				 &end))
			text_printf(answer, "%zu:%zu ", start, end);
		else
			text_add_string(answer, "- ");
	}
	pattern_free(compiled);
}

/* Adds PATTERNS lines for the judge; with `answers`, compares what it said of each. */
static int go_through(uint64_t seed, struct text *questions, struct span answers)
{
	struct random random = {seed};
	struct text pattern = {0}, texts[TEXTS] = {{0}}, ours = {0};
	struct span said;
	int wrong = 0;

	for (int i = 0; i < PATTERNS; i++) {
		random_pattern(&random, &pattern);
		for (int t = 0; t < TEXTS; t++)
			random_subject(&random, &texts[t]);
		if (questions) {
			add_hex(questions, &pattern);
			for (int t = 0; t < TEXTS; t++)
				add_hex(questions, &texts[t]);
			text_add_char(questions, '\n');
			continue;
		}
		assert_true(span_take_line(&answers, &said));
		our_answer(&pattern, texts, &ours);
		if (!span_starts(said, text_string(&ours)) && wrong++ < 10)
			print_error("%s: Go says %.*s, we %s\n", text_string(&pattern),
				    (int)span_length(said), said.at, text_string(&ours));
	}
	text_clear(&pattern);
	for (int t = 0; t < TEXTS; t++)
		text_clear(&texts[t]);
	text_clear(&ours);
	return wrong;
}

static void go_says_the_same_of_random_patterns(void **state)
{
	const char *const argv[] = {"go", "run", fixture_path("re2/judge.go"), NULL};
	const uint64_t seed = fixture_seed();
	struct text questions = {0}, answers = {0};
	struct error error;

	(void)state;
	go_through(seed, &questions, (struct span){0});
	if (process_run(argv, questions.bytes, questions.length, &answers, &error) !=
	    PROCESS_GOOD) {
		print_message("skipped: no Go that runs tests/data/re2/judge.go\n");
		text_clear(&questions);
		text_clear(&answers);
		skip();
	}
	assert_int_equal(go_through(seed, NULL,
				    (struct span){answers.bytes, answers.bytes + answers.length}),
			 0);
	text_clear(&questions);
	text_clear(&answers);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_re2_takes_is_taken),
		cmocka_unit_test(what_re2_refuses_is_refused_with_a_mark),
		cmocka_unit_test(the_escaped_form_is_offered),
		cmocka_unit_test(nesting_is_bounded_and_slow_patterns_end),
		cmocka_unit_test(go_says_the_same_of_random_patterns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
