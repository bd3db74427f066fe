/* SPDX-License-Identifier: MIT */
#include "format/log_prefix.h"

#include <string.h>

void log_prefix_clear(struct log_prefix *prefix)
{
	text_clear(&prefix->sample);
}

void log_prefix_learn(struct log_prefix *prefix, struct span sample)
{
	text_reset(&prefix->sample);
	if (!span_is_empty(sample))
		text_add(&prefix->sample, sample.at, span_length(sample));
}

static bool is_word(char c)
{
	return char_is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'z') || (c & 0x80) ||
	       (c && strchr(".,_-+/", c));
}

static void skip_word(struct span *span)
{
	while (!span_is_empty(*span) && is_word(*span->at))
		span->at++;
}

/* The part of which the characters must be the same: what follows belongs to the line. */
static size_t exact_length(struct span sample)
{
	struct span rest = sample;
	bool word = !span_is_empty(sample) && is_word(sample.end[-1]);

	while (!span_is_empty(rest) && (word ? is_word(rest.end[-1]) : rest.end[-1] == ' '))
		rest.end--;
	return (size_t)(sample.end - rest.end);
}

/* The next character of the sample with all that may stand for it. */
static bool take_part(struct span *sample, struct span *line)
{
	if (span_is_empty(*line))
		return false;
	if (is_word(*sample->at) && is_word(*line->at)) {
		skip_word(sample);
		skip_word(line);
		return true;
	}
	if (*sample->at != *line->at)
		return false;
	if (*sample->at == ' ') {
		span_skip_blanks(sample);
		span_skip_blanks(line);
	} else {
		sample->at++;
		line->at++;
	}
	return true;
}

bool log_prefix_take(const struct log_prefix *prefix, struct span *line)
{
	const char *bytes = text_string(&prefix->sample);
	struct span whole = {bytes, bytes + prefix->sample.length};
	struct span shape, tail, rest = *line;

	if (!prefix->sample.length)
		return true;
	tail = (struct span){whole.end - exact_length(whole), whole.end};
	shape = (struct span){whole.at, tail.at};
	while (!span_is_empty(shape))
		if (!take_part(&shape, &rest))
			return false;
	if (span_length(rest) >= span_length(tail) &&
	    (span_is_empty(tail) || memcmp(rest.at, tail.at, span_length(tail)) == 0))
		rest.at += span_length(tail);
	else if (!span_is_empty(span_trim(tail)) || !span_is_empty(span_trim(rest)))
		return false;
	else
		rest.at = rest.end;
	*line = rest;
	return true;
}
