/* SPDX-License-Identifier: MIT */
/* Colours, quoting and names in drawn graphs, and text in XML. */
#include "fixture.h"
#include "report/graph/dot_style.h"
#include "report/stacks/flame_color.h"
#include "report/form/xml.h"

static void check_color(double score, bool inside, const char *wanted)
{
	char color[DOT_COLOR_SIZE];

	assert_string_equal(dot_color(score, inside, color), wanted);
}

static void scores_go_from_blue_over_grey_to_red(void **state)
{
	(void)state;
	check_color(0, false, "#b2b2b2");
	check_color(0, true, "#ededed");
	check_color(1, false, "#b20000");
	check_color(1, true, "#edd5d5");
	check_color(5, true, "#edd5d5");
	check_color(-1, false, "#0000b2");
	check_color(-1, true, "#d5d5ed");
	check_color(0.1, false, "#b28559");
}

static void a_share_of_nothing_is_still_a_color(void **state)
{
	double nothing = 0;

	(void)state;
	check_color(nothing / nothing, false, "#b20000");
	check_color(1 / nothing, false, "#b20000");
}

static void check_escape(const char *text, const char *wanted)
{
	struct text escaped = {0};

	dot_escape(text, &escaped);
	assert_string_equal(text_string(&escaped), wanted);
	text_clear(&escaped);
}

static void quotes_backslashes_and_newlines_are_escaped(void **state)
{
	(void)state;
	check_escape("", "");
	check_escape("a \"b\" \\c\nd", "a \\\"b\\\" \\\\c\\ld");
}

/* What `write` gives as one string, to be freed. */
static char *written(const char *text, void (*write)(const char *text, FILE *out))
{
	char *bytes = NULL;
	size_t length;
	FILE *out = open_memstream(&bytes, &length);

	write(text, out);
	fclose(out);
	return bytes;
}

static void quote_safely(const char *text, FILE *out)
{
	dot_quote(text, false, out);
}

static void quote_exactly(const char *text, FILE *out)
{
	dot_quote(text, true, out);
}

static void check_written(const char *text, void (*write)(const char *text, FILE *out),
			  const char *wanted)
{
	char *bytes = written(text, write);

	assert_string_equal(bytes, wanted);
	free(bytes);
}

static void text_cannot_leave_its_quotes(void **state)
{
	(void)state;
	check_written("a\\nb \\\"c\\\"", quote_safely, "\"a\\nb \\\"c\\\"\"");
	check_written("k:\" URL=\"x", quote_safely, "\"k:\\\" URL=\\\"x\"");
	check_written("a\\\\\"b", quote_safely, "\"a\\\\\\\"b\"");
	check_written("a\\", quote_safely, "\"a\\\\\"");
	check_written("a\\\\", quote_safely, "\"a\\\\\"");
	check_written("a\x01\xff\n", quote_safely, "\"a\\\\x01\\\\xff\\\\n\"");
}

static void exact_quoting_changes_no_more_than_it_must(void **state)
{
	(void)state;
	check_written("a\\nb \\\"c\\\" \x01\u202e", quote_exactly,
		      "\"a\\nb \\\"c\\\" \x01\u202e\"");
	check_written("k:\"x\" \\", quote_exactly, "\"k:\\\"x\\\" \\\\\"");
}

static void names_stand_on_several_lines(void **state)
{
	struct profile *profile =
		fixture_profile("net/http.(*conn).serve[...]:12 = 1\na::B::c = 1\n@4f = 1\n");
	static const char *const functions[] = {"http\\n(*conn)\\nserve[\u2026]\\n", "B\\nc\\n",
						"[prog]\\n"};
	struct view *view = fixture_view(profile, "");

	(void)state;
	assert_int_equal(view->node_count, 3);
	for (node_id i = 0; i < 3; i++) {
		struct text label = {0};

		dot_label(view, &view->nodes[i], &label);
		assert_string_equal(text_string(&label), functions[i]);
		text_clear(&label);
	}
	view_free(view);
	profile_free(profile);
}

static void xml_has_no_markup_and_no_controls(void **state)
{
	(void)state;
	check_written("a<b> & \"c\" 'd'", xml_write, "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;");
	check_written("]]>\x1b\xff", xml_write, "]]&gt;\\x1b\\xff");
}

static void changes_are_red_or_green(void **state)
{
	unsigned red, green, blue;
	char color[FLAME_COLOR_SIZE];

	(void)state;
	assert_int_equal(sscanf(flame_change_color(1, color), "#%02x%02x%02x", &red, &green, &blue),
			 3);
	assert_true(red > green && red > blue);
	assert_int_equal(
		sscanf(flame_change_color(-1, color), "#%02x%02x%02x", &red, &green, &blue), 3);
	assert_true(green > red && green > blue);
	assert_int_equal(sscanf(flame_change_color(0, color), "#%02x%02x%02x", &red, &green, &blue),
			 3);
	assert_true(green == red && green == blue);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scores_go_from_blue_over_grey_to_red),
		cmocka_unit_test(a_share_of_nothing_is_still_a_color),
		cmocka_unit_test(quotes_backslashes_and_newlines_are_escaped),
		cmocka_unit_test(text_cannot_leave_its_quotes),
		cmocka_unit_test(exact_quoting_changes_no_more_than_it_must),
		cmocka_unit_test(names_stand_on_several_lines),
		cmocka_unit_test(xml_has_no_markup_and_no_controls),
		cmocka_unit_test(changes_are_red_or_green),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
