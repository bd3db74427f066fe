/* SPDX-License-Identifier: MIT */
/* Several files as one profile: what pprof makes of files of different kinds. */
#include <stdio.h>
#include <unistd.h>

#include "fixture.h"
#include "cli/load.h"
#include "report/list.h"
#include "cli/request.h"

/* Writes a profile of text to a new file; its name is to be freed. */
static char *write_file(const char *text)
{
	struct profile *profile = fixture_profile(text);
	struct view *view = fixture_view(profile, "");
	struct report_options chosen = {
		.node_count = -1, .trim = true, .divide_by = 1, .unit = "minimum"};
	struct report_input input = {.options = &chosen, .view = view};
	struct error error;
	char *bytes = NULL, *path;
	size_t length;
	FILE *out = open_memstream(&bytes, &length);

	assert_true(report_write(&input, report_find("proto"), out, &error));
	fclose(out);
	path = strdup(fixture_write(bytes, length));
	free(bytes);
	view_free(view);
	profile_free(profile);
	return path;
}

/* The values of the merged profile's samples, in their order. */
static void check_merged(const char *const *texts, int count, const char *want)
{
	char *words[16] = {"ncprof", "-top"};
	struct text got = {0};
	struct request request;
	struct profile *profile;
	struct error error = {0};

	for (int i = 0; i < count; i++)
		words[2 + i] = write_file(texts[i]);
	assert_true(request_parse(&request, 2 + count, words, &error));
	profile = load_profile(&request, NULL, NULL, &error);
	if (!profile)
		fail_msg("%s", error.message);
	for (uint32_t i = 0; i < profile->sample_count; i++)
		for (uint32_t k = 0; k < profile->type_count; k++)
			text_printf(&got, "%lld%s", (long long)profile->values[k][i],
				    k + 1 < profile->type_count ? " " : "\n");
	assert_string_equal(text_string(&got), want);
	text_clear(&got);
	profile_free(profile);
	request_clear(&request);
	for (int i = 0; i < count; i++) {
		unlink(words[2 + i]);
		free(words[2 + i]);
	}
}

/* Each file is scaled by itself: a sample of which nothing is scaled is left out, as pprof has it. */
static void units_are_made_equal_once(void **state)
{
	const char *texts[] = {"types samples/count cpu/milliseconds\nmain a = 1 5\n",
			       "types samples/count cpu/microseconds\nmain a = 1 0\nmain b = 1 2\n",
			       "types samples/count cpu/nanoseconds\nmain a = 1 7\nmain c = 1 1\n"};

	(void)state;
	check_merged(texts, 3, "2 5000007\n1 2000\n1 1\n");
}

/* Samples that cancel each other keep their place for a file that brings them back. */
static void types_in_common_are_kept(void **state)
{
	const char *texts[] = {"types a/count cpu/nanoseconds\nmain a = 1 5\nmain b = 0 3\n",
			       "types cpu/nanoseconds\nmain a = -5\n",
			       "types a/count cpu/nanoseconds\nmain a = 1 4\n"};

	(void)state;
	check_merged(texts, 3, "4\n3\n");
}

static void stacks_may_be_empty(void **state)
{
	const char *texts[] = {"types a/count\n = 1\n", "types a/count\n = 2\n"};

	(void)state;
	check_merged(texts, 2, "3\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(units_are_made_equal_once),
		cmocka_unit_test(types_in_common_are_kept),
		cmocka_unit_test(stacks_may_be_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
