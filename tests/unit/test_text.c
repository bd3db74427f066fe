/* SPDX-License-Identifier: MIT */
/* Growing text, UTF-8 from untrusted bytes, and what must not reach a terminal. */
#include "base/utf8.h"
#include "fixture.h"

static void check_sanitized(const char *bytes, size_t length, bool lines, const char *want)
{
	struct text text = {0};

	text_add_sanitized(&text, bytes, length, lines);
	assert_string_equal(text_string(&text), want);
	text_clear(&text);
}

#define SANITIZED(literal, want) check_sanitized(literal, sizeof(literal) - 1, false, want)

static void text_grows_and_always_ends_with_a_nul(void **state)
{
	struct text text = {0};
	char want[4097];

	(void)state;
	assert_string_equal(text_string(&text), "");
	for (size_t i = 0; i < 4096; i++) {
		want[i] = (char)('a' + i % 26);
		want[i + 1] = '\0';
		text_add_char(&text, want[i]);
		assert_int_equal(text.length, i + 1);
		assert_int_equal(text.bytes[text.length], 0);
	}
	assert_string_equal(text.bytes, want);
	text_reset(&text);
	assert_string_equal(text_string(&text), "");
	text_printf(&text, "%s-%d", "a", 5);
	text_printf(&text, "%200s", "");
	assert_int_equal(text.length, 203);
	text_clear(&text);
	assert_null(text.bytes);
	text_clear(&text);
}

static void text_keeps_nul_bytes(void **state)
{
	struct text text = {0};

	(void)state;
	text_add(&text, "a\0b", 3);
	text_add_string(&text, "c");
	assert_int_equal(text.length, 4);
	assert_memory_equal(text.bytes, "a\0bc", 5);
	text_clear(&text);
}

static void plain_text_and_foreign_letters_stay(void **state)
{
	(void)state;
	SANITIZED("main.(*T).f[go.shape.int]", "main.(*T).f[go.shape.int]");
	SANITIZED("gr\u00fc\u00df \u65e5\u672c \U0001f600",
		  "gr\u00fc\u00df \u65e5\u672c \U0001f600");
	SANITIZED("e\u0301", "e\u0301");
	SANITIZED("back\\slash", "back\\slash");
	SANITIZED("", "");
}

static void control_characters_become_visible(void **state)
{
	(void)state;
	SANITIZED("a\nb\tc\rd", "a\\nb\\tc\\rd");
	SANITIZED("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m");
	SANITIZED("\x1b]0;title\x07", "\\x1b]0;title\\x07");
	SANITIZED("nul\0here", "nul\\x00here");
	SANITIZED("\x7f", "\\x7f");
	SANITIZED("\b\v\f\x01\x1f", "\\x08\\x0b\\x0c\\x01\\x1f");
}

static void c1_controls_become_visible_as_utf8_and_as_bytes(void **state)
{
	(void)state;
	SANITIZED("\xc2\x9b"
		  "31m",
		  "\\x9b31m");
	SANITIZED("\xc2\x80\xc2\x9f\xc2\xa0", "\\x80\\x9f\u00a0");
	SANITIZED("\x9b"
		  "31m",
		  "\\x9b31m");
}

static void direction_and_zero_width_controls_become_visible(void **state)
{
	(void)state;
	SANITIZED("\u202eevil\u202c", "\\u202eevil\\u202c");
	SANITIZED("\u2066a\u2069", "\\u2066a\\u2069");
	SANITIZED("\u200e\u200f\u061c", "\\u200e\\u200f\\u061c");
	SANITIZED("a\u200bb\u200cc\u200dd\u2060e\ufefff",
		  "a\\u200bb\\u200cc\\u200dd\\u2060e\\ufefff");
	SANITIZED("a\u2028b\u2029c", "a\\u2028b\\u2029c");
	SANITIZED("\u00ad", "\\xad");
	SANITIZED("\U000e0041", "\\U000e0041");
	SANITIZED("\xef\xbf\xbf", "\\uffff");
	SANITIZED("\xf4\x8f\xbf\xbf", "\\U0010ffff");
}

