/* SPDX-License-Identifier: MIT */
/* The line editor: keys, history, completion, paste. */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"
#include "fixture.h"
#include "ui/term/key.h"
#include "ui/input/prompt.h"
#include "base/user_file.h"

/* Types text; "^X" in it is a control key. */
static enum prompt_result type(struct prompt *prompt, const char *text)
{
	enum prompt_result result = PROMPT_NOTHING;
	size_t length = strlen(text), size;
	uint32_t rune;

	for (size_t at = 0; at < length; at += size) {
		size = utf8_decode(text + at, length - at, &rune);
		if (rune == '^' && at + 1 < length) {
			rune = key_control(text[at + 1]);
			size = 2;
		}
		result = prompt_handle(prompt, rune);
	}
	return result;
}

static void check_line(struct prompt *prompt, const char *keys, const char *line, size_t cursor)
{
	type(prompt, keys);
	assert_string_equal(text_string(&prompt->line), line);
	assert_int_equal(prompt->cursor, cursor);
}

static void keys_edit_the_line(void **state)
{
	struct prompt prompt;

	(void)state;
	prompt_init(&prompt, ":", "", NULL, NULL, NULL);
	check_line(&prompt, "focus=main", "focus=main", 10);
	check_line(&prompt, "^Ax^B", "xfocus=main", 0);
	check_line(&prompt, "^D", "focus=main", 0);
	check_line(&prompt, "^F^Fy", "foycus=main", 3);
	check_line(&prompt, "^E two words^W", "foycus=main two ", 16);
	check_line(&prompt, "^W", "foycus=main ", 12);
	check_line(&prompt, "^B^B^K", "foycus=mai", 10);
	check_line(&prompt, "^B^U", "i", 0);
	assert_int_equal(prompt_handle(&prompt, NAMED_DELETE), PROMPT_EDITED);
	assert_int_equal(prompt_handle(&prompt, NAMED_DELETE), PROMPT_NOTHING);
	assert_int_equal(prompt_handle(&prompt, NAMED_BACKSPACE), PROMPT_CANCELLED);
	prompt_clear(&prompt);
}

static void characters_are_whole(void **state)
{
	struct prompt prompt;

	(void)state;
	prompt_init(&prompt, "/", "", NULL, NULL, NULL);
	check_line(&prompt, "\u65e5\u672c", "\u65e5\u672c", 6);
	prompt_handle(&prompt, NAMED_LEFT);
	assert_int_equal(prompt.cursor, 3);
	prompt_handle(&prompt, NAMED_BACKSPACE);
	assert_string_equal(text_string(&prompt.line), "\u672c");
	prompt_clear(&prompt);
}

static void done_and_cancelled_are_told_apart(void **state)
{
	struct prompt prompt;

	(void)state;
	prompt_init(&prompt, "/", "x", NULL, NULL, NULL);
	assert_int_equal(prompt_handle(&prompt, NAMED_ESCAPE), PROMPT_CANCELLED);
	assert_int_equal(prompt_handle(&prompt, key_control('C')), PROMPT_CANCELLED);
	assert_int_equal(prompt_handle(&prompt, NAMED_ENTER), PROMPT_DONE);
	assert_int_equal(prompt_handle(&prompt, NAMED_PAGE_UP), PROMPT_NOTHING);
	prompt_clear(&prompt);
}

static void history_brings_old_lines_and_the_one_being_typed_back(void **state)
{
	struct prompt_history history = {0};
	struct prompt prompt;
	static const char *const lines[] = {"one", "two", "two"};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		prompt_init(&prompt, ":", lines[i], &history, NULL, NULL);
		prompt_handle(&prompt, NAMED_ENTER);
		prompt_clear(&prompt);
	}
	assert_int_equal(history.count, 2);
	prompt_init(&prompt, ":", "new", &history, NULL, NULL);
	check_line(&prompt, "^P", "two", 3);
	check_line(&prompt, "^P^P", "one", 3);
	check_line(&prompt, "^N^N", "new", 3);
	assert_int_equal(prompt_handle(&prompt, key_control('N')), PROMPT_NOTHING);
	prompt_clear(&prompt);
	prompt_history_clear(&history);
}

