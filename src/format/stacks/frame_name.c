/* SPDX-License-Identifier: MIT */
#include "format/stacks/frame_name.h"

#include <string.h>

/* Takes ":12" from the end. */
static bool take_line(struct span *text, int64_t *line)
{
	const char *at = text->end;

	while (at > text->at && char_is_digit(at[-1]))
		at--;
	if (at == text->end || at == text->at || at[-1] != ':' ||
	    !span_decimal((struct span){at, text->end}, line))
		return false;
	text->end = at - 1;
	return true;
}

/* "app.py", "<frozen importlib._bootstrap>", "libc.so.6": not "x" and not "int, int". */
static bool is_file(struct span text)
{
	return !span_is_empty(text) && memchr(text.at, '.', span_length(text)) &&
	       !memchr(text.at, ',', span_length(text));
}

static bool split_pyspy(struct span text, struct frame_name *frame)
{
	struct span place;
	const char *at;
	bool line;

	if (span_length(text) < 5 || text.end[-1] != ')')
		return false;
	for (at = text.end - 1; at - text.at > 2 && (at[-1] != '(' || at[-2] != ' '); at--)
		continue;
	if (at - text.at <= 2)
		return false;
	place = (struct span){at, text.end - 1};
	line = take_line(&place, &frame->line);
	if (!line && !is_file(place))
		return false;
	frame->name.end = at - 2;
	frame->file = place;
	return line;
}

/* A name may be empty: Austin could not read it. */
static bool split_austin(struct span text, struct frame_name *frame)
{
	struct span rest = text;
	int64_t line;
	const char *at;

	if (!take_line(&rest, &line))
		return false;
	for (at = rest.end; at > rest.at && at[-1] != ':'; at--)
		continue;
	if (at - rest.at < 2)
		return false;
	frame->name = (struct span){at, rest.end};
	frame->file = (struct span){rest.at, at - 1};
	frame->line = line;
	if (span_is_empty(frame->name))
		frame->name = text;
	return true;
}

bool frame_name_split(enum frame_style style, struct span text, struct frame_name *frame)
{
	*frame = (struct frame_name){.name = text, .file = {text.end, text.end}};
	if (style == FRAME_PYSPY)
		return split_pyspy(text, frame);
	return style == FRAME_AUSTIN && split_austin(text, frame);
}
