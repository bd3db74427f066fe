/* SPDX-License-Identifier: MIT */
#include "cli/message.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

static void print(const char *before, const char *message, size_t length)
{
	struct text line = {0};

	text_add_sanitized(&line, message, length, false);
	fprintf(stderr, "%s%s\n", before, text_string(&line));
	text_clear(&line);
}

void message_print(const char *message)
{
	print("ncprof: ", message, strlen(message));
}

void message_print_plain(const char *line)
{
	print("", line, strlen(line));
}

void message_print_lines(const char *lines)
{
	while (*lines) {
		size_t length = strcspn(lines, "\n");

		print("ncprof: ", lines, length);
		lines += length + (lines[length] == '\n');
	}
}