/* Enter keeps the line; what is typed is the last one of the history all the same. */
static void a_refused_line_goes_on_being_typed(void **state)
{
	struct prompt_history history = {0};
	struct prompt prompt;

	(void)state;
	prompt_init(&prompt, ":", "refused", &history, NULL, NULL);
	assert_int_equal(prompt_handle(&prompt, NAMED_ENTER), PROMPT_DONE);
	assert_int_equal(prompt_handle(&prompt, NAMED_DOWN), PROMPT_NOTHING);
	check_line(&prompt, "!", "refused!", 8);
	assert_int_equal(prompt_handle(&prompt, key_control('P')), PROMPT_EDITED);
	check_line(&prompt, "", "refused", 7);
	assert_int_equal(prompt_handle(&prompt, key_control('N')), PROMPT_EDITED);
	check_line(&prompt, "", "refused!", 8);
	prompt_clear(&prompt);
	prompt_history_clear(&history);
}

static void up_and_down_look_for_what_was_typed(void **state)
{
	static const char *const lines[] = {"top", "focus=a", "tree", "peek x", "top"};
	struct prompt_history history = {0};
	struct prompt prompt;

	(void)state;
	for (size_t i = 0; i < 5; i++)
		prompt_history_add(&history, lines[i]);
	prompt_init(&prompt, ":", "t", &history, NULL, NULL);
	prompt_handle(&prompt, NAMED_UP);
	assert_string_equal(text_string(&prompt.line), "top");
	prompt_handle(&prompt, NAMED_UP);
	assert_string_equal(text_string(&prompt.line), "tree");
	prompt_handle(&prompt, NAMED_UP);
	assert_string_equal(text_string(&prompt.line), "top");
	assert_int_equal(prompt_handle(&prompt, NAMED_UP), PROMPT_NOTHING);
	prompt_handle(&prompt, NAMED_DOWN);
	assert_string_equal(text_string(&prompt.line), "tree");
	check_line(&prompt, "^P", "focus=a", 7);
	/* What is changed is typed: it is what the next one looks for. */
	check_line(&prompt, "^U^Up", "p", 1);
	prompt_handle(&prompt, NAMED_UP);
	assert_string_equal(text_string(&prompt.line), "peek x");
	prompt_handle(&prompt, NAMED_DOWN);
	assert_string_equal(text_string(&prompt.line), "p");
	prompt_clear(&prompt);
	prompt_history_clear(&history);
}

static void check_history(const char *path, const char *want)
{
	struct text content = {0};
	struct error error;

	assert_int_equal(user_file_read(path, &content, &error), USER_FILE_READ);
	assert_string_equal(text_string(&content), want);
	text_clear(&content);
}

static void histories_of_two_runs_are_kept(void **state)
{
	char directory[] = "/tmp/ncprof-test-XXXXXX", path[64];
	struct prompt_history mine = {0}, other = {0}, searches = {0};
	const struct kept_history ours[] = {{':', &mine}, {'/', &searches}, {0, NULL}},
				  theirs[] = {{':', &other}, {0, NULL}};
	struct error error;

	(void)state;
	assert_non_null(mkdtemp(directory));
	snprintf(path, sizeof(path), "%s/history", directory);
	assert_true(prompt_history_read(path, ours, &error));
	assert_true(prompt_history_write(path, ours, &error));
	assert_int_not_equal(access(path, F_OK), 0);
	prompt_history_add(&mine, "top");
	prompt_history_add(&searches, "a\033b\n:top");
	prompt_history_add(&other, "tree");
	assert_true(prompt_history_write(path, ours, &error));
	assert_true(prompt_history_write(path, theirs, &error));
	check_history(path, ":top\n:tree\n");
	assert_true(prompt_history_write(path, ours, &error));
	check_history(path, ":top\n:tree\n:top\n/a b :top\n");
	prompt_history_clear(&mine);
	assert_true(prompt_history_read(path, theirs, &error));
	assert_int_equal(other.added, 0);
	unlink(path);
	rmdir(directory);
	prompt_history_clear(&other);
	prompt_history_clear(&searches);
}

