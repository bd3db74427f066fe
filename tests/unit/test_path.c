/* SPDX-License-Identifier: MIT */
/* File names by the rules of Go's path/filepath. */
#include "fixture.h"
#include "base/array.h"
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

#define CHECK(rows, make) check(rows, COUNT(rows), make)

static void clean_takes_out_empty_and_dot_elements(void **state)
{
	static const struct pair rows[] = {
		{"", "."},          {".", "."},
		{"./", "."},        {"a", "a"},
		{"a/b", "a/b"},     {"a//b", "a/b"},
		{"a/./b", "a/b"},   {"./a", "a"},
		{"a/", "a"},        {"a/.", "a"},
		{"/", "/"},         {"//", "/"},
		{"/.", "/"},        {"///a///b//", "/a/b"},
		{"././.", "."},     {"...", "..."},
		{"a/...", "a/..."}, {".a", ".a"},
	};

	(void)state;
	CHECK(rows, path_clean);
}

static void clean_resolves_dot_dot_against_what_stands_before(void **state)
{
	static const struct pair rows[] = {
		{"a/..", "."},
		{"a/../b", "b"},
		{"a/b/..", "a"},
		{"a/b/../..", "."},
		{"a/b/../../..", ".."},
		{"..", ".."},
		{"../a", "../a"},
		{"../..", "../.."},
		{"../../a/..", "../.."},
		{"../a/../b", "../b"},
		{"/..", "/"},
		{"/../a", "/a"},
		{"/a/../../b", "/b"},
		{"/a/b/../../..", "/"},
		{"a/../../b/../c", "../c"},
		{"abc/def/../ghi", "abc/ghi"},
		{"a/../..", ".."},
		{"..a/..", "."},
	};

	(void)state;
	CHECK(rows, path_clean);
}

static void base_is_the_last_element(void **state)
{
	static const struct pair rows[] = {
		{"", "."},
		{"a", "a"},
		{"a/b", "b"},
		{"a/b/", "b"},
		{"/", "/"},
		{"//", "/"},
		{"/a", "a"},
		{"a//", "a"},
		{".", "."},
		{"..", ".."},
		{"a/.", "."},
		{"/bin/prog", "prog"},
		{"[vdso]", "[vdso]"},
	};

	(void)state;
	CHECK(rows, path_base);
}

static void check_trimmed(const char *path, const char *trim_path, const char *source_path,
			  const char *want)
{
	assert_string_equal(path_trim(path, trim_path, source_path), want);
}

static void the_prefix_of_a_build_sandbox_goes_once(void **state)
{
	(void)state;
	check_trimmed("/proc/self/cwd/a.c", NULL, NULL, "a.c");
	check_trimmed("/proc/self/cwd/./a.c", "", "", "a.c");
	check_trimmed("/proc/self/cwd", NULL, NULL, "/proc/self/cwd");
	check_trimmed("/proc/self/cwdx/a.c", NULL, NULL, "/proc/self/cwdx/a.c");
	check_trimmed("x/proc/self/cwd/a.c", NULL, NULL, "x/proc/self/cwd/a.c");
	check_trimmed("/proc/self/cwd/a.c", "/build", NULL, "a.c");
	check_trimmed("", NULL, NULL, "");
}

static void trim_path_takes_off_the_first_prefix_that_fits(void **state)
{
	(void)state;
	check_trimmed("/build/1/src/a.c", "/build/1", NULL, "src/a.c");
	check_trimmed("/build/1/src/a.c", "/build/1/", NULL, "src/a.c");
	check_trimmed("/build/1/src/a.c", "/other:/build:/build/1", NULL, "1/src/a.c");
	check_trimmed("/build/10/a.c", "/build/1", NULL, "/build/10/a.c");
	check_trimmed("build/a.c", "build", NULL, "a.c");
	check_trimmed("/a.c", ":x", NULL, "a.c");
}

static void a_directory_of_source_path_is_found_by_its_name_when_there_is_no_trim_path(void **state)
{
	(void)state;
	check_trimmed("/some/remote/path/my-project/foo/bar.c", NULL, "/my/local/path/my-project",
		      "foo/bar.c");
	check_trimmed("/some/my-project/x/my-project/bar.c", "", "/local/my-project",
		      "x/my-project/bar.c");
	check_trimmed("my-project/bar.c", NULL, "/local/my-project", "my-project/bar.c");
	check_trimmed("/x/my-project-2/bar.c", NULL, "/local/my-project", "/x/my-project-2/bar.c");
	check_trimmed("/x/two/one/bar.c", NULL, "/local/one:/local/two", "bar.c");
	check_trimmed("/some/my-project/bar.c", "/other", "/local/my-project",
		      "/some/my-project/bar.c");
}

static void a_list_keeps_its_empty_entries(void **state)
{
	const char *list = "a::b:", *none = NULL;
	struct text entry = {0};

	(void)state;
	assert_false(path_next(&none, &entry));
	for (const char *const *want = (const char *const[]){"a", "", "b", "", NULL}; *want;
	     want++) {
		assert_true(path_next(&list, &entry));
		assert_string_equal(text_string(&entry), *want);
	}
	assert_false(path_next(&list, &entry));
	text_clear(&entry);
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
		cmocka_unit_test(trim_path_takes_off_the_first_prefix_that_fits),
		cmocka_unit_test(
			a_directory_of_source_path_is_found_by_its_name_when_there_is_no_trim_path),
		cmocka_unit_test(a_list_keeps_its_empty_entries),
		cmocka_unit_test(clean_is_idempotent_on_random_paths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
