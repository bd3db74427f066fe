/*
 * What the program can say about one word: the ideas behind the numbers in
 * plain words, and reports, options, settings, words of the prompt, commands
 * and keys from their own tables.
 */
#ifndef UI_HELP_TOPIC_H
#define UI_HELP_TOPIC_H

#include "base/text.h"
#include "ui/key_map.h"

/* An idea. */
struct help_topic {
	const char *names; /* separated by blanks */
	const char *text;  /* lines */
};

extern const struct help_topic help_topics[]; /* ended by NULL names */

/* Adds all that is known of a word; false if that is nothing. */
bool help_topic_print(const char *word, const struct key_map *keys, struct text *text);

/* Adds the line of a command in a pane of these groups: keys, name, what it does. */
void help_add_command(struct text *text, const struct key_map *map, const struct command *command,
		      const char *groups);

/* Adds a sentence that starts at `column`, in lines that a terminal of 80 columns shows whole. */
void help_add_sentence(struct text *text, const char *sentence, int column);

#endif