static void a_history_is_bounded(void **state)
{
	char directory[] = "/tmp/ncprof-test-XXXXXX", path[64], line[HISTORY_LINE_LIMIT + 2];
	struct prompt_history history = {0};
	const struct kept_history kept[] = {{':', &history}, {0, NULL}};
	struct error error;
	struct stat status;

	(void)state;
	assert_non_null(mkdtemp(directory));
	snprintf(path, sizeof(path), "%s/history", directory);
	memset(line, 'x', sizeof(line));
	line[sizeof(line) - 1] = '\0';
	prompt_history_add(&history, line);
	assert_int_equal(history.count, 0);
	for (int i = 0; i < 1000; i++) {
		snprintf(line, sizeof(line), "%d%0800d", i, 0);
		prompt_history_add(&history, line);
	}
	assert_int_equal(history.count, HISTORY_LINES);
	assert_true(prompt_history_write(path, kept, &error));
	assert_int_equal(stat(path, &status), 0);
	assert_in_range(status.st_size, USER_FILE_LIMIT - 1000, USER_FILE_LIMIT);
	assert_int_equal(status.st_mode & 0777, 0600);
	prompt_history_clear(&history);
	assert_true(prompt_history_read(path, kept, &error));
	assert_int_equal(strncmp(history.lines[history.count - 1], "999000", 6), 0);
	unlink(path);
	rmdir(directory);
	prompt_history_clear(&history);
}

static void offer(void *owner, const char *line, size_t cursor, struct completions *completions)
{
	size_t start = cursor;

	(void)owner;
	while (start > 0 && line[start - 1] != ' ')
		start--;
	completions->start = start;
	if (line[start] == 'f') {
		completions_add(completions, "focus=", 6);
		completions_add(completions, "flat", 4);
	} else if (line[start] == 't') {
		completions_add(completions, "top", 3);
	}
}

static void tab_goes_through_what_fits(void **state)
{
	struct prompt prompt;

	(void)state;
	prompt_init(&prompt, ":", "x f", NULL, offer, NULL);
	assert_int_equal(prompt_handle(&prompt, NAMED_TAB), PROMPT_EDITED);
	assert_string_equal(text_string(&prompt.line), "x focus=");
	prompt_handle(&prompt, NAMED_TAB);
	assert_string_equal(text_string(&prompt.line), "x flat");
	prompt_handle(&prompt, NAMED_TAB);
	assert_string_equal(text_string(&prompt.line), "x focus=");
	prompt_handle(&prompt, NAMED_BACKTAB);
	assert_string_equal(text_string(&prompt.line), "x flat");
	type(&prompt, " t");
	prompt_handle(&prompt, NAMED_TAB);
	assert_string_equal(text_string(&prompt.line), "x flat top");
	type(&prompt, " z");
	assert_int_equal(prompt_handle(&prompt, NAMED_TAB), PROMPT_NOTHING);
	prompt_clear(&prompt);
}

static void a_paste_is_one_line_without_control_characters(void **state)
{
	struct prompt prompt;

	(void)state;
	prompt_init(&prompt, ":", "ab", NULL, NULL, NULL);
	prompt_handle(&prompt, NAMED_LEFT);
	prompt_paste(&prompt, "1\n\0332\u202e\xff", 8);
	assert_string_equal(text_string(&prompt.line), "a1  2  b");
	assert_int_equal(prompt.cursor, 7);
	prompt_clear(&prompt);
}

static void a_long_line_scrolls_with_the_cursor(void **state)
{
	struct prompt prompt;
	struct canvas canvas;
	int cursor;

	(void)state;
	canvas_init(&canvas, 1, 10, CHARSET_ASCII, false);
	prompt_init(&prompt, ":", "abcdefghijklmnop", NULL, NULL, NULL);
	prompt_draw(&prompt, &canvas, &cursor);
	assert_int_equal(cursor, 9);
	assert_int_equal(canvas.cells[0].runes[0], ':');
	assert_int_equal(canvas.cells[8].runes[0], 'p');
	prompt_clear(&prompt);
	canvas_clear(&canvas);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_edit_the_line),
		cmocka_unit_test(characters_are_whole),
		cmocka_unit_test(done_and_cancelled_are_told_apart),
		cmocka_unit_test(history_brings_old_lines_and_the_one_being_typed_back),
		cmocka_unit_test(a_refused_line_goes_on_being_typed),
		cmocka_unit_test(up_and_down_look_for_what_was_typed),
		cmocka_unit_test(histories_of_two_runs_are_kept),
		cmocka_unit_test(a_history_is_bounded),
		cmocka_unit_test(tab_goes_through_what_fits),
		cmocka_unit_test(a_paste_is_one_line_without_control_characters),
		cmocka_unit_test(a_long_line_scrolls_with_the_cursor),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
