/* SPDX-License-Identifier: MIT */
/* The writers of JSON and CSV. */
#include "fixture.h"

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
		cmocka_unit_test(fields_of_csv_are_quoted_where_needed),
		cmocka_unit_test(a_field_of_csv_stays_on_its_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
