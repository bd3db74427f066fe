/* SPDX-License-Identifier: MIT */
#include "format/stacks/perf_line.h"

#include <string.h>

/* "15214" or "24636/25607", and nothing else. */
static bool parse_ids(struct span word, struct perf_header *header)
{
	struct span first = span_take_digits(&word), second;

	if (span_is_empty(first))
		return false;
	header->process = (struct span){first.at, first.at};
	header->thread = first;
	if (!span_take(&word, "/"))
		return span_is_empty(word);
	second = span_take_digits(&word);
	if (!span_is_empty(second)) {
		header->process = first;
		header->thread = second;
	}
	return span_is_empty(word);
}

/* "2347.090522" in nanoseconds; false if the word is no time. */
static bool parse_time(struct span word, int64_t *time)
{
	struct span whole = span_take_digits(&word), fraction;
	int64_t seconds, nanoseconds = 0;

	if (span_is_empty(whole) || !span_decimal(whole, &seconds))
		return false;
	if (span_take(&word, ".")) {
		fraction = span_take_digits(&word);
		for (size_t i = 0; i < 9; i++)
			nanoseconds = nanoseconds * 10 +
				      (fraction.at + i < fraction.end ? fraction.at[i] - '0' : 0);
	}
	*time = seconds < INT64_MAX / 1000000000 - 1 ? seconds * 1000000000 + nanoseconds : 0;
	return span_is_empty(word);
}

/* "[003] 2347.090522:  2506265 cpu-clock:" and what may follow. */
static void read_fields(struct span rest, struct perf_header *header)
{
	for (span_skip_space(&rest); !span_is_empty(rest); span_skip_space(&rest)) {
		struct span word = span_take_word(&rest);
		int64_t number;

		if (span_decimal(word, &number)) {
			header->period = number;
			continue;
		}
		if (word.end[-1] != ':')
			continue;
		word.end--;
		if (!header->time && parse_time(word, &header->time))
			continue;
		header->event = word;
		return;
	}
}

bool perf_line_header(struct span line, struct perf_header *header)
{
	struct span rest = line, word;
	const char *end;

	if (span_is_empty(line) || char_is_space(*line.at))
		return false;
	*header = (struct perf_header){.period = 1, .event = {line.end, line.end}};
	/* The command may have blanks: it ends before the first word that is an id. */
	span_take_word(&rest);
	for (;;) {
		end = rest.at;
		span_skip_space(&rest);
		word = span_take_word(&rest);
		if (span_is_empty(word) || span_is_empty(rest))
			return false;
		if (parse_ids(word, header))
			break;
	}
	header->command = (struct span){line.at, end};
	read_fields(rest, header);
	return true;
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

bool perf_line_frame(struct span line, struct perf_frame *frame)
{
	struct span symbol, digits;

	line = span_trim(line);
	digits = span_take_hex(&line);
	if (!span_hex(digits, &frame->address) || !span_skip_space(&line) ||
	    !split_object(line, &symbol, &frame->object))
		return false;
	/* A name in brackets is the command once more. */
	if (span_is_empty(symbol) || *symbol.at == '(')
		return false;
	frame->symbol = without_offset(symbol);
	if (span_equals(frame->object, "[unknown]") || span_equals(frame->object, "inlined"))
		frame->object.end = frame->object.at;
	return true;
}
