/* SPDX-License-Identifier: MIT */
#include "ui/app/app_word.h"

#include <string.h>

#include "ui/app/app_config.h"
#include "ui/app/app_visit.h"

const struct app_word app_words[] = {
	{"set", "[NAME=VALUE]", TAKES_SETTING,
	 "changes a setting; alone lists all with their values", app_word_set},
	{"bind", "KEY COMMAND", TAKES_BINDING, "gives a key to a command", app_word_bind},
	{"unbind", "KEY", TAKES_NOTHING, "takes every meaning from a key", app_word_bind},
	{"marks", "", TAKES_NOTHING, "lists the bookmarks", app_word_marks},
	{"save", "NAME", TAKES_CONFIG, "keeps the filters and options under a name", app_word_save},
	{"load", "NAME", TAKES_CONFIG, "brings them back; u undoes it", app_word_load},
	{"refresh", "TIME", TAKES_NOTHING,
	 "captures a live source again every 10s, 1m, ...; off: no longer", app_word_refresh},
	{"configs", "", TAKES_NOTHING, "lists what is saved", app_word_configs},
	{.name = NULL},
};

const struct app_word *app_word_find(const char *line, const char **rest)
{
	const char *start = line + strspn(line, " ");
	size_t length = strcspn(start, " ");

	*rest = start + length + strspn(start + length, " ");
	for (const struct app_word *word = app_words; word->name; word++)
		if (strlen(word->name) == length && !memcmp(word->name, start, length))
			return word;
	return NULL;
}
