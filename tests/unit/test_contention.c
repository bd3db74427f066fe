/* SPDX-License-Identifier: MIT */
/* Block, mutex and contention profiles in text. */
#include "text_profile.h"

#define FAKE_MAP "mapping 0-ffffffffffffffff\n"

static void cycles_become_nanoseconds(void **state)
{
	(void)state;
	check_dump("--- contention:\ncycles/second=2000000000\n3000 7 @ 0x11 0x21\n", false,
		   "types contentions/count delay/nanoseconds; period contentions/count 1\n"
		   "7 1500 | 10 20\n" FAKE_MAP);
}

static void both_values_are_scaled_by_the_period(void **state)
{
	(void)state;
	check_dump("--- mutex:\ncycles/second=2000000000\nsampling period=4\n3000 7 @ 0x11\n",
		   false,
		   "types contentions/count delay/nanoseconds; period contentions/count 4\n"
		   "28 6000 | 10\n" FAKE_MAP);
	/* Without a frequency there is nothing to scale cycles by. */
	check_dump("--- mutex:\nsampling period = 0x4\n3000 7 @ 0x11\n", false,
		   "types contentions/count delay/nanoseconds; period contentions/count 4\n"
		   "28 3000 | 10\n" FAKE_MAP);
}

static void the_time_since_the_reset_is_the_duration(void **state)
{
	struct profile *profile = text_profile("--- contentionz 1 ---\ncycles/second = 1000000000\n"
					       "ms since reset = 1500\ndiscarded samples = x\n"
					       "  5   2 @ 0x11\n--- Memory map: ---\n"
					       " 00000000-00000020: app\n",
					       false);

	(void)state;
	assert_int_equal(profile->duration_nanos, 1500000000);
	assert_int_equal(profile->values[1][0], 5);
	assert_string_equal(profile_text(profile, profile->mappings[0].file), "app");
	assert_non_null(strstr(profile_text(profile, profile->drop_frames), "~SpinLockHolder"));
	profile_free(profile);
}

static void broken_lines_are_named(void **state)
{
	(void)state;
	check_error(
		"--- mutex:\ncycles/second=fast\n",
		"malformed contention profile: line 2 gives no number; mend the line or capture "
		"it again");
	check_error(
		"--- mutex:\nspeed=1\n",
		"malformed contention profile: line 2 sets what no contention profile has; mend "
		"the line or capture it again");
	check_error("--- mutex:\n12 @ 0x11\n",
		    "malformed contention profile: line 2 is no row like \"8820408 12 @ 0x4711\"; "
		    "mend the line or capture it again");
}

static void a_real_mutex_profile_has_its_totals(void **state)
{
	struct profile *text = fixture_load("web_before.mutex.debug1.txt");
	struct profile *proto = fixture_load("web_before.mutex.pb.gz");
	int64_t totals[2] = {0};

	(void)state;
	for (uint32_t i = 0; i < text->sample_count; i++)
		totals[0] += text->values[0][i];
	for (uint32_t i = 0; i < proto->sample_count; i++)
		totals[1] += proto->values[0][i];
	assert_int_equal(totals[0], totals[1]);
	profile_free(text);
	profile_free(proto);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cycles_become_nanoseconds),
		cmocka_unit_test(both_values_are_scaled_by_the_period),
		cmocka_unit_test(the_time_since_the_reset_is_the_duration),
		cmocka_unit_test(broken_lines_are_named),
		cmocka_unit_test(a_real_mutex_profile_has_its_totals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
