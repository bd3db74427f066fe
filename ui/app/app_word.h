/* SPDX-License-Identifier: MIT */
/* Words of the command prompt that are neither pprof's nor commands of the key table. */
#ifndef UI_APP_APP_WORD_H
#define UI_APP_APP_WORD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct app;

/* What may stand behind a word. */
enum word_takes {
	TAKES_NOTHING,
	TAKES_SETTING,
	TAKES_BINDING,
	TAKES_CONFIG,
};

struct app_word {
	const char *name;
	const char *argument; /* for the help; "" for none */
	enum word_takes takes;
	const char *help;
	/* line: as typed; rest: what is behind the word, blanks before it gone. */
	bool (*run)(struct app *app, const char *line, const char *rest, struct error *error);
};

extern const struct app_word app_words[]; /* ended by a NULL name */

/* The word that a line starts with, and where the rest begins; NULL if it is none of these. */
const struct app_word *app_word_find(const char *line, const char **rest);

#endif
