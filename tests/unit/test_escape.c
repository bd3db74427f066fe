/* SPDX-License-Identifier: MIT */
/* Output of go build -gcflags=-m: what allocates is read, and joined with a heap profile by file and line. */
#include "text_profile.h"

static void what_goes_to_the_heap_is_a_sample(void **state)
{
	(void)state;
	check_dump(
		"# example.com/app\n./app.go:7:2: moved to heap: x\n./app.go:7:2: moved to heap: x\n"
		"log: /b/c.go:12:9: make([]byte, n) escapes to heap\r\n"
		"app.go:3:1: p does not escape\napp.go:4:4: can inline f\n",
		true,
		"types escapes/count\n1 | moved to heap: x@app.go:7\n"
		"1 | make([]byte, n) escapes to heap@/b/c.go:12\nmapping 0-0\n");
}

static void explanations_are_not_counted_twice(void **state)
{
	(void)state;
	check_dump(
		"a.go:1:2: v escapes to heap:\na.go:1:2:   flow: x = &v:\na.go:1:2: moved to heap: v\n",
		true, "types escapes/count\n1 | moved to heap: v@a.go:1\nmapping 0-0\n");
}

static void other_text_is_not_claimed(void **state)
{
	(void)state;
	assert_string_equal(claimed_by("a.go:1:2: moved to heap: v\n"), "escape");
	assert_string_equal(claimed_by("a.go:1:2: p does not escape\n"), "escape");
	assert_string_not_equal(claimed_by("a.go:1:2: undefined: x\n"), "escape");
	assert_string_not_equal(claimed_by("a.go:x:2: moved to heap: v\n"), "escape");
	check_error("a.go:1:2: p does not escape\n",
		    "nothing in it escapes to the heap; name the output of go build -gcflags=-m");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_goes_to_the_heap_is_a_sample),
		cmocka_unit_test(explanations_are_not_counted_twice),
		cmocka_unit_test(other_text_is_not_claimed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
