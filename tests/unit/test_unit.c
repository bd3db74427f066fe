/* SPDX-License-Identifier: MIT */
/* Values with units as pprof's internal/measurement shows them. */
#include <locale.h>
#include <math.h>

#include "fixture.h"
#include "base/array.h"
#include "profile/unit.h"

struct scaling {
	int64_t value;
	const char *from, *to;
	double want;
	const char *unit;
};

static void check_scalings(const struct scaling *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct scaling *row = &rows[i];
		const char *unit = NULL;
		double got = unit_scale(row->value, row->from, row->to, &unit);

		if (strcmp(unit, row->unit) != 0 || fabs(got - row->want) > fabs(row->want) * 1e-9)
			fail_msg("%lld %s as %s: %g %s, not %g %s", (long long)row->value,
				 row->from, row->to, got, unit, row->want, row->unit);
	}
}

#define CHECK_SCALINGS(rows) check_scalings(rows, COUNT(rows))

static void bytes_go_by_powers_of_1024(void **state)
{
	static const struct scaling rows[] = {
		{1, "kb", "b", 1024, "B"},
		{1, "kbyte", "b", 1024, "B"},
		{1, "kilobyte", "b", 1024, "B"},
		{1, "mb", "kb", 1024, "kB"},
		{1, "gb", "mb", 1024, "MB"},
		{1024, "gb", "tb", 1, "TB"},
		{1024, "tb", "pb", 1, "PB"},
		{2048, "mb", "auto", 2, "GB"},
		{3, "bytes", "byte", 3, "B"},
		{1, "MegaBytes", "b", 1048576, "B"},
		{INT64_MAX, "petabytes", "pb", 9223372036854775807.0, "PB"},
	};

	(void)state;
	CHECK_SCALINGS(rows);
}

static void times_go_from_nanoseconds_to_hours(void **state)
{
	static const struct scaling rows[] = {
		{1, "s", "ms", 1000, "ms"},           {-1, "s", "ms", -1000, "ms"},
		{31536000, "s", "auto", 8760, "hrs"}, {1, "hour", "s", 3600, "s"},
		{2, "hrs", "s", 7200, "s"},           {1500, "microseconds", "ms", 1.5, "ms"},
		{999, "ns", "minimum", 999, "ns"},    {1000, "ns", "minimum", 1, "us"},
		{3599, "s", "auto", 3599, "s"},       {3600, "s", "auto", 1, "hrs"},
	};

	(void)state;
	CHECK_SCALINGS(rows);
}

static void compute_units_go_by_thousands(void **state)
{
	static const struct scaling rows[] = {
		{80000000000, "nanogcu", "petagcus", 8e-14, "P*GCU"},
		{15000000000, "microGCU", "teraGCU", 1.5e-8, "T*GCU"},
		{3000000, "milliGCU", "gigagcu", 3e-6, "G*GCU"},
		{1000, "kilogcu", "megagcu", 1, "M*GCU"},
		{2000, "GCU", "kiloGCU", 2, "k*GCU"},
		{7, "megaGCU", "gcu", 7e6, "GCU"},
		{5, "gigagcus", "milligcu", 5e12, "m*GCU"},
		{7, "teragcus", "microGCU", 7e18, "u*GCU"},
		{1, "petaGCU", "nanogcus", 1e24, "n*GCU"},
		{100, "NanoGCU", "auto", 100, "n*GCU"},
		{5000, "nanogcu", "auto", 5, "u*GCU"},
		{3000, "MicroGCU", "auto", 3, "m*GCU"},
		{4000, "MilliGCU", "auto", 4, "GCU"},
		{4000, "GCU", "auto", 4, "k*GCU"},
		{5000, "KiloGCU", "auto", 5, "M*GCU"},
		{6000, "MegaGCU", "auto", 6, "G*GCU"},
		{7000, "GigaGCU", "auto", 7, "T*GCU"},
		{8000, "TeraGCU", "auto", 8, "P*GCU"},
		{9000, "PetaGCU", "auto", 9000, "P*GCU"},
	};

	(void)state;
	CHECK_SCALINGS(rows);
}

static void an_unknown_unit_leaves_the_value_as_it_is(void **state)
{
	static const struct scaling rows[] = {
		{1, "foo", "count", 1, ""},
		{1, "foo", "bar", 1, "bar"},
		{2000, "count", "count", 2000, ""},
		{2000, "count", "auto", 2000, ""},
		{2000, "count", "minimum", 2000, ""},
		{5, "foo", "ms", 5, "ms"},
		{5, "", "unit", 5, ""},
		{-5, "count", "sample", -5, ""},
		{7, "minutes", "auto", 7, ""},
	};

	(void)state;
	CHECK_SCALINGS(rows);
}

