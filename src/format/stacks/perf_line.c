/* SPDX-License-Identifier: MIT */
#include "format/stacks/perf_line.h"

#include <string.h>

/* Columns that perf gives an address at least. */
#define ADDRESS_COLUMNS 16

/* "15214" or "24636/25607", and nothing else. */
static bool parse_ids(struct span word, struct perf_header *header)
{
	struct span first, second;

	span_take(&word, "-");
	first = span_take_digits(&word);
	if (span_is_empty(first))
		return false;
	header->process = (struct span){first.at, first.at};
	header->thread = first;
	if (!span_take(&word, "/"))
		return span_is_empty(word);
	span_take(&word, "-");
	second = span_take_digits(&word);
	if (!span_is_empty(second)) {
		header->process = first;
		header->thread = second;
	}
	return span_is_empty(word);
}

/* "2347.090522:" in nanoseconds; false if the word is no time. */
static bool parse_time(struct span word, int64_t *time)
{
	struct span whole = span_take_digits(&word), fraction;
	int64_t seconds, nanoseconds = 0;

	if (span_is_empty(whole) || !span_take(&word, ".") || !span_decimal(whole, &seconds))
		return false;
	fraction = span_take_digits(&word);
	if (span_is_empty(fraction) || !span_take(&word, ":") || !span_is_empty(word))
		return false;
	for (size_t i = 0; i < 9; i++)
		nanoseconds = nanoseconds * 10 +
			      (fraction.at + i < fraction.end ? fraction.at[i] - '0' : 0);
	*time = seconds < INT64_MAX / 1000000000 - 1 ? seconds * 1000000000 + nanoseconds : 0;
	return true;
}

/* Takes the last word of a text; *gap is how many blanks stand before it. */
static struct span take_last_word(struct span *text, size_t *gap)
{
	struct span word;
	const char *at;

	while (text->end > text->at && char_is_space(text->end[-1]))
		text->end--;
	at = text->end;
	while (at > text->at && !char_is_space(at[-1]))
		at--;
	word = (struct span){at, text->end};
	*gap = 0;
	while (at > text->at && char_is_space(at[-1])) {
		at--;
		++*gap;
	}
	text->end = at;
	return word;
}

/* "[003]" */
static bool is_processor(struct span word)
{
	if (!span_take(&word, "["))
		return false;
	span_take_digits(&word);
	return span_equals(word, "]");
}

/* Reads "COMMAND IDS [CPU]" and the flags that may follow; false if that is not what it is. */
static bool read_front(struct span front, struct perf_header *header)
{
	size_t gap;
	struct span word = take_last_word(&front, &gap), before = front, other;

	if (is_processor(word)) {
		word = take_last_word(&front, &gap);
	} else if (!parse_ids(word, header)) {
		other = take_last_word(&before, &gap);
		if (!is_processor(other))
			return false;
		front = before;
		word = take_last_word(&front, &gap);
	}
	header->command = span_trim(front);
	return parse_ids(word, header) && !span_is_empty(header->command);
}

/* "2506265 cpu-clock:pppH:" and what may follow. */
static void read_fields(struct span rest, struct perf_header *header)
{
	for (span_skip_space(&rest); !span_is_empty(rest); span_skip_space(&rest)) {
		struct span word = span_take_word(&rest);

		if (span_starts(word, "PERF_RECORD_")) {
			header->task = true;
			return;
		}
		if (span_decimal(word, &header->period)) {
			header->has_period = true;
			continue;
		}
		if (word.end[-1] != ':')
			continue;
		word.end--;
		header->event = word;
		header->rest = rest;
		return;
	}
}

/* The first time with ids before it is that of the sample. */
static bool read_timed(struct span line, struct perf_header *header)
{
	struct span rest = line;

	for (span_skip_space(&rest); !span_is_empty(rest); span_skip_space(&rest)) {
		struct span word = span_take_word(&rest);

		if (word.end[-1] != ':' || !parse_time(word, &header->time))
			continue;
		if (read_front((struct span){line.at, word.at}, header)) {
			read_fields(rest, header);
			return true;
		}
	}
	header->time = 0;
	return false;
}

