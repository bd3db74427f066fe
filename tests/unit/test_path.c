/* File names by the rules of Go's path/filepath. */
#include "fixture.h"
#include "view/path.h"

struct pair {
	const char *path, *want;
};

static void check(const struct pair *rows, size_t count, void (*make)(const char *, struct text *))
{
	struct text text = {0};

	for (size_t i = 0; i < count; i++) {
		make(rows[i].path, &text);
		assert_string_equal(text_string(&text), rows[i].want);
		assert_int_equal(text.length, strlen(rows[i].want));
	}
	text_clear(&text);
}

#define CHECK(rows, make) check(rows, sizeof(rows) / sizeof((rows)[0]), make)

static void clean_takes_out_empty_and_dot_elements(void **state)
{
	static const struct pair rows[] = {
		{"", "."},	     {".", "."},	  {"./", "."},	       {"a", "a"},
		{"a/b", "a/b"},	     {"a//b", "a/b"},	  {"a/./b", "a/b"},    {"./a", "a"},
		{"a/", "a"},	     {"a/.", "a"},	  {"/", "/"},	       {"//", "/"},
		{"/.", "/"},	     {"///a///b//", "/a/b"}, {"././.", "."},   {"...", "..."},
		{"a/...", "a/..."}, {".a", ".a"},
	};

	(void)state;
	CHECK(rows, path_clean);
}

static void clean_resolves_dot_dot_against_what_stands_before(void **state)
{
	static const struct pair rows[] = {
		{"a/..", "."},		 {"a/../b", "b"},	  {"a/b/..", "a"},
		{"a/b/../..", "."},	 {"a/b/../../..", ".."}, {"..", ".."},
		{"../a", "../a"},	 {"../..", "../.."},	  {"../../a/..", "../.."},
		{"../a/../b", "../b"},	 {"/..", "/"},		  {"/../a", "/a"},
		{"/a/../../b", "/b"},	 {"/a/b/../../..", "/"},  {"a/../../b/../c", "../c"},
		{"abc/def/../ghi", "abc/ghi"}, {"a/../..", ".."}, {"..a/..", "."},
	};

	(void)state;
	CHECK(rows, path_clean);
}

static void base_is_the_last_element(void **state)
{
	static const struct pair rows[] = {
		{"", "."},	  {"a", "a"},	    {"a/b", "b"},   {"a/b/", "b"}, {"/", "/"},
		{"//", "/"},	  {"/a", "a"},	    {"a//", "a"},   {".", "."},	   {"..", ".."},
		{"a/.", "."},	  {"/bin/prog", "prog"}, {"[vdso]", "[vdso]"},
	};

	(void)state;
	CHECK(rows, path_base);
}

static void the_prefix_of_a_build_sandbox_goes_once(void **state)
{
	(void)state;
	assert_string_equal(path_trim("/proc/self/cwd/a.c"), "a.c");
	assert_string_equal(path_trim("/proc/self/cwd/./a.c"), "a.c");
	assert_string_equal(path_trim("/proc/self/cwd"), "/proc/self/cwd");
	assert_string_equal(path_trim("/proc/self/cwdx/a.c"), "/proc/self/cwdx/a.c");
	assert_string_equal(path_trim("x/proc/self/cwd/a.c"), "x/proc/self/cwd/a.c");
	assert_string_equal(path_trim(""), "");
}

/* Cleaning what is clean changes nothing; nothing but leading ".." is left of dots. */
static void clean_is_idempotent_on_random_paths(void **state)
{
	struct random random = {fixture_seed()};
	struct text once = {0}, twice = {0};
	char path[64];

	(void)state;
	for (int i = 0; i < 20000; i++) {
		random_text(&random, "a./.", sizeof(path) - 1, path);
		path_clean(path, &once);
		path_clean(once.bytes, &twice);
		assert_string_equal(once.bytes, twice.bytes);
		assert_int_equal(once.bytes[0] == '/', path[0] == '/');
		assert_null(strstr(once.bytes, "//"));
		assert_null(strstr(once.bytes, "/./"));
		assert_true(once.length <= strlen(path) || strcmp(once.bytes, ".") == 0);
	}
	text_clear(&once);
	text_clear(&twice);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clean_takes_out_empty_and_dot_elements),
		cmocka_unit_test(clean_resolves_dot_dot_against_what_stands_before),
		cmocka_unit_test(base_is_the_last_element),
		cmocka_unit_test(the_prefix_of_a_build_sandbox_goes_once),
		cmocka_unit_test(clean_is_idempotent_on_random_paths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
