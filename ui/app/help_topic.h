/* SPDX-License-Identifier: MIT */
/*
 * What the program can say about one word: the ideas behind the numbers in
 * plain words, and reports, options, settings, words of the prompt, commands
 * and keys from their own tables.
 */
#ifndef UI_APP_HELP_TOPIC_H
#define UI_APP_HELP_TOPIC_H

#include "base/text.h"
#include "ui/input/key_map.h"

/* An idea. */
struct help_topic {
	const char *names; /* separated by blanks */
	const char *text;  /* lines */
};

extern const struct help_topic help_topics[]; /* ended by NULL names */

/* Adds all that is known of a word; false if that is nothing. */
bool help_topic_print(const char *word, const struct key_map *keys, struct text *text);

#endif