static void broken_utf8_becomes_visible_byte_by_byte(void **state)
{
	(void)state;
	SANITIZED("\xff\xfe", "\\xff\\xfe");
	SANITIZED("a\xe2\x82", "a\\xe2\\x82");
	SANITIZED("\xe2\x82X", "\\xe2\\x82X");
	SANITIZED("\xc0\xaf", "\\xc0\\xaf");
	SANITIZED("\xc1\xbf", "\\xc1\\xbf");
	SANITIZED("\xe0\x80\xaf", "\\xe0\\x80\\xaf");
	SANITIZED("\xf0\x80\x80\xaf", "\\xf0\\x80\\x80\\xaf");
	SANITIZED("\xed\xa0\x80", "\\xed\\xa0\\x80");
	SANITIZED("\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80");
	SANITIZED("\xf5\x80\x80\x80", "\\xf5\\x80\\x80\\x80");
	SANITIZED("\x80", "\\x80");
}

static void lines_keeps_line_ends_and_tabs_but_nothing_else(void **state)
{
	static const char text[] = "a\n\tb\r\x1b\u2028";

	(void)state;
	check_sanitized(text, sizeof(text) - 1, true, "a\n\tb\\r\\x1b\\u2028");
}

static void every_valid_character_survives_a_round_trip(void **state)
{
	(void)state;
	for (uint32_t rune = 0; rune < 0x110000; rune++) {
		char bytes[4];
		uint32_t got;
		size_t size;

		if (rune >= 0xd800 && rune < 0xe000)
			continue;
		size = utf8_encode(rune, bytes);
		if (utf8_decode(bytes, size, &got) != size || got != rune)
			fail_msg("U+%04X came back as U+%04X", rune, got);
		/* Cut short, no longer sequence is seen. */
		if (size > 1 && (utf8_decode(bytes, size - 1, &got) != 1 || got != UTF8_BROKEN))
			fail_msg("U+%04X cut short gave U+%04X", rune, got);
	}
}

/* Whatever goes in: what comes out is valid UTF-8 without a hostile character. */
static void nothing_hostile_comes_out_of_random_bytes(void **state)
{
	static const char pieces[] = "\xe2\x80\xae\xc2\x9b\xef\xbb\xbf\x1b";
	struct random random = {fixture_seed()};

	(void)state;
	for (int i = 0; i < 20000; i++) {
		char bytes[24];
		struct text text = {0};
		size_t length = random_below(&random, sizeof(bytes) + 1);

		for (size_t k = 0; k < length; k++)
			bytes[k] = pieces[random_below(&random, sizeof(pieces) - 1)];
		for (size_t k = 0; k < length; k += 3)
			bytes[k] = (char)random_next(&random);
		text_add_sanitized(&text, bytes, length, false);
		for (size_t at = 0, size; at < text.length; at += size) {
			uint32_t rune;

			size = utf8_decode(text.bytes + at, text.length - at, &rune);
			assert_false(utf8_is_hostile(rune));
			assert_false(size == 1 && rune == UTF8_BROKEN);
		}
		text_clear(&text);
	}
}

static void errors_are_wrapped_from_the_outside_and_cut_to_their_room(void **state)
{
	struct error error;
	char name[2000];

	(void)state;
	assert_false(error_set(&error, "at byte %d", 5));
	assert_false(error_wrap(&error, "reading %s", "x"));
	assert_string_equal(error.message, "reading x: at byte 5");
	memset(name, 'n', sizeof(name));
	name[sizeof(name) - 1] = '\0';
	error_wrap(&error, "%s", name);
	assert_int_equal(strlen(error.message), sizeof(error.message) - 1);
	error_set(&error, "%s", name);
	error_wrap(&error, "short");
	assert_int_equal(strncmp(error.message, "short: nnn", 10), 0);
	assert_int_equal(strlen(error.message), sizeof(error.message) - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_grows_and_always_ends_with_a_nul),
		cmocka_unit_test(text_keeps_nul_bytes),
		cmocka_unit_test(plain_text_and_foreign_letters_stay),
		cmocka_unit_test(control_characters_become_visible),
		cmocka_unit_test(c1_controls_become_visible_as_utf8_and_as_bytes),
		cmocka_unit_test(direction_and_zero_width_controls_become_visible),
		cmocka_unit_test(broken_utf8_becomes_visible_byte_by_byte),
		cmocka_unit_test(lines_keeps_line_ends_and_tabs_but_nothing_else),
		cmocka_unit_test(every_valid_character_survives_a_round_trip),
		cmocka_unit_test(nothing_hostile_comes_out_of_random_bytes),
		cmocka_unit_test(errors_are_wrapped_from_the_outside_and_cut_to_their_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