/* The Greek letter and the micro sign have two bytes each: their s is no plural. */
static void both_signs_for_micro_are_known(void **state)
{
	static const struct scaling rows[] = {
		{1500, "\u03bcs", "ms", 1.5, "ms"},
		{1500, "\u00b5s", "ms", 1.5, "ms"},
		{1500, "ms", "\u03bcs", 1500000, "us"},
		{1500, "ms", "\u00b5s", 1500000, "us"},
	};

	(void)state;
	CHECK_SCALINGS(rows);
	assert_true(unit_fits("\u03bcs", "s"));
	assert_true(unit_fits("count", "minimum"));
	assert_true(unit_fits("count", "count"));
	assert_false(unit_fits("count", "MB"));
	assert_false(unit_fits("nanoseconds", "minutes"));
	assert_false(unit_fits("bytes", "MiB"));
}

static void an_unknown_target_means_the_default_of_the_family(void **state)
{
	static const struct scaling rows[] = {
		{1500, "ms", "minutes", 1.5, "s"}, {1500, "ms", "bogus", 1.5, "s"},
		{1, "kb", "ms", 1024, "B"},        {3000, "milligcu", "bogus", 3, "GCU"},
		{0, "ns", "auto", 0, "s"},         {0, "kb", "minimum", 0, "B"},
	};

	(void)state;
	CHECK_SCALINGS(rows);
}

static void the_least_value_has_no_positive_counterpart_and_is_shown_all_the_same(void **state)
{
	static const struct scaling rows[] = {
		{INT64_MIN, "ns", "s", -9223372036.854775808, "s"},
		{INT64_MIN, "count", "auto", -9223372036854775808.0, ""},
	};

	(void)state;
	CHECK_SCALINGS(rows);
}

struct labelling {
	int64_t value;
	const char *from, *to, *want;
};

