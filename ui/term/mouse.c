/* SPDX-License-Identifier: MIT */
#include "ui/term/mouse.h"

#include <stdio.h>
#include <string.h>

void mouse_start(struct mouse_reader *reader)
{
	*reader = (struct mouse_reader){.reading = true};
}

static bool parse(const char *text, char end, struct mouse *mouse)
{
	int column, row, length = -1;

	if (sscanf(text, "%4d;%5d;%5d%n", &mouse->button, &column, &row, &length) != 3 ||
	    length != (int)strlen(text) || column < 1 || row < 1)
		return false;
	mouse->column = column - 1;
	mouse->row = row - 1;
	mouse->pressed = end == 'M';
	return true;
}

bool mouse_read(struct mouse_reader *reader, uint32_t character, struct mouse *mouse)
{
	bool digit = character >= '0' && character <= '9';

	if ((digit || character == ';') && reader->length + 1 < sizeof(reader->text)) {
		reader->text[reader->length++] = (char)character;
		return false;
	}
	reader->reading = false;
	reader->text[reader->length] = '\0';
	return (character == 'M' || character == 'm') &&
	       parse(reader->text, (char)character, mouse);
}
