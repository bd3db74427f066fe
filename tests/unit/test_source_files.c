/* SPDX-License-Identifier: MIT */
/* Source files: where they are looked for and what their lines are. */
#include "fixture.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/array.h"
#include "report/text/source_files.h"

/* A directory of this test: project/src/a.c, project/b.c. */
static char directory[64];

static void write_file(const char *name, const char *bytes, size_t length)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

static void make_directory(const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	assert_int_equal(mkdir(path, 0700), 0);
}

static int set_up(void **state)
{
	(void)state;
	snprintf(directory, sizeof(directory), "%s", "/tmp/test_source_files.XXXXXX");
	assert_non_null(mkdtemp(directory));
	make_directory("project");
	make_directory("project/src");
	write_file("project/src/a.c", "one\ntwo\r\n\nlast", 14);
	write_file("project/b.c", "b\n", 2);
	return 0;
}

static int tear_down(void **state)
{
	static const char *const names[] = {"project/src/a.c", "project/b.c", "project/long.c",
					    "project/src",     "project",     "."};
	char path[128];

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		snprintf(path, sizeof(path), "%s/%s", directory, names[i]);
		remove(i + 1 < COUNT(names) ? path : directory);
	}
	return 0;
}

/* Line `number` of `name` when the sources are in `where` of the directory; want NULL: there is none. */
static void check_line(const char *where, const char *trim_path, const char *name, int64_t number,
		       const char *want)
{
	char path[128];
	struct source_files *files;
	const char *line;
	size_t length;

	snprintf(path, sizeof(path), "%s/%s", directory, where);
	files = source_files_new(path, trim_path, NULL);
	line = source_files_line(files, name, number, &length);
	if (want) {
		assert_non_null(line);
		assert_null(source_files_error(files, name));
		assert_int_equal(length, strlen(want));
		assert_memory_equal(line, want, length);
	} else {
		assert_null(line);
	}
	source_files_free(files);
}

static void lines_are_counted_from_1_and_lack_their_ends(void **state)
{
	(void)state;
	check_line("project", NULL, "src/a.c", 0, NULL);
	check_line("project", NULL, "src/a.c", -1, NULL);
	check_line("project", NULL, "src/a.c", 1, "one");
	check_line("project", NULL, "src/a.c", 2, "two");
	check_line("project", NULL, "src/a.c", 3, "");
	check_line("project", NULL, "src/a.c", 4, "last");
	check_line("project", NULL, "src/a.c", 5, NULL);
	check_line("project", NULL, "src/a.c", INT64_MAX, NULL);
}

static void directories_above_are_searched_too(void **state)
{
	(void)state;
	check_line("project/src", NULL, "b.c", 1, "b");
	check_line("project/src", NULL, "project/b.c", 1, "b");
	check_line("project/src/no/such/directory", NULL, "b.c", 1, "b");
}

static void absolute_names_must_exist_or_be_trimmed(void **state)
{
	char name[128];

	(void)state;
	snprintf(name, sizeof(name), "%s/project/b.c", directory);
	check_line("nowhere", NULL, name, 1, "b");
	check_line("project", NULL, "/build/project/src/a.c", 1, "one");
	check_line("project", "/build", "/build/src/a.c", 1, "one");
	check_line("project", "/other", "/build/project/src/a.c", 1, NULL);
}

static void a_missing_file_says_so_in_the_words_of_pprof(void **state)
{
	struct source_files *files = source_files_new("/nowhere", "/build", NULL);
	size_t length;

	(void)state;
	assert_null(source_files_error(files, "no such file"));
	assert_null(source_files_line(files, "no such file", 1, &length));
	assert_string_equal(source_files_error(files, "no such file"),
			    "could not find file no such file on path /nowhere");
	assert_null(source_files_line(files, "/nowhere/a.c", 1, &length));
	assert_string_equal(source_files_error(files, "/nowhere/a.c"),
			    "open /nowhere/a.c: no such file or directory");
	assert_null(source_files_location(files, "/nowhere/a.c"));
	source_files_free(files);
}

static void what_is_no_file_has_no_lines_and_never_blocks(void **state)
{
	(void)state;
	check_line("project", NULL, "src", 1, NULL);
	check_line("project", NULL, "/dev/zero", 1, NULL);
}

static void a_file_ends_before_a_line_of_64_kib(void **state)
{
	size_t size = 3 + 65536 + 65537 + 2;
	char *bytes = malloc(size), want[65536] = {0};

	(void)state;
	memset(bytes, 'x', size);
	memset(want, 'x', sizeof(want) - 1);
	bytes[1] = bytes[2 + 65535] = bytes[2 + 65536 + 65536] = '\n';
	write_file("project/long.c", bytes, size);
	check_line("project", NULL, "long.c", 1, "x");
	check_line("project", NULL, "long.c", 2, want);
	check_line("project", NULL, "long.c", 3, NULL);
	check_line("project", NULL, "long.c", 4, NULL);
	free(bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_counted_from_1_and_lack_their_ends),
		cmocka_unit_test(directories_above_are_searched_too),
		cmocka_unit_test(absolute_names_must_exist_or_be_trimmed),
		cmocka_unit_test(a_missing_file_says_so_in_the_words_of_pprof),
		cmocka_unit_test(what_is_no_file_has_no_lines_and_never_blocks),
		cmocka_unit_test(a_file_ends_before_a_line_of_64_kib),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
