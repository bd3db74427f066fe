/* SPDX-License-Identifier: MIT */
/* The memory map behind address profiles: its forms, and which mapping an address gets. */
#include "text_profile.h"

/* Reads a count profile of one row with this map and compares the mappings. */
static void check_map(const char *row, const char *map, const char *want)
{
	struct text text = {0}, expected = {0};

	text_printf(&text, "x profile: total 1\n%s\n--- Memory map: ---\n%s", row, map);
	text_printf(&expected, "types x/count; period x/count 1\n%s", want);
	check_dump(text.bytes, false, expected.bytes);
	text_clear(&text);
	text_clear(&expected);
}

static void both_forms_of_lines_are_read(void **state)
{
	(void)state;
	check_map("1 @ 0x1001",
		  "00001000-00002000 r-xp 00000100 08:01 77 /bin/app\n"
		  "  0x3000-0x4000: /lib/b.so (@200) abc123\n"
		  "00005000-00006000 rw-p 00000000 00:00 0 [heap]\n"
		  "no mapping at all\n",
		  "1 | 1000\n"
		  "mapping 1000-2000@100 /bin/app\n"
		  "mapping 3000-4000@200 /lib/b.so abc123\n");
}

static void the_program_comes_first(void **state)
{
	(void)state;
	check_map("1 @ 0x1001",
		  "1000-2000: /lib/a.so.6\n3000-4000: [vdso]\n5000-6000: /bin/app (deleted)\n",
		  "1 | 1000\n"
		  "mapping 5000-6000 /bin/app\n"
		  "mapping 3000-4000 [vdso]\n"
		  "mapping 1000-2000 /lib/a.so.6\n");
}

static void what_was_split_is_joined(void **state)
{
	(void)state;
	check_map(
		"1 @ 0x2001",
		"1000-2000 r-xp 00000100 00:00 1 /bin/app\n2000-3000 r-xp 00001100 00:00 1 /bin/app\n"
		"3000-4000 r-xp 00009900 00:00 1 /bin/app\n",
		"1 | 2000\nmapping 1000-3000@100 /bin/app\nmapping 3000-4000@9900 /bin/app\n");
}

static void names_and_log_prefixes_are_understood(void **state)
{
	(void)state;
	check_map("1 @ 0x1001",
		  "dir=/opt\nbuild=$dir/app\n"
		  "I0102 03:04:05.6 789 map.cc:12] 1000-2000: $build-$other\n",
		  "1 | 1000\nmapping 1000-2000 /opt/app-$other\n");
}

static void names_must_not_grow_without_bound(void **state)
{
	struct text text = {0};

	(void)state;
	text_add_string(&text, "x profile: total 1\n1 @ 0x1\n--- Memory map: ---\nnA=0123456789\n");
	for (int i = 1; i < 20; i++)
		text_printf(&text, "n%c=$n%c$n%c$n%c\n", 'A' + i, '@' + i, '@' + i, '@' + i);
	check_error(text.bytes,
		    "malformed memory map: line 12 grows beyond 64 KiB by its $names; mend "
		    "the line or capture it again");
	text_clear(&text);
}

static void the_first_mapping_of_several_wins(void **state)
{
	struct profile *profile = text_profile("x profile: total 1\n1 @ 0x1801 0x2801 0x3801\n"
					       "--- Memory map: ---\n"
					       "2000-4000: /bin/app\n1000-3000: /bin/b\n",
					       false);

	(void)state;
	assert_int_equal(profile->locations[0].mapping, 1);
	assert_int_equal(profile->locations[1].mapping, 0);
	assert_int_equal(profile->locations[2].mapping, 0);
	profile_free(profile);
}

static void an_offset_may_tell_where_a_mapping_began(void **state)
{
	(void)state;
	check_map("1 @ 0x1801", "2000-3000 r-xp 00001000 00:00 1 /bin/app\n",
		  "1 | 1800\nmapping 1000-3000 /bin/app\n");
	check_map("1 @ 0x401", "401000-402000 r-xp 00001000 00:00 1 /bin/app\n",
		  "1 | 400\nmapping 400000-402000 /bin/app\nmapping 0-ffffffffffffffff\n");
}

static void address_zero_has_no_mapping(void **state)
{
	struct profile *profile = text_profile("x profile: total 1\n1 @ 0x1 0x11\n", false);

	(void)state;
	assert_int_equal(profile->locations[0].mapping, NONE);
	assert_int_equal(profile->locations[1].mapping, 0);
	profile_free(profile);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_forms_of_lines_are_read),
		cmocka_unit_test(the_program_comes_first),
		cmocka_unit_test(what_was_split_is_joined),
		cmocka_unit_test(names_and_log_prefixes_are_understood),
		cmocka_unit_test(names_must_not_grow_without_bound),
		cmocka_unit_test(the_first_mapping_of_several_wins),
		cmocka_unit_test(an_offset_may_tell_where_a_mapping_began),
		cmocka_unit_test(address_zero_has_no_mapping),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
