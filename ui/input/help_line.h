/* SPDX-License-Identifier: MIT */
/* Lines of help that a terminal of 80 columns shows whole. */
#ifndef UI_INPUT_HELP_LINE_H
#define UI_INPUT_HELP_LINE_H

#include "base/text.h"
#include "ui/input/key_map.h"

/* Adds the line of a command in a pane of these groups: keys, name, what it does. */
void help_line_add_command(struct text *text, const struct key_map *map,
			   const struct command *command, const char *groups);

/* Adds a sentence that starts at `column`. */
void help_line_add_sentence(struct text *text, const char *sentence, int column);

#endif
