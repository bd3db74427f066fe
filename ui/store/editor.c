/* SPDX-License-Identifier: MIT */
#include "ui/store/editor.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/array.h"
#include "base/text.h"
#include "ui/term/terminal.h"

/* Editors that want FILE:LINE, and the option that says so. */
static const struct {
	const char *name, *option;
} joined[] = {
	{"code", "--goto"}, {"codium", "--goto"}, {"subl", ""},
	{"hx", ""},         {"helix", ""},        {"zed", ""},
};

struct words {
	char **items;
	size_t count, capacity;
};

static void add_word(struct words *words, const char *bytes, size_t length)
{
	struct text word = {0};

	text_add(&word, bytes, length);
	array_push(words->items, words->count, words->capacity, word.bytes);
}

/* The row of `joined` for a program, -1: it takes +LINE FILE. */
static int find_joined(const char *program)
{
	const char *slash = strrchr(program, '/');

	for (size_t i = 0; i < COUNT(joined); i++)
		if (!strcmp(slash ? slash + 1 : program, joined[i].name))
			return (int)i;
	return -1;
}

char **editor_words(const char *editor, const char *path, int64_t line)
{
	struct words words = {0};
	struct text place = {0};
	int row;

	for (editor += strspn(editor, " \t"); *editor; editor += strspn(editor, " \t")) {
		add_word(&words, editor, strcspn(editor, " \t"));
		editor += strcspn(editor, " \t");
	}
	if (!words.count)
		add_word(&words, "vi", 2);
	row = find_joined(words.items[0]);
	if (row >= 0 && *joined[row].option)
		add_word(&words, joined[row].option, strlen(joined[row].option));
	if (row < 0 && line > 0) {
		text_printf(&place, "+%" PRId64, line);
		add_word(&words, place.bytes, place.length);
	}
	text_reset(&place);
	text_printf(&place, "%s%s", *path == '/' ? "" : "./", path);
	if (row >= 0 && line > 0)
		text_printf(&place, ":%" PRId64, line);
	add_word(&words, place.bytes, place.length);
	text_clear(&place);
	array_push(words.items, words.count, words.capacity, NULL);
	return words.items;
}

void editor_free_words(char **words)
{
	for (char **word = words; *word; word++)
		free(*word);
	free(words);
}

bool editor_run(const char *path, int64_t line, struct error *error)
{
	const char *editor = getenv("VISUAL");
	struct stat status;
	char **words;
	int ended;
	bool good;

	if (stat(path, &status) != 0)
		return error_set(error, "%s: %s", path, strerror(errno));
	if (!S_ISREG(status.st_mode))
		return error_set(error, "%s is no regular file; it is not opened", path);
	if (!editor || !*editor)
		editor = getenv("EDITOR");
	words = editor_words(editor ? editor : "", path, line);
	good = terminal_run((const char *const *)words, &ended, error);
	if (good && !(WIFEXITED(ended) && WEXITSTATUS(ended) == 0))
		good = error_set(error, "%s failed; $VISUAL or $EDITOR names another editor",
				 words[0]);
	else if (!good)
		error_wrap(error, "no editor; set $VISUAL or $EDITOR");
	editor_free_words(words);
	return good;
}
