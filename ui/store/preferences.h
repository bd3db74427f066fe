/* SPDX-License-Identifier: MIT */
/*
 * How the explorer itself behaves, as one table: the words of `set` in the
 * config file and at the prompt. What is shown of a profile is options.h.
 */
#ifndef UI_STORE_PREFERENCES_H
#define UI_STORE_PREFERENCES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/text.h"
#include "ui/store/columns.h"

enum color_use {
	COLOR_AUTO, /* unless $NO_COLOR says no */
	COLOR_ALWAYS,
	COLOR_NEVER,
};

enum theme_use {
	THEME_AUTO, /* dark or light as the terminal says */
	THEME_DARK,
	THEME_LIGHT,
	THEME_BLIND, /* the same, with differences in orange and blue */
};

struct preferences {
	enum color_use color;
	enum theme_use theme;
	int first_pane;         /* index into first_pane_words */
	bool ascii, utf8;       /* override the locale */
	bool history;           /* keep what is typed at prompts */
	bool clipboard;         /* may be written to */
	bool mouse;             /* clicks and the wheel are taken */
	bool autoreload;        /* what has changed is read again */
	struct columns columns; /* of Top */
};

enum preference_kind {
	PREFERENCE_BOOL,
	PREFERENCE_WORD, /* an enum */
	PREFERENCE_COLUMNS,
};

struct preference {
	const char *name;
	enum preference_kind kind;
	size_t field;
	const char *const *words; /* PREFERENCE_WORD: ended by NULL */
	const char *summary;
};

/* Names of panes to start with; the first, "auto", leaves it to the profile. Ended by NULL. */
extern const char *const first_pane_words[];

extern const struct preference preferences[]; /* ended by a NULL name */

void preferences_init(struct preferences *values);

/* By name; NULL if there is none. */
const struct preference *preference_find(const char *name);

/* Bools are on and off, and whatever options take. */
bool preference_set(struct preferences *values, const struct preference *preference,
		    const char *value, struct error *error);

/* Adds the present value. */
void preference_print(const struct preferences *values, const struct preference *preference,
		      struct text *text);

#endif
