/* SPDX-License-Identifier: MIT */
#include "ui/input/command.h"

#include <string.h>

/* True if the words of two lists have one in common. */
static bool share_word(const char *words, const char *others)
{
	while (*words) {
		size_t length = strcspn(words, " ");

		for (const char *other = others; *other;) {
			size_t other_length = strcspn(other, " ");

			if (length == other_length && !memcmp(words, other, length))
				return true;
			other += other_length + strspn(other + other_length, " ");
		}
		words += length + strspn(words + length, " ");
	}
	return false;
}

bool command_is_common(const struct command *command)
{
	return !command->where || *command->where == '!';
}

bool command_holds(const struct command *command, const char *groups)
{
	if (!command->where)
		return true;
	if (*command->where == '!')
		return !share_word(command->where + 1, groups);
	return share_word(command->where, groups);
}

const struct command *command_find(const struct command *table, const char *name,
				   const char *groups)
{
	for (const struct command *command = table; command->name; command++)
		if (!strcmp(command->name, name) && command_holds(command, groups))
			return command;
	return NULL;
}
