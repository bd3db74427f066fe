/* SPDX-License-Identifier: MIT */
/* Tables of numbers and keys, sets of bits, arenas, and strings. */
#include "base/alloc.h"
#include "base/arena.h"
#include "base/bitset.h"
#include "base/intern.h"
#include "base/pair_map.h"
#include "base/wrap.h"
#include "fixture.h"
#include "format/id_table.h"

static void intern_numbers_keys_in_order_of_first_use(void **state)
{
	struct intern intern;
	uint64_t key;

	(void)state;
	intern_init(&intern, sizeof(key));
	key = 5;
	assert_true(intern_find(&intern, &key) == INTERN_NONE);
	for (uint64_t round = 0; round < 2; round++)
		for (uint64_t i = 0; i < 5000; i++) {
			key = i * 0x100000001;
			assert_int_equal(intern_add(&intern, &key), i);
			assert_int_equal(intern_find(&intern, &key), i);
		}
	assert_int_equal(intern.count, 5000);
	assert_memory_equal(intern_key(&intern, 4999), &key, sizeof(key));
	key = 7;
	assert_true(intern_find(&intern, &key) == INTERN_NONE);
	intern_clear(&intern);
	assert_true(intern_find(&intern, &key) == INTERN_NONE);
	assert_int_equal(intern_add(&intern, &key), 0);
	intern_clear(&intern);
}

static void intern_tells_keys_of_any_size_apart(void **state)
{
	struct intern intern;
	char key[29] = "";

	(void)state;
	intern_init(&intern, sizeof(key));
	for (uint32_t i = 0; i < sizeof(key) * 8; i++) {
		key[i / 8] = (char)(1 << i % 8);
		assert_int_equal(intern_add(&intern, key), i);
		key[i / 8] = 0;
	}
	intern_clear(&intern);
}

static void pair_map_tells_the_order_of_a_pair_apart(void **state)
{
	struct pair_map map = {0};

	(void)state;
	assert_int_equal(pair_map_add(&map, 1, 2), 0);
	assert_int_equal(pair_map_add(&map, 2, 1), 1);
	assert_int_equal(pair_map_add(&map, 0, 0), 2);
	assert_int_equal(pair_map_add(&map, UINT32_MAX, UINT32_MAX), 3);
	assert_int_equal(pair_map_add(&map, 1, 2), 0);
	for (uint32_t i = 0; i < 20000; i++)
		pair_map_add(&map, i % 150, i / 150 + 1000);
	assert_int_equal(map.count, 20004);
	for (uint32_t i = 4; i < map.count; i++)
		assert_int_equal(
			pair_map_add(&map, pair_map_first(&map, i), pair_map_second(&map, i)), i);
	assert_int_equal(pair_map_second(&map, 1), 1);
	pair_map_clear(&map);
}

static void id_table_takes_small_huge_and_zero_ids(void **state)
{
	static const uint64_t ids[] = {
		1, 0, UINT64_MAX, ID_TABLE_DENSE_LIMIT, ID_TABLE_DENSE_LIMIT - 1, 2};
	struct id_table table;

	(void)state;
	id_table_init(&table);
	assert_true(id_table_find(&table, 0) == NONE);
	for (uint32_t round = 0; round < 2; round++)
		for (uint32_t i = 0; i < 6; i++) {
			assert_int_equal(id_table_add(&table, ids[i]), i);
			assert_int_equal(id_table_find(&table, ids[i]), i);
			assert_true(table.ids[i] == ids[i]);
		}
	assert_true(id_table_find(&table, 3) == NONE);
	assert_true(id_table_find(&table, UINT64_MAX - 1) == NONE);
	assert_int_equal(table.count, 6);
	id_table_clear(&table);
}

static void bitset_keeps_every_bit_to_itself(void **state)
{
	uint64_t set[3] = {0};

	(void)state;
	assert_int_equal(bitset_words(0), 0);
	assert_int_equal(bitset_words(64), 1);
	assert_int_equal(bitset_words(65), 2);
	for (size_t i = 0; i < 192; i += 3)
		bitset_add(set, i);
	for (size_t i = 0; i < 192; i++)
		assert_int_equal(bitset_has(set, i), i % 3 == 0);
	bitset_remove(set, 63);
	assert_false(bitset_has(set, 63));
	assert_true(bitset_has(set, 66));
}

static void arena_memory_is_aligned_and_does_not_overlap(void **state)
{
	struct arena arena = {0};
	struct random random = {fixture_seed()};
	unsigned char *blocks[300];
	size_t sizes[300];

	(void)state;
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 300; i++) {
			sizes[i] = random_below(&random, i % 50 ? 400 : 100000);
			blocks[i] = arena_alloc(&arena, sizes[i]);
			assert_int_equal((uintptr_t)blocks[i] % _Alignof(max_align_t), 0);
			memset(blocks[i], i, sizes[i]);
		}
		for (int i = 0; i < 300; i++)
			for (size_t k = 0; k < sizes[i]; k++)
				assert_int_equal(blocks[i][k], (unsigned char)i);
		arena_reset(&arena);
	}
	arena_clear(&arena);
	arena_clear(&arena);
	assert_null(arena.chunks);
}

