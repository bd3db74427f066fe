/* SPDX-License-Identifier: MIT */
/* Paths as Go's filepath.Join makes them, and binaries in search paths. */
#include "symbol/binary_path.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void check(const char *a, const char *b, const char *c, const char *want)
{
	struct text text = {0};

	path_join(&text, (const char *const[]){a, b, c}, 3);
	assert_string_equal(text_string(&text), want);
	text_clear(&text);
}

static void paths_are_joined_and_cleaned(void **state)
{
	(void)state;
	check("bin", "/app/bin/x", "", "bin/app/bin/x");
	check("./bin/", "x", "", "bin/x");
	check("", "a", "b", "a/b");
	check("/", "a", "", "/a");
	check("/a", "..", "b", "/b");
	check("/a", "../..", "b", "/b");
	check("a", "../..", "b", "../b");
	check("..", "..", "b", "../../b");
	check("a", "b/../..", "", ".");
	check("", "", "", "");
}

/* $top_srcdir/tests/data/symbols/bin, as the tests run from anywhere. */
static void bin(struct text *path)
{
	const char *top = getenv("top_srcdir");

	text_printf(path, "%s/tests/data/symbols/bin", top ? top : ".");
}

static void another_build_is_passed_over(void **state)
{
	struct binary_wanted wanted = {.file = "/app/bin/mix_pie",
				       .build_id = "0123",
				       .kernel_symbol = "",
				       .range = {0x555555555000, 0x555555556000, 0x1000, false, 0}};
	struct text path = {0}, found = {0}, messages = {0};

	(void)state;
	/* The same directory twice. */
	bin(&path);
	text_add_char(&path, ':');
	bin(&path);
	assert_false(binary_path_find(&wanted, path.bytes, &found, &messages));
	assert_non_null(strstr(text_string(&messages), "build-id mismatch (0123 != ec235b2e"));
	/* A build id that is a path leads nowhere; the file's own name still does. */
	wanted.build_id = "../bin";
	text_reset(&messages);
	assert_false(binary_path_find(&wanted, path.bytes, &found, &messages));
	wanted.build_id = "";
	assert_true(binary_path_find(&wanted, path.bytes, &found, &messages));
	assert_non_null(strstr(found.bytes, "/mix_pie"));
	text_clear(&path);
	text_clear(&found);
	text_clear(&messages);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_are_joined_and_cleaned),
		cmocka_unit_test(another_build_is_passed_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
