/* SPDX-License-Identifier: MIT */
/* OSC 52: base64, the forms for tmux and screen, the limit. */
#include "fixture.h"
#include "ui/term/clipboard.h"

static void check(enum clipboard_way way, const char *text, const char *want)
{
	struct text got = {0};

	clipboard_add(way, text, strlen(text), &got);
	assert_string_equal(got.bytes, want);
	text_clear(&got);
}

static void text_goes_out_in_base64(void **state)
{
	(void)state;
	check(CLIPBOARD_PLAIN, "", "\033]52;c;\a");
	check(CLIPBOARD_PLAIN, "f", "\033]52;c;Zg==\a");
	check(CLIPBOARD_PLAIN, "fo", "\033]52;c;Zm8=\a");
	check(CLIPBOARD_PLAIN, "foo", "\033]52;c;Zm9v\a");
	check(CLIPBOARD_PLAIN, "foob\xff\xfe", "\033]52;c;Zm9vYv/+\a");
}

static void tmux_and_screen_pass_it_through(void **state)
{
	struct text got = {0};
	char long_text[1000];

	(void)state;
	check(CLIPBOARD_TMUX, "f",
	      "\033]52;c;Zg==\a"
	      "\033Ptmux;\033\033]52;c;Zg==\a\033\\");
	check(CLIPBOARD_SCREEN, "f", "\033P\033]52;c;Zg==\a\033\\");
	memset(long_text, 'x', sizeof(long_text));
	clipboard_add(CLIPBOARD_SCREEN, long_text, sizeof(long_text), &got);
	/* No piece is longer than screen can hold. */
	for (const char *at = got.bytes; *at; at = strstr(at, "\033\\") + 2) {
		assert_memory_equal(at, "\033P", 2);
		assert_in_range(strstr(at, "\033\\") - at, 1, 250);
	}
	text_clear(&got);
}

static void the_way_follows_the_terminal(void **state)
{
	(void)state;
	assert_int_equal(clipboard_way("xterm-256color", NULL), CLIPBOARD_PLAIN);
	assert_int_equal(clipboard_way("xterm-256color", ""), CLIPBOARD_PLAIN);
	assert_int_equal(clipboard_way("tmux-256color", NULL), CLIPBOARD_TMUX);
	assert_int_equal(clipboard_way("screen-256color", "/tmp/tmux"), CLIPBOARD_TMUX);
	assert_int_equal(clipboard_way("screen", NULL), CLIPBOARD_SCREEN);
	assert_int_equal(clipboard_way("linux", NULL), CLIPBOARD_NONE);
	assert_int_equal(clipboard_way("vt100", NULL), CLIPBOARD_NONE);
	assert_int_equal(clipboard_way(NULL, NULL), CLIPBOARD_NONE);
}

static void long_text_is_cut_between_characters(void **state)
{
	char text[CLIPBOARD_LIMIT + 10];
	struct text got = {0};

	(void)state;
	memset(text, 'x', sizeof(text));
	assert_int_equal(clipboard_fit(text, CLIPBOARD_LIMIT), CLIPBOARD_LIMIT);
	assert_int_equal(clipboard_fit(text, sizeof(text)), CLIPBOARD_LIMIT);
	memcpy(text + CLIPBOARD_LIMIT - 1, "\xe2\x82\xac", 3);
	assert_int_equal(clipboard_fit(text, sizeof(text)), CLIPBOARD_LIMIT - 1);
	clipboard_add(CLIPBOARD_PLAIN, text, CLIPBOARD_LIMIT, &got);
	assert_in_range(got.length, 8192, 8192 + 8);
	text_clear(&got);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_goes_out_in_base64),
		cmocka_unit_test(tmux_and_screen_pass_it_through),
		cmocka_unit_test(the_way_follows_the_terminal),
		cmocka_unit_test(long_text_is_cut_between_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