static void labels_have_two_decimals_or_none_and_0_has_no_unit(void **state)
{
	static const struct labelling rows[] = {
		{1050, "ms", "s", "1.05s"},
		{1100, "ms", "s", "1.10s"},
		{1000, "ms", "s", "1s"},
		{65536000, "bytes", "MB", "62.50MB"},
		{17, "count", "count", "17"},
		{0, "ns", "s", "0"},
		{1, "ns", "s", "0"},
		{-1, "ns", "s", "0"},
		{5, "ms", "s", "0.01s"},
		{-1100, "ms", "s", "-1.10s"},
		{INT64_C(1) << 62, "bytes", "auto", "4096PB"},
		{90, "s", "auto", "90s"},
		{5400, "s", "auto", "1.50hrs"},
		{900, "foo", "foo", "900foo"},
		{900, "foo", "auto", "900"},
		{INT64_MIN, "count", "count", "-9223372036854775808"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char label[UNIT_LABEL_SIZE];

		assert_string_equal(unit_label(rows[i].value, rows[i].from, rows[i].to, label),
				    rows[i].want);
	}
}

static void a_unit_of_any_length_is_cut_to_the_buffer(void **state)
{
	char label[UNIT_LABEL_SIZE], unit[4000];

	(void)state;
	memset(unit, 'u', sizeof(unit));
	unit[sizeof(unit) - 1] = '\0';
	unit_label(5, "foo", unit, label);
	assert_int_equal(strlen(label), UNIT_LABEL_SIZE - 1);
	assert_int_equal(strncmp(label, "5uuu", 4), 0);
	unit_label(INT64_MIN, unit, "n*gcu", label);
	unit_label(INT64_MAX, "petagcu", "nanogcu", label);
	assert_string_equal(label, "9223372036854775653257495089327465637609472n*GCU");
}

struct share {
	int64_t value, total;
	const char *want;
};

static void percentages_take_six_columns_and_no_sign(void **state)
{
	static const struct share rows[] = {
		{1, 1, "  100%"},
		{9995, 10000, "  100%"},
		{9994, 10000, "99.94%"},
		{10005, 10000, "  100%"},
		{10006, 10000, "100.06%"},
		{0, 7, "    0%"},
		{5, 0, "    0%"},
		{0, 0, "    0%"},
		{2689, 10000, "26.89%"},
		{89, 10000, " 0.89%"},
		{9, 1000, "  0.9%"},
		{42, 1000000, "0.0042%"},
		{19, 100000000000, "1.9e-08%"},
		{-1, 4, "25.00%"},
		{1, -4, "25.00%"},
		{-50, -1, "5000.00%"},
		{1, 100, " 1.00%"},
		{INT64_MIN, INT64_MAX, "  100%"},
	};
	char text[PERCENTAGE_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_string_equal(unit_percentage(rows[i].value, rows[i].total, text),
				    rows[i].want);
	unit_percentage(INT64_MAX, 1, text);
	assert_true(strlen(text) < PERCENTAGE_SIZE);
}

static void signed_percentages_take_seven_columns(void **state)
{
	static const struct {
		int64_t value, total;
		const char *want;
	} rows[] = {
		{-1, 4, "-25.00%"},   {1, 4, " 25.00%"},   {-4, 4, "  -100%"},   {4, 4, "   100%"},
		{-1, 200, "  -0.5%"}, {0, 200, "     0%"}, {-10, 4, "-250.00%"}, {-1, 0, "     0%"},
		{-1, -4, "-25.00%"},  {1, -4, " 25.00%"},
	};
	char text[PERCENTAGE_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_string_equal(unit_signed_percentage(rows[i].value, rows[i].total, text),
				    rows[i].want);
	unit_signed_percentage(INT64_MIN, 1, text);
	assert_true(strlen(text) < PERCENTAGE_SIZE);
}

static void the_decimal_point_does_not_depend_on_the_locale(void **state)
{
	char label[UNIT_LABEL_SIZE];

	(void)state;
	/* As the program does: LC_NUMERIC stays "C". */
	setlocale(LC_CTYPE, "");
	assert_string_equal(unit_label(1500, "ms", "s", label), "1.50s");
}

static void doubles_are_cut_to_integers_and_out_of_range_is_the_least(void **state)
{
	(void)state;
	assert_int_equal(unit_truncate(1.9), 1);
	assert_int_equal(unit_truncate(-1.9), -1);
	assert_true(unit_truncate(0x1p63) == INT64_MIN);
	assert_true(unit_truncate(-0x1p63) == INT64_MIN);
	assert_true(unit_truncate(1e300) == INT64_MIN);
	assert_true(unit_truncate(-INFINITY) == INT64_MIN);
	assert_true(unit_truncate(NAN) == INT64_MIN);
	assert_true(unit_truncate(0x1p62) == INT64_C(1) << 62);
}

static void units_are_compatible_within_a_family(void **state)
{
	(void)state;
	assert_true(unit_compatible("ns", "hours"));
	assert_true(unit_compatible("KB", "byte"));
	assert_true(unit_compatible("gcu", "nanogcus"));
	assert_true(unit_compatible("foo", "foo"));
	assert_false(unit_compatible("ns", "byte"));
	assert_false(unit_compatible("foo", "bar"));
	assert_false(unit_compatible("count", "ns"));
}

/* From one to the next until "minimum" comes again. */
static void check_round(const char *from, int64_t total, const char *want)
{
	const char *unit = "minimum";
	char round[100] = "";

	do {
		size_t length = strlen(round);

		snprintf(round + length, sizeof(round) - length, "%s ", unit);
		unit = unit_next(unit, from, total);
		assert_non_null(unit);
	} while (strcmp(unit, "minimum") != 0);
	assert_string_equal(round, want);
}

static void units_go_round_as_far_as_the_total_fills_one(void **state)
{
	(void)state;
	check_round("nanoseconds", 18480000000, "minimum auto ns us ms s ");
	check_round("nanoseconds", -999, "minimum auto ns ");
	check_round("milliseconds", 3600000, "minimum auto ns us ms s hrs ");
	check_round("bytes", INT64_MIN, "minimum auto B kB MB GB TB PB ");
	check_round("nanogcu", 5000, "minimum auto nanogcu microgcu ");
	assert_string_equal(unit_next("ns", "bytes", 1), "minimum");
	assert_string_equal(unit_next("nonsense", "bytes", 1), "minimum");
	assert_null(unit_next("minimum", "count", 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_go_by_powers_of_1024),
		cmocka_unit_test(times_go_from_nanoseconds_to_hours),
		cmocka_unit_test(compute_units_go_by_thousands),
		cmocka_unit_test(an_unknown_unit_leaves_the_value_as_it_is),
		cmocka_unit_test(both_signs_for_micro_are_known),
		cmocka_unit_test(an_unknown_target_means_the_default_of_the_family),
		cmocka_unit_test(
			the_least_value_has_no_positive_counterpart_and_is_shown_all_the_same),
		cmocka_unit_test(labels_have_two_decimals_or_none_and_0_has_no_unit),
		cmocka_unit_test(a_unit_of_any_length_is_cut_to_the_buffer),
		cmocka_unit_test(percentages_take_six_columns_and_no_sign),
		cmocka_unit_test(signed_percentages_take_seven_columns),
		cmocka_unit_test(the_decimal_point_does_not_depend_on_the_locale),
		cmocka_unit_test(doubles_are_cut_to_integers_and_out_of_range_is_the_least),
		cmocka_unit_test(units_are_compatible_within_a_family),
		cmocka_unit_test(units_go_round_as_far_as_the_total_fills_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
