/* SPDX-License-Identifier: MIT */
/* Thread profiles of C++ programs. */
#include "text_profile.h"

#define TYPES "types thread/count; period thread/count 1\n"

static void callers_are_reduced_and_the_leaf_is_not(void **state)
{
	(void)state;
	check_dump("--- threadz 1 ---\n\n"
		   "--- Thread 7f79 (name: main/14748) stack: ---\n"
		   "  PC:  0x00000010: helper(arg *)\n"
		   "  0x00000021: main\n"
		   "--- Thread 7f7a (name: a/b/14749) stack: ---\n"
		   "  PC: 0x30 0x30\n"
		   "      creator: 0x41\n"
		   "--- Memory map: ---\n"
		   "  00000000-00000100: /bin/app\n",
		   false,
		   TYPES "1 | 10 20\n"
			 "1 | 30 40\n"
			 "mapping 0-100 /bin/app\n");
}

static void same_as_previous_counts_once_more(void **state)
{
	(void)state;
	check_dump("--- Thread 1 (name: a/1) stack: ---\n"
		   "  [same as previous thread]\n"
		   "--- Thread 1 (name: a/1) stack: ---\n"
		   " PC: 0x10\n"
		   "--- Thread 2 (name: a/2) stack: ---\n"
		   "  [same as previous thread]\n"
		   "--- Thread 3 (name: a/3) stack: ---\n"
		   "---- no stack trace for thread 4\n",
		   false, TYPES "3 | 10\nmapping 0-ffffffffffffffff\n");
}

static void what_is_no_thread_is_named(void **state)
{
	(void)state;
	check_error(
		"--- Thread 1 (name: a/1) stack: ---\n PC: 0x10\n--- what ---\n",
		"malformed thread profile: line 3 is not \"--- Thread ID (name: NAME/ID) stack: "
		"---\"; mend the line or capture it again");
	check_error(
		"--- Thread 1 (name: a/1) stack: ---\n PC: 0x11111222223333344\n",
		"malformed thread profile: line 2 has an address of more than 64 bits; mend the "
		"line or capture it again");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(callers_are_reduced_and_the_leaf_is_not),
		cmocka_unit_test(same_as_previous_counts_once_more),
		cmocka_unit_test(what_is_no_thread_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
