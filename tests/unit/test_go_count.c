/* SPDX-License-Identifier: MIT */
/* Go's goroutine, threadcreate and custom profiles in text, and what their # lines say. */
#include "text_profile.h"

#define HEAD "goroutine profile: total 9\n"
#define TYPES "types goroutine/count; period goroutine/count 1\n"
#define FAKE_MAP "mapping 0-ffffffffffffffff\n"

static void rows_count_stacks_of_callers(void **state)
{
	(void)state;
	check_dump("\n# a comment\nmine profile: total 3\n2 @ 0x11 0x21\n\n1 @ 0x21\n", false,
		   "types mine/count; period mine/count 1\n2 | 10 20\n1 | 20\n" FAKE_MAP);
}

static void a_row_may_have_no_stack(void **state)
{
	(void)state;
	check_dump("threadcreate profile: total 7\n6 @\n#\t0x0\n\n1 @ 0x11\n", true,
		   "types threadcreate/count; period threadcreate/count 1\n6 |\n1 | 10\n" FAKE_MAP);
}

static void labels_come_from_the_notes(void **state)
{
	(void)state;
	check_dump(HEAD "3 @ 0x11\n"
			"# labels: {\"queue\":\"mail \\\"now\\\"\\n\", \"\\u00fc\":\"\\xffx\"}\n"
			"#\t0x10\tmain.f+0x1\ta.go:1\n",
		   true,
		   TYPES "3 | 10 main.f@a.go:1 queue=mail \"now\"\n \xc3\xbc=\xffx\n" FAKE_MAP);
	check_dump(HEAD "3 @ 0x11\n# labels: {\"queue\":\"mail\"}\n", false,
		   TYPES "3 | 10\n" FAKE_MAP);
}

static void broken_labels_are_left_out(void **state)
{
	(void)state;
	check_dump(HEAD "1 @ 0x11\n# labels: {\"a\":\"b\", \"c\n", true,
		   TYPES "1 | 10 a=b\n" FAKE_MAP);
	check_dump(HEAD "1 @ 0x11\n# labels: {\"a\":\"b\\\n", true, TYPES "1 | 10\n" FAKE_MAP);
	check_dump(HEAD "1 @ 0x11\n# labels: nonsense\n", true, TYPES "1 | 10\n" FAKE_MAP);
}

static void recursion_is_not_taken_for_inlining(void **state)
{
	(void)state;
	check_dump(HEAD "1 @ 0x11 0x21 0x21 0x21\n"
			"#\t0x10\tmain.leaf+0x1\ta.go:1\n"
			"#\t0x20\tmain.down+0x1\ta.go:2\n"
			"#\t0x20\tmain.down+0x1\ta.go:2\n"
			"#\t0x20\tmain.down+0x1\ta.go:2\n",
		   true,
		   TYPES "1 | 10 main.leaf@a.go:1 20 main.down@a.go:2 20 main.down@a.go:2 "
			 "20 main.down@a.go:2\n" FAKE_MAP);
}

static void a_hidden_frame_has_the_name_that_another_row_gives(void **state)
{
	(void)state;
	check_dump(HEAD "1 @ 0x11 0x21\n#\t0x20\tmain.f+0x1\ta.go:1\n\n"
			"1 @ 0x11\n#\t0x10\truntime.gopark+0x9\tproc.go:5\n",
		   true,
		   TYPES "1 | 10 runtime.gopark@proc.go:5 20 main.f@a.go:1\n"
			 "1 | 10 runtime.gopark@proc.go:5\n" FAKE_MAP);
}

static void names_may_have_blanks_and_files_colons(void **state)
{
	(void)state;
	check_dump(HEAD
		   "1 @ 0x11\n#\t0x10\tmain.f[go.shape.struct { X int }]+0xab\t\tc:/x/a.go:77\n",
		   true, TYPES "1 | 10 main.f[go.shape.struct { X int }]@c:/x/a.go:77\n" FAKE_MAP);
}

static void notes_that_fit_nowhere_are_passed_over(void **state)
{
	(void)state;
	check_dump(HEAD "1 @ 0x11\n#\t0x77\tmain.g+0x1\ta.go:1\n#\tnonsense\n#\t0x10\tmain.f+0x1\n",
		   true, TYPES "1 | 10 main.f\n" FAKE_MAP);
}

static void broken_rows_are_named(void **state)
{
	static const char no_row[] = "malformed count profile: line 2 is no row like \"3 @ 0x4711 "
				     "0x4712\"; mend the line or capture it again";

	(void)state;
	check_error(HEAD "1 0x11\n", no_row);
	check_error(HEAD "-1 @ 0x11\n", no_row);
	check_error(HEAD "1 @ 0x11 what\n", no_row);
	check_error(HEAD "99999999999999999999 @ 0x11\n",
		    "malformed count profile: line 2 has a number of more than 64 bits; mend the "
		    "line or capture it again");
}

static void text_and_proto_of_one_moment_agree(void **state)
{
	struct profile *text = fixture_load("leak_t130s.debug1.txt");
	struct profile *proto = fixture_load("leak_t130s.pb.gz");
	int64_t totals[2] = {0};

	(void)state;
	for (uint32_t i = 0; i < text->sample_count; i++)
		totals[0] += text->values[0][i];
	for (uint32_t i = 0; i < proto->sample_count; i++)
		totals[1] += proto->values[0][i];
	assert_int_equal(totals[0], 591);
	assert_int_equal(totals[1], 591);
	assert_true(text->mappings[0].has_functions);
	profile_free(text);
	profile_free(proto);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_count_stacks_of_callers),
		cmocka_unit_test(a_row_may_have_no_stack),
		cmocka_unit_test(labels_come_from_the_notes),
		cmocka_unit_test(broken_labels_are_left_out),
		cmocka_unit_test(recursion_is_not_taken_for_inlining),
		cmocka_unit_test(a_hidden_frame_has_the_name_that_another_row_gives),
		cmocka_unit_test(names_may_have_blanks_and_files_colons),
		cmocka_unit_test(notes_that_fit_nowhere_are_passed_over),
		cmocka_unit_test(broken_rows_are_named),
		cmocka_unit_test(text_and_proto_of_one_moment_agree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
