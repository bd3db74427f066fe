/* SPDX-License-Identifier: MIT */
/* The explorer without a terminal: a file is opened, keys go in, the screen comes out as text. */
#ifndef EXPLORER_H
#define EXPLORER_H

#include "fixture.h"
#include "cli/request.h"
#include "ui/app/app.h"

#define EXPLORER_WORDS 8

struct explorer {
	char program[8], location[512], words[EXPLORER_WORDS][512];
	struct request request;
	struct app app;
};

/* An app on a file that is not read yet. */
struct app *explorer_start(struct explorer *explorer, const char *path, int rows, int columns,
			   enum charset charset);
/* The same, read and drawn. */
struct app *explorer_open(struct explorer *explorer, const char *path, int rows, int columns,
			  enum charset charset);
/* The same with the words of a command line, ended by NULL; see explorer_word. */
struct app *explorer_open_words(struct explorer *explorer, const char *const *words, int rows,
				int columns, enum charset charset);
void explorer_close(struct explorer *explorer);

/* A word of a command line: what is no flag, a base and a relative source_path are files of the tests. */
void explorer_word(const char *word, char *text, size_t size);

/* Waits until nothing is computed any more. */
void explorer_settle(struct app *app);

/* Keys by name and text to type, separated by blanks: "j j Enter : focus=main Enter". */
void explorer_press(struct app *app, const char *keys);
/* The same without a picture or a pause between the keys. */
void explorer_burst(struct app *app, const char *keys);

/* The screen as text, to be freed. */
char *explorer_screen(struct app *app, bool styles);

/* The test fails unless `text` is, or is not, on the screen. */
void explorer_check(struct app *app, const char *text, bool shown);

/* The test fails unless the text is that of tests/unit/golden/NAME.txt; UPDATE_GOLDEN=1 writes it anew. */
void explorer_golden(const char *name, const char *got);

/* What a screen looked like: a golden, and the keys that lead to it. */
struct explorer_picture {
	const char *name, *keys;
	int rows, columns;
	const char *file; /* of the tests; NULL: web_before.cpu.pb.gz */
	bool ascii;       /* else UTF-8 */
	bool styles;      /* colours too */
};

/* Opens each picture's file, or the words of one command line, and compares its screen. */
void explorer_check_pictures(const struct explorer_picture *pictures, size_t count,
			     const char *const *words);

/* Blanks become one, so that columns of different widths compare. */
void explorer_squeeze(char *text);

#endif
