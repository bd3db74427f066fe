/* SPDX-License-Identifier: MIT */
#include "ui/input/help_line.h"

#include <string.h>

#include "base/utf8.h"

#define HELP_COLUMN 40
#define HELP_END 80 /* a terminal of so many columns shows all */

void help_line_add_sentence(struct text *text, const char *sentence, int column)
{
	size_t width = (size_t)(HELP_END - column), left = strlen(sentence);

	while (left > width) {
		size_t length = width;

		while (length > 0 && sentence[length] != ' ')
			length--;
		if (!length)
			break;
		text_printf(text, "%.*s\n%*s", (int)length, sentence, column, "");
		sentence += length + 1;
		left -= length + 1;
	}
	text_printf(text, "%s\n", sentence);
}

void help_line_add_command(struct text *text, const struct key_map *map,
			   const struct command *command, const char *groups)
{
	struct text keys = {0};

	key_map_print(map, command, groups, &keys);
	text_printf(text, "  %-*s %-20s ", utf8_width(text_string(&keys), 16), text_string(&keys),
		    command->name);
	help_line_add_sentence(text, command->help, HELP_COLUMN);
	text_clear(&keys);
}
