/* SPDX-License-Identifier: MIT */
/* Whole numbers as text, as printf writes them. */
#include <inttypes.h>
#include <string.h>

#include "base/decimal.h"
#include "fixture.h"

static void check(int64_t number)
{
	char want[32], got[32];
	size_t length = decimal_signed(number, got);

	snprintf(want, sizeof(want), "%" PRId64, number);
	got[length] = '\0';
	assert_string_equal(got, want);
	length = decimal_unsigned((uint64_t)number, got);
	snprintf(want, sizeof(want), "%" PRIu64, (uint64_t)number);
	got[length] = '\0';
	assert_string_equal(got, want);
}

static void numbers_read_as_printf_writes_them(void **state)
{
	struct random random = {11};

	(void)state;
	for (int64_t power = 1; power <= INT64_MAX / 10; power *= 10)
		for (int64_t around = -1; around <= 1; around++) {
			check(power + around);
			check(-power + around);
		}
	for (int i = 0; i < 1000; i++)
		check((int64_t)(((uint64_t)random_next(&random) << 32 | random_next(&random)) >>
				i % 64));
	check(INT64_MIN);
	check(INT64_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_read_as_printf_writes_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
