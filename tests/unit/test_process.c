/* SPDX-License-Identifier: MIT */
/* Other programs: bytes both ways at once, and what is said when it does not work. */
#include "base/alloc.h"
#include "base/process.h"
#include "fixture.h"

static void both_directions_run_at_once(void **state)
{
	static const char *const argv[] = {"cat", NULL};
	size_t length = (size_t)8 << 20;
	char *input = alloc(length);
	struct text output = {0};
	struct error error;

	(void)state;
	for (size_t i = 0; i < length; i++)
		input[i] = (char)(i * 7);
	assert_int_equal(process_run(argv, input, length, &output, &error), PROCESS_GOOD);
	assert_int_equal(output.length, length);
	assert_memory_equal(output.bytes, input, length);
	text_clear(&output);
	free(input);
}

static void a_program_need_not_read_its_input(void **state)
{
	static const char *const argv[] = {"true", NULL};
	static char input[1 << 20];
	struct text output = {0};
	struct error error;

	(void)state;
	assert_int_equal(process_run(argv, input, sizeof(input), &output, &error), PROCESS_GOOD);
	assert_int_equal(output.length, 0);
	text_clear(&output);
}

static void a_missing_program_is_told_apart(void **state)
{
	static const char *const argv[] = {"no-such-program-here", NULL};
	struct text output = {0};
	struct error error;

	(void)state;
	assert_int_equal(process_run(argv, "", 0, &output, &error), PROCESS_MISSING);
}

static void a_failure_says_what_the_program_said(void **state)
{
	static const char *const said[] = {"sh", "-c", "echo broken >&2; echo more >&2; exit 3",
					   NULL};
	static const char *const silent[] = {"sh", "-c", "exit 3", NULL};
	struct text output = {0};
	struct error error;

	(void)state;
	assert_int_equal(process_run(said, "", 0, &output, &error), PROCESS_FAILED);
	assert_string_equal(error.message, "sh failed: broken");
	assert_int_equal(process_run(silent, "", 0, &output, &error), PROCESS_FAILED);
	assert_string_equal(error.message, "sh failed with exit status 3");
	text_clear(&output);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_directions_run_at_once),
		cmocka_unit_test(a_program_need_not_read_its_input),
		cmocka_unit_test(a_missing_program_is_told_apart),
		cmocka_unit_test(a_failure_says_what_the_program_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
