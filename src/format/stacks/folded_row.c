/* SPDX-License-Identifier: MIT */
#include "format/stacks/folded_row.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/array.h"

/* Characters of a number that is no plain one; more are none. */
#define NUMBER_LIMIT 40

/* The last word of a line, and where the text before it ends. */
static bool last_word(struct span line, struct span *word, const char **before)
{
	const char *at = line.end;

	while (at > line.at && !char_is_space(at[-1]))
		at--;
	*word = (struct span){at, line.end};
	while (at > line.at && char_is_space(at[-1]))
		at--;
	*before = at;
	return !span_is_empty(*word);
}

/* 1,234,567 without its commas, which stand where they should. */
static bool parse_grouped(struct span word, int64_t *value)
{
	char digits[NUMBER_LIMIT + 1];
	size_t length = 0, group = 0;
	bool commas = false;

	if (span_length(word) > NUMBER_LIMIT)
		return false;
	for (; word.at < word.end; word.at++) {
		if (*word.at == ',') {
			if (!group || group > 3 || (commas && group != 3))
				return false;
			commas = true;
			group = 0;
		} else if (char_is_digit(*word.at) || (!length && *word.at == '-')) {
			group += char_is_digit(*word.at);
			digits[length++] = *word.at;
		} else {
			return false;
		}
	}
	return commas && group == 3 && span_decimal((struct span){digits, digits + length}, value);
}

/* 1e6 or -2.5E+05. */
static bool parse_scientific(struct span word, int64_t *value, bool *rounded)
{
	char text[NUMBER_LIMIT + 1];
	char *end;
	double number;

	if (span_length(word) > NUMBER_LIMIT || span_is_empty(word) ||
	    (!char_is_digit(*word.at) && *word.at != '-'))
		return false;
	for (size_t i = 0; i < span_length(word); i++) {
		if (!char_is_digit(word.at[i]) && !strchr("+-.eE", word.at[i]))
			return false;
		text[i] = word.at[i];
	}
	text[span_length(word)] = '\0';
	number = strtod(text, &end);
	if (*end || end == text || !(fabs(number) < 0x1p63))
		return false;
	*rounded = *rounded || round(number) != number;
	*value = (int64_t)round(number);
	return true;
}

/* [0-9]+(.[0-9]*)? or its negative, and nothing else. */
static bool parse_plain(struct span word, int64_t *value, bool *rounded)
{
	bool negative = span_starts(word, "-");
	struct span rest = {word.at + negative, word.end}, digits = span_take_digits(&rest);
	struct span whole = {word.at, digits.end}, fraction = rest;

	if (span_is_empty(digits) || !span_decimal(whole, value))
		return false;
	if (span_is_empty(rest))
		return true;
	if (!span_take(&fraction, "."))
		return false;
	span_take_digits(&fraction);
	if (!span_is_empty(fraction))
		return false;
	*rounded = true;
	if (span_length(rest) > 1 && rest.at[1] >= '5' && *value<INT64_MAX && * value> INT64_MIN)
		*value += negative ? -1 : 1;
	return true;
}

bool folded_row_value(struct span *line, int64_t *value, bool *rounded)
{
	const char *before;
	struct span word;

	if (!last_word(*line, &word, &before) ||
	    !(parse_plain(word, value, rounded) || parse_grouped(word, value) ||
	      parse_scientific(word, value, rounded)))
		return false;
	line->end = before;
	return true;
}

bool folded_row_metrics(struct span *line, int64_t values[FOLDED_METRICS])
{
	const char *before;
	struct span word;

	if (!last_word(*line, &word, &before))
		return false;
	for (int i = 0; i < FOLDED_METRICS; i++) {
		const char *comma = memchr(word.at, ',', span_length(word));
		bool last = i == FOLDED_METRICS - 1;

		if (!comma != last ||
		    !span_decimal((struct span){word.at, last ? word.end : comma}, &values[i]))
			return false;
		word.at = last ? word.end : comma + 1;
	}
	line->end = before;
	return true;
}

uint32_t folded_row_types(struct span line, uint32_t most)
{
	uint32_t count = 0;

	for (span_skip_space(&line); !span_is_empty(line); span_skip_space(&line)) {
		struct span word = span_take_word(&line);
		const char *slash = span_find(word, "/");

		if (!slash || slash == word.at || slash + 1 == word.end || ++count > most)
			return 0;
	}
	return count;
}

bool folded_row_is_total(struct span line)
{
	static const char *const names[] = {"total", "samples", "total samples", "total count"};
	int64_t value;
	bool rounded = false;

	line = span_trim(line);
	if (!folded_row_value(&line, &value, &rounded))
		return false;
	if (!span_is_empty(line) && line.end[-1] == ':')
		line.end--;
	for (size_t i = 0; i < COUNT(names); i++)
		if (span_length(line) == strlen(names[i]) &&
		    strncasecmp(line.at, names[i], strlen(names[i])) == 0)
			return true;
	return false;
}

bool folded_row_is_process(struct span frame, struct span *number)
{
	if (!span_take(&frame, "P"))
		return false;
	*number = span_take_digits(&frame);
	return !span_is_empty(*number) && span_is_empty(frame);
}

bool folded_row_is_thread(struct span frame, struct span *number)
{
	struct span rest;

	if (!span_take(&frame, "T"))
		return false;
	rest = frame;
	*number = span_take_hex(&rest);
	if (span_take(&rest, ":"))
		*number = span_take_hex(&rest);
	return !span_is_empty(*number) && span_is_empty(rest);
}

bool folded_row_is_austin(struct span line)
{
	const char *semicolon = memchr(line.at, ';', span_length(line));
	struct span number, thread;

	if (!semicolon || !folded_row_is_process((struct span){line.at, semicolon}, &number))
		return false;
	thread = (struct span){semicolon + 1, semicolon + 1};
	while (thread.end < line.end && *thread.end != ';' && *thread.end != ' ')
		thread.end++;
	return folded_row_is_thread(thread, &number);
}
