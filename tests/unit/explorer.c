/* SPDX-License-Identifier: MIT */
#include "explorer.h"

#include <stdio.h>

#include "ui/term/key.h"
#include "ui/session/session_settle.h"

#define SETTLE 30000 /* ms: far more than anything takes, even under a sanitizer */

void explorer_settle(struct app *app)
{
	do {
		while (app->session.task)
			assert_int_not_equal(session_finish(&app->session, SETTLE), SESSION_FAILED);
		app_wake(app);
	} while (app->session.task);
}

static struct app *start(struct explorer *explorer, int count, char **arguments, int rows,
			 int columns, enum charset charset)
{
	struct error error;

	/* The sources of this machine are not those of the tests. */
	setenv("GOROOT", "/nowhere", 1);
	setenv("GOMODCACHE", "/nowhere", 1);
	if (!request_parse(&explorer->request, count, arguments, &error))
		fail_msg("%s", error.message);
	app_init(&explorer->app, &explorer->request);
	app_resize(&explorer->app, rows, columns, charset, charset == CHARSET_UTF8);
	session_load(&explorer->app.session);
	return &explorer->app;
}

struct app *explorer_start(struct explorer *explorer, const char *path, int rows, int columns,
			   enum charset charset)
{
	char *arguments[] = {explorer->program, explorer->location, NULL};

	snprintf(explorer->program, sizeof(explorer->program), "ncprof");
	snprintf(explorer->location, sizeof(explorer->location), "%s", path);
	return start(explorer, 2, arguments, rows, columns, charset);
}

void explorer_word(const char *word, char *text, size_t size)
{
	const char *equals = strchr(word, '=');
	bool path = equals && (strstr(word, "base=") || strstr(word, "path=")) && equals[1] != '/';
	int flag = path ? (int)(equals + 1 - word) : 0;
	bool file = path || *word != '-';

	snprintf(text, size, "%.*s%s", flag, word, file ? fixture_path(word + flag) : word);
}

struct app *explorer_open_words(struct explorer *explorer, const char *const *words, int rows,
				int columns, enum charset charset)
{
	char *arguments[EXPLORER_WORDS + 2] = {explorer->program};
	struct app *app;
	int count = 0;

	snprintf(explorer->program, sizeof(explorer->program), "ncprof");
	for (; words[count]; count++) {
		assert_true(count < EXPLORER_WORDS);
		explorer_word(words[count], explorer->words[count], sizeof(explorer->words[count]));
		arguments[count + 1] = explorer->words[count];
	}
	app = start(explorer, count + 1, arguments, rows, columns, charset);
	explorer_settle(app);
	app_draw(app, &(int){0}, &(int){0});
	return app;
}

struct app *explorer_open(struct explorer *explorer, const char *path, int rows, int columns,
			  enum charset charset)
{
	struct app *app = explorer_start(explorer, path, rows, columns, charset);

	explorer_settle(app);
	app_draw(app, &(int){0}, &(int){0});
	return app;
}

void explorer_close(struct explorer *explorer)
{
	app_clear(&explorer->app);
	request_clear(&explorer->request);
}

static void type(struct app *app, const char *keys, bool pause)
{
	int row, column;

	while (*keys) {
		size_t length = strcspn(keys, " ");
		uint32_t key = key_parse(keys, length);

		if (key != NAMED_NONE)
			app_key(app, key);
		for (size_t i = 0; key == NAMED_NONE && i < length; i++)
			app_key(app, (unsigned char)keys[i]);
		if (pause) {
			explorer_settle(app);
			app_draw(app, &row, &column); /* scrolling depends on what was drawn */
			explorer_settle(app);
		}
		keys += length + strspn(keys + length, " ");
	}
}

void explorer_press(struct app *app, const char *keys)
{
	type(app, keys, true);
}

void explorer_burst(struct app *app, const char *keys)
{
	type(app, keys, false);
	explorer_settle(app);
}

char *explorer_screen(struct app *app, bool styles)
{
	char *bytes, *copy;
	size_t length;
	FILE *out = open_memstream(&bytes, &length);
	int row, column;

	app_draw(app, &row, &column);
	canvas_dump(&app->canvas, styles, out);
	fclose(out);
	copy = strdup(bytes);
	free(bytes);
	return copy;
}

void explorer_check(struct app *app, const char *text, bool shown)
{
	char *got = explorer_screen(app, false);

	if ((strstr(got, text) != NULL) != shown)
		fail_msg("\"%s\" is %s on the screen:\n%s", text, shown ? "not" : "still", got);
	free(got);
}

void explorer_squeeze(char *text)
{
	char *end = text;

	for (; *text; text++)
		if (*text != ' ' || (end[-1] != ' ' && end[-1] != '\n'))
			*end++ = *text;
	*end = '\0';
}

void explorer_golden(const char *name, const char *got)
{
	const char *top = getenv("top_srcdir");
	char path[512], *want;
	size_t length;

	snprintf(path, sizeof(path), "%s/tests/unit/golden/%s.txt", top ? top : ".", name);
	if (getenv("UPDATE_GOLDEN")) {
		FILE *file = fopen(path, "w");

		assert_non_null(file);
		fputs(got, file);
		fclose(file);
		return;
	}
	want = fixture_read(path, &length);
	if (strlen(got) != length || memcmp(got, want, length) != 0)
		fail_msg("%s differs; got:\n%s", path, got);
	free(want);
}

static void check_picture(const struct explorer_picture *picture, const char *const *words)
{
	const char *file[] = {picture->file ? picture->file : "web_before.cpu.pb.gz", NULL};
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, words ? words : file, picture->rows,
					      picture->columns,
					      picture->ascii ? CHARSET_ASCII : CHARSET_UTF8);
	char *got;

	explorer_press(app, picture->keys);
	got = explorer_screen(app, picture->styles);
	explorer_golden(picture->name, got);
	free(got);
	explorer_close(&explorer);
}

void explorer_check_pictures(const struct explorer_picture *pictures, size_t count,
			     const char *const *words)
{
	for (size_t i = 0; i < count; i++)
		check_picture(&pictures[i], words);
}
