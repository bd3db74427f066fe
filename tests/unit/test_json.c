/* SPDX-License-Identifier: MIT */
/* The writers of JSON and CSV. */
#include "fixture.h"

#include <math.h>
#include <stdio.h>

#include "report/form/csv.h"
#include "report/form/json.h"

/* What was written, to be freed by close_output. */
struct output {
	char *bytes;
	size_t length;
	FILE *file;
};

static void open_output(struct output *output)
{
	output->file = open_memstream(&output->bytes, &output->length);
	assert_non_null(output->file);
}

static void close_output(struct output *output, const char *want)
{
	fclose(output->file);
	assert_string_equal(output->bytes, want);
	free(output->bytes);
}

static void check_text(const char *text, const char *want)
{
	struct output output;
	struct json json = {0};

	open_output(&output);
	json.out = output.file;
	json_text(&json, NULL, text);
	close_output(&output, want);
}

static void check_field(const char *text, const char *want)
{
	struct output output;

	open_output(&output);
	csv_text(text, '\n', output.file);
	close_output(&output, want);
}

static void objects_and_arrays_get_commas_and_lines(void **state)
{
	struct output output;
	struct json json = {0};

	(void)state;
	open_output(&output);
	json.out = output.file;
	json_open(&json, NULL, '{');
	json_text(&json, "name", "a");
	json_open(&json, "rows", '[');
	for (int i = 0; i < 2; i++) {
		json_open(&json, NULL, '{');
		json_integer(&json, "n", INT64_MIN);
		json_open(&json, "more", '[');
		json_integer(&json, NULL, 1);
		json_integer(&json, NULL, 2);
		json_close(&json, ']');
		json_bool(&json, "yes", i);
		json_close(&json, '}');
	}
	json_close(&json, ']');
	json_open(&json, "none", '[');
	json_close(&json, ']');
	json_close(&json, '}');
	close_output(&output,
		     "{\n"
		     "  \"name\": \"a\",\n"
		     "  \"rows\": [\n"
		     "    {\"n\": -9223372036854775808, \"more\": [1, 2], \"yes\": false},\n"
		     "    {\"n\": -9223372036854775808, \"more\": [1, 2], \"yes\": true}\n"
		     "  ],\n"
		     "  \"none\": []\n"
		     "}\n");
}

static void an_empty_object_is_two_braces(void **state)
{
	struct output output;
	struct json json = {0};

	(void)state;
	open_output(&output);
	json.out = output.file;
	json_open(&json, NULL, '{');
	json_close(&json, '}');
	close_output(&output, "{}\n");
}

static void text_is_escaped_for_json(void **state)
{
	(void)state;
	check_text("", "\"\"");
	check_text("a \"b\" \\c", "\"a \\\"b\\\" \\\\c\"");
	check_text("a\nb\tc\x1b[0m", "\"a\\u000ab\\u0009c\\u001b[0m\"");
	check_text("caf\u00e9 \u4e16\U0001f600", "\"caf\u00e9 \u4e16\U0001f600\"");
	check_text("\u202eevil\u2028", "\"\\u202eevil\\u2028\"");
}

static void broken_utf8_becomes_the_replacement_character(void **state)
{
	(void)state;
	check_text("a\xff"
		   "b",
		   "\"a\\ufffdb\"");
	check_text("\xe2\x82", "\"\\ufffd\\ufffd\"");
	check_text("\xed\xa0\x80", "\"\\ufffd\\ufffd\\ufffd\"");
}

static void check_number(double number, const char *want)
{
	struct output output;
	struct json json = {0};

	open_output(&output);
	json.out = output.file;
	json_number(&json, NULL, number);
	close_output(&output, want);
}

static void numbers_have_the_fewest_digits_that_read_back(void **state)
{
	(void)state;
	check_number(0, "0");
	check_number(10, "10");
	check_number(0.1, "0.1");
	check_number(0.1 + 0.2, "0.30000000000000004");
	check_number(1 / 3.0, "0.3333333333333333");
	check_number(123456789012345.0, "123456789012345");
	check_number(9007199254740993.0, "9007199254740992");
	check_number(-12345678901.5, "-12345678901.5");
	check_number(1e300, "1e+300");
	check_number(5e-324, "4.94065645841247e-324");
	check_number(NAN, "null");
	check_number(-INFINITY, "null");
}

static void any_number_reads_back(void **state)
{
	struct random random = {fixture_seed()};

	(void)state;
	for (int i = 0; i < 10000; i++) {
		uint64_t bits = random_next(&random);
		char *bytes = NULL;
		size_t length = 0;
		double number;
		struct json json = {.out = open_memstream(&bytes, &length)};

		memcpy(&number, &bits, sizeof(number));
		if (!isfinite(number))
			number = (double)(int64_t)bits / 1000;
		json_number(&json, NULL, number);
		fclose(json.out);
		assert_true(strtod(bytes, NULL) == number);
		free(bytes);
	}
}

static void fields_of_csv_are_quoted_where_needed(void **state)
{
	(void)state;
	check_field("", "\n");
	check_field("main.run", "main.run\n");
	check_field("a,b", "\"a,b\"\n");
	check_field("operator \"\"_s", "\"operator \"\"\"\"_s\"\n");
	check_field(" a", "\" a\"\n");
}

static void a_field_of_csv_stays_on_its_line(void **state)
{
	(void)state;
	check_field("a\nb\r", "a\\nb\\r\n");
	check_field("a\xff", "a\\xff\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(objects_and_arrays_get_commas_and_lines),
		cmocka_unit_test(an_empty_object_is_two_braces),
		cmocka_unit_test(text_is_escaped_for_json),
		cmocka_unit_test(broken_utf8_becomes_the_replacement_character),
		cmocka_unit_test(numbers_have_the_fewest_digits_that_read_back),
		cmocka_unit_test(any_number_reads_back),
		cmocka_unit_test(fields_of_csv_are_quoted_where_needed),
		cmocka_unit_test(a_field_of_csv_stays_on_its_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
