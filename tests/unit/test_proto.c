/* SPDX-License-Identifier: MIT */
/* Profiles that are written: they read back as what the view showed. */
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fixture.h"
#include "base/array.h"
#include "format/format.h"
#include "report/list.h"
#include "report/profile/proto_writer.h"

/* What a report makes of a profile, to be freed. */
static char *write_report_of(const char *name, const struct profile *profile, const char *choices,
			     size_t *length)
{
	const struct report *report = report_find(name);
	struct view *chosen = fixture_view(profile, choices), *view;
	struct report_options chosen_options = {
		.node_count = -1, .trim = true, .divide_by = 1, .unit = "minimum"};
	struct report_input input = {.options = &chosen_options};
	struct view_spec spec;
	struct error error;
	char *bytes = NULL;
	FILE *out;

	report_view_spec(report, &chosen->spec, &spec);
	view = view_build(profile, &spec, &error);
	assert_non_null(view);
	input.view = view;
	out = open_memstream(&bytes, length);
	assert_true(report_write(&input, report, out, &error));
	fclose(out);
	view_spec_clear(&spec);
	view_free(chosen);
	view_free(view);
	return bytes;
}

static struct profile *read_back(const char *bytes, size_t length)
{
	const char *path = fixture_write(bytes, length);
	struct error error;
	struct profile *profile = format_load(path, NULL, &error);

	unlink(path);
	if (!profile)
		fail_msg("%s", error.message);
	return profile;
}

static void check_same(const struct profile *profile, const char *choices)
{
	size_t length;
	char *bytes = write_report_of("proto", profile, choices, &length), *wanted, *got;
	struct profile *read = read_back(bytes, length);

	wanted = fixture_table(profile, choices);
	got = fixture_table(read, "");
	assert_string_equal(got, wanted);
	free(wanted);
	free(got);
	profile_free(read);
	free(bytes);
}

static void a_written_profile_reads_back(void **state)
{
	static const char *const choices[] = {
		"", "focus=b", "hide=b", "show=c", "show_from=b", "prune_from=b", "ignore=c"};
	struct profile *profile = fixture_profile("types samples/count cpu/nanoseconds\n"
						  "a b>c d = 1 10 key=text size:64bytes\n"
						  "a c = 2 20\nb = -3 30 key=other\n@4f = 4 40\n");

	(void)state;
	for (size_t i = 0; i < COUNT(choices); i++)
		check_same(profile, choices[i]);
	profile_free(profile);
}

static void random_profiles_read_back(void **state)
{
	struct random random = {fixture_seed()};
	struct random_shape shape = {.functions = 8, .locations = 20, .samples = 50, .depth = 9};

	(void)state;
	for (int i = 0; i < 50; i++) {
		struct profile *profile = fixture_random(&random, &shape);

		check_same(profile, "");
		profile_free(profile);
	}
}

static void the_same_profile_gives_the_same_bytes(void **state)
{
	struct profile *profile = fixture_profile("a b = 1 k=v\na c = 2 n:3bytes\n");
	size_t first_length, second_length;
	char *first = write_report_of("proto", profile, "", &first_length);
	char *second = write_report_of("proto", profile, "", &second_length);

	(void)state;
	assert_int_equal(first_length, second_length);
	assert_memory_equal(first, second, first_length);
	free(first);
	free(second);
	profile_free(profile);
}

static void hidden_labels_leave_no_trace(void **state)
{
	struct profile *profile = fixture_profile("a b = 1 secret=value\n"), *read;
	size_t length;
	char *bytes = write_report_of("proto", profile, "taghide=secret", &length);

	(void)state;
	read = read_back(bytes, length);
	assert_int_equal(read->label_count, 0);
	assert_int_equal(strings_find(&read->strings, "value", 5), NONE);
	assert_int_equal(strings_find(&read->strings, "secret", 6), NONE);
	profile_free(read);
	free(bytes);
	profile_free(profile);
}

static void top_rows_become_samples(void **state)
{
	struct profile *profile = fixture_profile("types cpu/seconds\na b = 5\na = 2\n"), *read;
	size_t length;
	char *bytes = write_report_of("topproto", profile, "", &length), *table;

	(void)state;
	read = read_back(bytes, length);
	assert_int_equal(read->type_count, 2);
	assert_string_equal(profile_text(read, read->types[0].type), "cum");
	assert_string_equal(profile_text(read, read->types[1].type), "flat");
	table = fixture_table(read, "sample_index=cum");
	assert_string_equal(table, "a 7 7\nb 5 5\n");
	free(table);
	profile_free(read);
	free(bytes);
	profile_free(profile);
}

/* Writes bytes that do not compress, so many that the thread writes, and waits for what becomes of it. */
static _Noreturn void write_much(int descriptor)
{
	static char bytes[1 << 20];
	struct random random = {1};
	struct proto_writer writer;

	signal(SIGPIPE, SIG_DFL);
	alarm(300);
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)random_next(&random);
	proto_writer_init(&writer, fdopen(descriptor, "w"));
	proto_write_string(&writer, 6, bytes, sizeof(bytes));
	for (;;)
		pause();
}

/* As everywhere, a reader that goes away ends the program without a word. */
static void a_broken_pipe_ends_the_program(void **state)
{
	int ends[2], status;
	pid_t child;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	close(ends[0]);
	child = fork();
	assert_true(child >= 0);
	if (!child)
		write_much(ends[1]);
	close(ends[1]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGPIPE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_written_profile_reads_back),
		cmocka_unit_test(random_profiles_read_back),
		cmocka_unit_test(the_same_profile_gives_the_same_bytes),
		cmocka_unit_test(hidden_labels_leave_no_trace),
		cmocka_unit_test(top_rows_become_samples),
		cmocka_unit_test(a_broken_pipe_ends_the_program),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
