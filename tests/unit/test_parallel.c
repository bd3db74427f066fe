/* SPDX-License-Identifier: MIT */
/* Work cut into slices. */
#include "base/array.h"
#include "base/parallel.h"

#include <stdatomic.h>

#include "fixture.h"

struct calls {
	atomic_uint made[PARALLEL_LIMIT];
};

static void count_call(void *context, unsigned slice)
{
	struct calls *calls = context;

	atomic_fetch_add(&calls->made[slice], 1);
}

static void every_slice_runs_once(void **state)
{
	(void)state;
	for (unsigned slices = 1; slices <= PARALLEL_LIMIT; slices++) {
		struct calls calls = {0};

		parallel_run(slices, count_call, &calls);
		for (unsigned i = 0; i < PARALLEL_LIMIT; i++)
			assert_int_equal(calls.made[i], i < slices);
	}
}

static void small_work_is_one_slice(void **state)
{
	(void)state;
	assert_int_equal(parallel_slices(0), 1);
	assert_int_equal(parallel_slices(100000), 1);
	assert_true(parallel_slices(UINT64_MAX) >= 1);
	assert_true(parallel_slices(UINT64_MAX) <= PARALLEL_LIMIT);
}

static void slices_cover_all_items_in_order(void **state)
{
	static const uint32_t counts[] = {0, 1, 2, 3, 7, 1000, UINT32_MAX};

	(void)state;
	for (size_t i = 0; i < COUNT(counts); i++) {
		for (unsigned slices = 1; slices <= PARALLEL_LIMIT; slices++) {
			assert_int_equal(parallel_start(counts[i], slices, 0), 0);
			for (unsigned k = 0; k < slices; k++)
				assert_true(parallel_start(counts[i], slices, k) <=
					    parallel_start(counts[i], slices, k + 1));
			assert_int_equal(parallel_start(counts[i], slices, slices), counts[i]);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_slice_runs_once),
		cmocka_unit_test(small_work_is_one_slice),
		cmocka_unit_test(slices_cover_all_items_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
