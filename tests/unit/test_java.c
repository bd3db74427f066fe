/* SPDX-License-Identifier: MIT */
/* Heap and contention profiles of Java programs. */
#include "text_profile.h"

static void frames_are_named_and_have_no_addresses(void **state)
{
	(void)state;
	check_dump("--- contentionz 1 ---\nformat = java\nresolution = microseconds\n"
		   "sampling period = 100\nms since reset = 6\n"
		   "   14     2 @ 0x00000001 0x00000002 0x3 0x4 0x5\n\n"
		   " 0x0000001 com.example.One (One.java:12)\n"
		   " 0x0000002 native_read (/usr/lib/libjava.so)\n"
		   " 0x0000003 generated stub/JIT\n"
		   " 0x0000004 GC\n"
		   " 0x0000009 com.example.Unused (Unused.java:1)\n",
		   false,
		   "types contentions/count delay/microseconds; period contentions/count 100\n"
		   "200 1400 | com.example.One@One.java:12 native_read@libjava.so STUB GC 0\n"
		   "mapping 0-ffffffffffffffff\n");
}

static void heap_values_are_scaled_up(void **state)
{
	(void)state;
	check_dump("--- heapz 1 ---\nformat = java\nresolution = bytes\n"
		   "  512   1 @ 0x1\n"
		   " 0x1 a.B (B.java:-1)\n",
		   false,
		   "types inuse_objects/count inuse_space/bytes; period / 0\n"
		   "1024 524544 | a.B@B.java bytes=512\n"
		   "mapping 0-0\n");
}

static void cpp_and_java_contention_are_told_apart(void **state)
{
	(void)state;
	assert_string_equal(
		claimed_by("--- contentionz 1 ---\nsampling period = 1\nformat = java\n"), "java");
	assert_string_equal(claimed_by("--- contentionz 1 ---\nsampling period = 1\n1 1 @ 0x1\n"),
			    "contention");
}

static void broken_lines_are_named(void **state)
{
	(void)state;
	check_error(
		"--- heapz 1 ---\nformat = ruby\n",
		"malformed Java profile: line 2 names a format other than java; mend the line or "
		"capture it again");
	check_error(
		"--- heapz 1 ---\nformat = java\n 512 1 @ 0x1\n",
		"malformed Java profile: line 3 comes before a \"resolution\"; mend the line or "
		"capture it again");
	check_error("--- heapz 1 ---\nresolution = bytes\n 512 0 @ 0x1\n",
		    "malformed Java profile: line 3 has some bytes of no objects; mend the line or "
		    "capture it again");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames_are_named_and_have_no_addresses),
		cmocka_unit_test(heap_values_are_scaled_up),
		cmocka_unit_test(cpp_and_java_contention_are_told_apart),
		cmocka_unit_test(broken_lines_are_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
