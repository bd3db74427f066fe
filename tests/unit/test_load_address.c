/* SPDX-License-Identifier: MIT */
/* Bases of mappings; facts of pprof's internal/elfexec/elfexec_test.go. */
#include "symbol/load_address.h"

#include <elf.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define TEXT 0xffffffff81000000u

static void check(uint16_t type, struct elf_segment segment, struct load_range range,
		  uint64_t address, uint64_t want)
{
	struct elf_section text = {.name = ".text", .address = segment.address};
	struct elf_file elf = {.type = type,
			       .segments = &segment,
			       .segment_count = 1,
			       .sections = &text,
			       .section_count = 1};
	uint64_t base = 1;

	assert_true(load_address_find(&elf, &range, address, &base));
	assert_int_equal(base, want);
}

static void programs_and_libraries_are_moved_by_their_segment(void **state)
{
	struct elf_segment code = {PT_LOAD, PF_X, 0x1000, 0x401000, 0x1000, 0x1000, 0x1000};
	struct elf_segment far = {PT_LOAD, PF_X, 0x1000, 0x3000, 0x2000, 0x2000, 0x1000};
	(void)state;

	check(ET_EXEC, code, (struct load_range){0x401000, 0x402000, 0x1000, false, 0}, 0x401010,
	      0);
	check(ET_DYN, far, (struct load_range){0x7f0000001000, 0x7f0000003000, 0x1000, false, 0},
	      0x7f0000001020, 0x7f0000001000 - 0x3000);
	check(ET_EXEC, code, (struct load_range){0, UINT64_MAX, 0, false, 0}, 0x401010, 0);
	check(ET_EXEC, code, (struct load_range){0, 0, 0, false, 0}, 0x401010, 0);
}

static void kernels_are_moved_by_a_symbol(void **state)
{
	struct elf_segment code = {PT_LOAD, PF_X, 0x200000, TEXT, 0x100000, 0x100000, 0x200000};
	(void)state;

	check(ET_EXEC, code,
	      (struct load_range){0xffffffff93000000, 0xffffffffd2000000, 0, true, TEXT},
	      0xffffffff93000010, 0x12000000);
	check(ET_EXEC, code, (struct load_range){0, 0x2f9fffff, 0, true, TEXT + 0x198}, 0x268,
	      (uint64_t)0 - (TEXT + 0x198));
	check(ET_EXEC, code,
	      (struct load_range){TEXT + 0x198, 0xffffffffc0000000, TEXT + 0x198, true,
				  TEXT + 0x198},
	      TEXT + 0x200, 0);
}

static void addresses_tell_segments_of_one_mapping_apart(void **state)
{
	struct elf_segment segments[] = {
		{PT_LOAD, PF_R, 0, 0, 0x800, 0x800, 0x1000},
		{PT_LOAD, PF_X, 0x900, 0x1900, 0x600, 0x600, 0x1000},
	};
	struct elf_file elf = {.type = ET_DYN, .segments = segments, .segment_count = 2};
	struct load_range range = {0x555555554000, 0x555555555000, 0, false, 0};
	uint64_t base;
	(void)state;

	assert_true(load_address_find(&elf, &range, 0x555555554910, &base));
	assert_int_equal(base, 0x555555554000 - 0x1000);
	assert_true(load_address_find(&elf, &range, 0x555555554010, &base));
	assert_int_equal(base, 0x555555554000);
	/* In no segment, and outside of the mapping. */
	assert_false(load_address_find(&elf, &range, 0x555555554810, &base));
	assert_false(load_address_find(&elf, &range, 0x555555555000, &base));
}

static void objects_begin_where_they_are_mapped(void **state)
{
	struct elf_file elf = {.type = ET_REL};
	struct load_range range = {0x1000, 0x2000, 0, false, 0},
			  moved = {0x1000, 0x2000, 8, false, 0};
	struct error error;
	uint64_t base;
	(void)state;

	assert_true(load_address_find(&elf, &range, 0x1010, &base));
	assert_int_equal(base, 0x1000);
	assert_false(load_address_check(&elf, &moved, &error));
	assert_string_equal(error.message, "don't know how to handle mapping.Offset");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(programs_and_libraries_are_moved_by_their_segment),
		cmocka_unit_test(kernels_are_moved_by_a_symbol),
		cmocka_unit_test(addresses_tell_segments_of_one_mapping_apart),
		cmocka_unit_test(objects_begin_where_they_are_mapped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