static void an_empty_arena_has_memory_of_no_bytes(void **state)
{
	struct arena arena = {0};

	(void)state;
	assert_non_null(arena_alloc(&arena, 0));
	assert_non_null(arena_zero(&arena, 0, 8));
	arena_clear(&arena);
}

static void arena_adopts_blocks_and_copies_text(void **state)
{
	struct arena arena = {0};
	const char *zeros;

	(void)state;
	arena_adopt(&arena, NULL);
	arena_adopt(&arena, alloc(100));
	assert_string_equal(arena_text(&arena, "abcdef", 3), "abc");
	arena_reset(&arena);
	arena_adopt(&arena, alloc(0));
	zeros = arena_zero(&arena, 1000, 3);
	for (int i = 0; i < 3000; i++)
		assert_int_equal(zeros[i], 0);
	arena_clear(&arena);
}

static void strings_are_numbered_once_and_0_is_empty(void **state)
{
	struct strings strings;
	char text[16];

	(void)state;
	strings_init(&strings, NULL);
	assert_int_equal(strings_add(&strings, "", 0), 0);
	for (uint32_t round = 0; round < 2; round++)
		for (uint32_t i = 1; i < 3000; i++) {
			int length = snprintf(text, sizeof(text), "s%u", i);

			assert_int_equal(strings_add(&strings, text, (size_t)length), i);
			assert_string_equal(strings_text(&strings, i), text);
		}
	assert_int_equal(strings_add(&strings, "a\0b", 3), 3000);
	assert_int_equal(strings_add(&strings, "a\0c", 3), 3001);
	assert_int_equal(strings_add(&strings, "a", 1), 3002);
	assert_int_equal(strings_length(&strings, 3000), 3);
	assert_int_equal(strings_find(&strings, "a\0c", 3), 3001);
	assert_true(strings_find(&strings, "b", 1) == NONE);
	strings_clear(&strings);
}

static void a_set_of_strings_goes_on_where_its_base_ends(void **state)
{
	struct strings base, more;

	(void)state;
	strings_init(&base, NULL);
	strings_add_text(&base, "a");
	strings_init(&more, &base);
	assert_int_equal(strings_count(&more), 2);
	assert_int_equal(strings_add_text(&more, "a"), 1);
	assert_int_equal(strings_add_text(&more, ""), 0);
	assert_int_equal(strings_add_text(&more, "b"), 2);
	assert_int_equal(strings_count(&more), 3);
	assert_int_equal(strings_count(&base), 2);
	assert_string_equal(strings_text(&more, 1), "a");
	assert_string_equal(strings_text(&more, 2), "b");
	assert_int_equal(strings_find(&more, "b", 1), 2);
	assert_int_equal(strings_find(&more, "a", 1), 1);
	assert_true(strings_find(&base, "b", 1) == NONE);
	strings_clear(&more);
	strings_clear(&base);
}

static void sums_wrap_around_as_in_go(void **state)
{
	(void)state;
	assert_true(wrap_add(INT64_MAX, 1) == INT64_MIN);
	assert_true(wrap_add(INT64_MIN, -1) == INT64_MAX);
	assert_true(wrap_multiply(INT64_MAX, 2) == -2);
	assert_true(wrap_negate(INT64_MIN) == INT64_MIN);
	assert_true(wrap_absolute(INT64_MIN) == INT64_MIN);
	assert_true(wrap_absolute(-5) == 5);
	assert_true(wrap_divide(INT64_MIN, -1) == INT64_MIN);
	assert_true(wrap_divide(-7, 2) == -3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(intern_numbers_keys_in_order_of_first_use),
		cmocka_unit_test(intern_tells_keys_of_any_size_apart),
		cmocka_unit_test(pair_map_tells_the_order_of_a_pair_apart),
		cmocka_unit_test(id_table_takes_small_huge_and_zero_ids),
		cmocka_unit_test(bitset_keeps_every_bit_to_itself),
		cmocka_unit_test(arena_memory_is_aligned_and_does_not_overlap),
		cmocka_unit_test(an_empty_arena_has_memory_of_no_bytes),
		cmocka_unit_test(arena_adopts_blocks_and_copies_text),
		cmocka_unit_test(strings_are_numbered_once_and_0_is_empty),
		cmocka_unit_test(a_set_of_strings_goes_on_where_its_base_ends),
		cmocka_unit_test(sums_wrap_around_as_in_go),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