/* "java 19983 cycles:": without a time nothing but the event may stand at the end. */
static bool read_untimed(struct span line, struct perf_header *header)
{
	struct span front = line, word, shorter;
	size_t gap;
	int64_t number;

	word = take_last_word(&front, &gap);
	if (span_length(word) < 2 || word.end[-1] != ':' || char_is_digit(*word.at))
		return false;
	header->event = (struct span){word.at, word.end - 1};
	shorter = front;
	word = take_last_word(&shorter, &gap);
	/* A period stands in a column of its own. */
	if (gap > 1 && span_decimal(word, &number) && read_front(shorter, header)) {
		header->period = number;
		header->has_period = true;
		return true;
	}
	return read_front(front, header);
}

bool perf_line_header(struct span line, struct perf_header *header)
{
	*header = (struct perf_header){
		.period = 1,
		.event = {line.end, line.end},
		.rest = {line.end, line.end},
	};
	if (read_timed(line, header))
		return true;
	return !span_is_empty(line) && !char_is_space(*line.at) && read_untimed(line, header);
}

/* "NAME+0x1f" without the offset. */
static struct span without_offset(struct span symbol)
{
	const char *at = symbol.end;

	while (at > symbol.at && char_is_hex(at[-1]))
		at--;
	if (at < symbol.end && at - symbol.at > 3 && memcmp(at - 3, "+0x", 3) == 0)
		symbol.end = at - 3;
	return symbol;
}

/* Splits "NAME (OBJECT)" at the last bracket; of "(app (deleted))" that is the one before. */
static bool split_object(struct span text, struct span *symbol, struct span *object)
{
	static const char deleted[] = " (deleted)";
	struct span inner = {text.at, text.end - 1};

	if (span_is_empty(text) || text.end[-1] != ')')
		return false;
	if (span_length(inner) > sizeof(deleted) &&
	    memcmp(inner.end - (sizeof(deleted) - 1), deleted, sizeof(deleted) - 1) == 0)
		inner.end -= sizeof(deleted) - 1;
	for (const char *at = inner.end; at - text.at > 2; at--) {
		if (at[-1] == '(' && at[-2] == ' ') {
			*symbol = (struct span){text.at, at - 2};
			*object = (struct span){at, inner.end};
			return true;
		}
	}
	return false;
}

/* "OBJECT" is a path or stands in brackets, where parameters would do as well. */
static bool is_object(struct span object)
{
	return !span_is_empty(object) &&
	       (*object.at == '/' || *object.at == '[' ||
		memchr(object.at, '.', span_length(object)) || span_equals(object, "inlined") ||
		!memchr(object.at, ' ', span_length(object)));
}

static bool read_frame(struct span line, struct perf_frame *frame, bool *has_object)
{
	struct span digits = span_take_hex(&line);

	if (!span_hex(digits, &frame->address) || !span_skip_space(&line) || span_is_empty(line))
		return false;
	/* A name in brackets is the command once more. */
	if (*line.at == '(')
		return false;
	*has_object = split_object(line, &frame->symbol, &frame->object) &&
		      is_object(frame->object) && !span_is_empty(frame->symbol);
	if (!*has_object) {
		frame->symbol = line;
		frame->object = (struct span){line.end, line.end};
	}
	frame->symbol = without_offset(frame->symbol);
	frame->inlined = span_equals(frame->object, "inlined");
	if (span_equals(frame->object, "[unknown]") || frame->inlined)
		frame->object.end = frame->object.at;
	return true;
}

bool perf_line_frame(struct span line, struct perf_frame *frame)
{
	const char *start = line.at;
	bool has_object;
	struct span trimmed = span_trim(line), digits = trimmed;

	if (span_is_empty(line) || !char_is_space(*start) ||
	    !read_frame(trimmed, frame, &has_object))
		return false;
	/* Without an object, any text may begin with what is a hexadecimal number. */
	span_take_hex(&digits);
	return has_object || digits.at - start >= ADDRESS_COLUMNS;
}

bool perf_line_only_frame(struct span rest, struct perf_frame *frame)
{
	bool has_object;

	return read_frame(span_trim(rest), frame, &has_object) && has_object;
}

bool perf_line_place(struct span line, struct span *file, int64_t *number)
{
	const char *at, *note;

	if (span_is_empty(line) || !char_is_space(*line.at))
		return false;
	line = span_trim(line);
	note = span_find(line, " (discriminator ");
	if (note)
		line.end = note;
	for (at = line.end; at > line.at && char_is_digit(at[-1]); at--)
		continue;
	if (at == line.end || at - line.at < 2 || at[-1] != ':' ||
	    !span_decimal((struct span){at, line.end}, number))
		return false;
	*file = (struct span){line.at, at - 1};
	return *number > 0 && !span_equals(*file, "??");
}
