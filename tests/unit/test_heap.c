/* SPDX-License-Identifier: MIT */
/* Heap profiles in text. */
#include "text_profile.h"

#define FAKE_MAP "mapping 0-ffffffffffffffff\n"

static void in_use_only_gives_two_types(void **state)
{
	(void)state;
	check_dump("heap profile:  3:  96 [ 3: 96] @ heapprofile\n"
		   "  2:  64 [ 2: 64] @ 0x11 0x21\n"
		   "  1:  32 [ 1: 32] @ 0x11\n",
		   false,
		   "types objects/count space/bytes; period space/bytes 1\n"
		   "2 64 | 10 20 bytes=32\n"
		   "1 32 | 10 bytes=32\n" FAKE_MAP);
}

static void more_allocations_than_in_use_give_four_types(void **state)
{
	(void)state;
	check_dump("heap profile: 1: 16 [5: 80] @ heapprofile\n1: 16 [5: 80] @ 0x11\n", false,
		   "types alloc_objects/count alloc_space/bytes inuse_objects/count "
		   "inuse_space/bytes; period space/bytes 1\n"
		   "5 80 1 16 | 10 bytes=16\n" FAKE_MAP);
	check_dump("heap profile: 1: 16 [0: 0] @ heapprofile\n1: 16 [0: 0] @ 0x11\n", false,
		   "types objects/count space/bytes; period space/bytes 1\n"
		   "1 16 | 10 bytes=16\n" FAKE_MAP);
}

static void sampled_values_are_scaled_up(void **state)
{
	(void)state;
	/* 1 / (1 - exp(-512 / 524288)) = 1024.5 */
	check_dump("heap profile: 1: 512 [1: 512] @ heap_v2/524288\n1: 512 [1: 512] @ 0x11\n",
		   false,
		   "types objects/count space/bytes; period space/bytes 524288\n"
		   "1024 524544 | 10 bytes=512\n" FAKE_MAP);
	/* Go writes twice the rate. */
	check_dump("heap profile: 1: 512 [1: 512] @ heap/1048576\n1: 512 [1: 512] @ 0x11\n", false,
		   "types objects/count space/bytes; period space/bytes 524288\n"
		   "1024 524544 | 10 bytes=512\n" FAKE_MAP);
	check_dump("heap profile: 1: 512 [1: 512] @ heap/2\n1: 512 [1: 512] @ 0x11\n", false,
		   "types objects/count space/bytes; period space/bytes 1\n"
		   "1 512 | 10 bytes=512\n" FAKE_MAP);
}

static void growth_and_fragmentation_are_not_scaled(void **state)
{
	(void)state;
	check_dump("heap profile: 1: 512 [1: 512] @ growthz\n1: 512 [1: 512] @ 0x11\n", false,
		   "types objects/count space/bytes; period space/bytes 1\n"
		   "1 512 | 10 bytes=512\n" FAKE_MAP);
	assert_string_equal(claimed_by("heap profile: 1: 5 [1: 5] @ fragmentationz\n"), "heap");
}

static void freed_objects_and_negative_ones_are_kept(void **state)
{
	(void)state;
	check_dump("heap profile: 1: 16 [5: 80] @ heapprofile\n0: 0 [5: 80] @ 0x11\n"
		   "-2: -32 [0: 0] @ 0x11\n",
		   false,
		   "types alloc_objects/count alloc_space/bytes inuse_objects/count "
		   "inuse_space/bytes; period space/bytes 1\n"
		   "5 80 0 0 | 10 bytes=16\n"
		   "0 0 -2 -32 | 10 bytes=16\n" FAKE_MAP);
}

static void notes_name_the_frames(void **state)
{
	static const char text[] = "heap profile: 1: 16 [1: 16] @ heap/2\n"
				   "1: 16 [1: 16] @ 0x11 0x21 0x21 0x31\n"
				   "#\t0x20\tmain.inner+0x2\t\ta.go:7\n"
				   "#\t0x20\tmain.outer+0x20\ta.go:12\n"
				   "#\t0x20\tmain.inner+0x2\t\ta.go:7\n"
				   "#\t0x20\tmain.outer+0x20\ta.go:12\n"
				   "\n"
				   "# runtime.MemStats\n# Alloc = 12\n";

	(void)state;
	check_dump(text, true,
		   "types objects/count space/bytes; period space/bytes 1\n"
		   "1 16 | 10 runtime.[hidden] 20 main.inner@a.go:7>main.outer@a.go:12 "
		   "20 main.inner@a.go:7>main.outer@a.go:12 30 runtime.goexit bytes=16\n" FAKE_MAP);
	check_dump(text, false,
		   "types objects/count space/bytes; period space/bytes 1\n"
		   "1 16 | 10 20 20 30 bytes=16\n" FAKE_MAP);
}

static void allocators_are_to_be_dropped(void **state)
{
	struct profile *profile = text_profile("heap profile: 0: 0 [0: 0] @ heapprofile\n", true);

	(void)state;
	assert_non_null(strstr(profile_text(profile, profile->drop_frames), "|tc_malloc|"));
	assert_string_equal(profile_text(profile, profile->keep_frames),
			    "runtime\\.panic|runtime\\.reflectcall|runtime\\.call[0-9]*");
	profile_free(profile);
}

static void broken_rows_are_named(void **state)
{
	(void)state;
	check_error("heap profile: 1: 16 [1: 16] @ heapprofile\n1: 16\n",
		    "malformed heap profile: line 2 is no row like \"1: 512 [3: 1536] @ 0x4711\"; "
		    "mend the line or capture it again");
	check_error("heap profile: 1: 16 [1: 16] @ heapprofile\n0: 16 [1: 1] @\n",
		    "malformed heap profile: line 2 has 0 objects of some bytes; mend the line or "
		    "capture it again");
	check_error("heap profile: 1: 16 [1: 16] @ heapprofile\n1: 99999999999999999999 [1: 1] @\n",
		    "malformed heap profile: line 2 has a number of more than 64 bits; mend the "
		    "line or capture it again");
	check_error(
		"heap profile: 1: 16 [1: 16] @ heapprofile\n1: 1 [1: 1] @ 0x11111222223333344\n",
		"malformed heap profile: line 2 has an address of more than 64 bits; mend the "
		"line or capture it again");
}

static void a_real_profile_has_its_totals(void **state)
{
	struct profile *profile = fixture_load("gperftools_cppdemo.0001.heap");
	int64_t total = 0;

	(void)state;
	for (uint32_t i = 0; i < profile->sample_count; i++)
		total += profile->values[3][i];
	assert_int_equal(profile->type_count, 4);
	assert_int_equal(total, 6689919);
	assert_string_equal(profile_text(profile, profile->mappings[0].file), "/app/bin/cppdemo");
	profile_free(profile);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(in_use_only_gives_two_types),
		cmocka_unit_test(more_allocations_than_in_use_give_four_types),
		cmocka_unit_test(sampled_values_are_scaled_up),
		cmocka_unit_test(growth_and_fragmentation_are_not_scaled),
		cmocka_unit_test(freed_objects_and_negative_ones_are_kept),
		cmocka_unit_test(notes_name_the_frames),
		cmocka_unit_test(allocators_are_to_be_dropped),
		cmocka_unit_test(broken_rows_are_named),
		cmocka_unit_test(a_real_profile_has_its_totals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
