/* SPDX-License-Identifier: MIT */
#include "format/go/goroutine_line.h"

#include <string.h>

#include "format/log_prefix.h"
#include "format/quoted.h"

/* Takes `suffix` from the end. */
static bool drop_end(struct span *span, const char *suffix)
{
	size_t length = strlen(suffix);

	if (span_length(*span) < length || memcmp(span->end - length, suffix, length) != 0)
		return false;
	span->end -= length;
	return true;
}

/* Takes " NAME0x1f" from the end of a line. */
static bool drop_number(struct span *line, const char *name, uint64_t *number)
{
	struct span rest = *line, digits;

	while (rest.end > rest.at && char_is_hex(rest.end[-1]))
		rest.end--;
	digits = (struct span){rest.end, line->end};
	if (!drop_end(&rest, "0x") || !drop_end(&rest, name) || !span_hex(digits, number))
		return false;
	*line = rest;
	return true;
}

/* Up to the first `stop` that is in no quotes; false if there is none. */
static bool take_until(struct span *span, const char *stop, struct span *part)
{
	struct span rest = *span;
	bool quoted = false;

	for (; rest.at < rest.end; rest.at++) {
		if (quoted && *rest.at == '\\') {
			if (rest.end - rest.at > 1)
				rest.at++;
		} else if (*rest.at == '"') {
			quoted = !quoted;
		} else if (!quoted && span_starts(rest, stop)) {
			*part = (struct span){span->at, rest.at};
			span->at = rest.at + strlen(stop);
			return true;
		}
	}
	return false;
}

/* What follows the state, from ", 2 minutes" to ", synctest bubble 3". Others may come. */
static void read_attributes(struct span rest, struct goroutine_header *header)
{
	while (!span_is_empty(rest)) {
		struct span word = rest, digits;

		if (!take_until(&rest, ", ", &word))
			rest.at = rest.end;
		digits = word;
		if (span_equals(word, "locked to thread"))
			header->locked = true;
		else if (drop_end(&digits, " minutes"))
			span_decimal(digits, &header->minutes);
		else if (span_take(&digits, "synctest bubble "))
			header->bubble = digits;
	}
}

/* The text in the brackets. Go 1.26 may have the labels inside of them. */
static void read_status(struct span status, struct goroutine_header *header)
{
	struct span rest = status, before, attributes;

	if (take_until(&rest, " labels:{", &before)) {
		status = before;
		drop_end(&rest, "}");
		header->labels = rest;
	}
	attributes = (struct span){status.end, status.end};
	rest = status;
	if (take_until(&rest, ", ", &before)) {
		status = before;
		attributes = rest;
	}
	drop_end(&status, " (scan)");
	header->leaked = drop_end(&status, " (leaked)");
	header->state = status;
	read_attributes(attributes, header);
}

/* The line from "goroutine " on. */
static bool read_header(struct span line, struct goroutine_header *header)
{
	struct goroutine_header found = {.bubble = {line.end, line.end},
					 .labels = {line.end, line.end}};
	struct span status;

	if (!span_take(&line, "goroutine ") || !span_decimal(span_take_digits(&line), &found.id) ||
	    found.id < 0)
		return false;
	if (span_take(&line, " gp=0x")) {
		span_take_hex(&line);
		span_take(&line, " m=");
		span_take_word(&line);
		if (span_take(&line, " mp=0x"))
			span_take_hex(&line);
	}
	if (!span_take(&line, " [") || !take_until(&line, "]", &status) || span_is_empty(status))
		return false;
	read_status(status, &found);
	line = span_trim(line);
	if (!drop_end(&line, ":"))
		return false;
	line = span_trim(line);
	if (span_take(&line, "{") && drop_end(&line, "}"))
		found.labels = line;
	else if (!span_is_empty(line))
		return false;
	*header = found;
	return true;
}

bool goroutine_line_header(struct span line, struct goroutine_header *header, size_t *prefix)
{
	const char *start = line.at, *at;

	while ((at = span_find(line, "goroutine ")) && at - start <= LOG_PREFIX_LIMIT) {
		line.at = at;
		if (read_header(line, header)) {
			*prefix = (size_t)(at - start);
			return true;
		}
		line.at++;
	}
	return false;
}

/* A word of letters, digits and ./_ or a quoted string. */
static bool take_label_word(struct span *labels, struct text *word)
{
	const char *start = labels->at;

	if (span_starts(*labels, "\""))
		return span_take_quoted(labels, word);
	while (!span_is_empty(*labels) && !strchr(":,{} ", *labels->at))
		labels->at++;
	text_reset(word);
	text_add(word, start, (size_t)(labels->at - start));
	return true;
}

bool goroutine_line_label(struct span *labels, struct text *key, struct text *value)
{
	struct span rest = *labels;

	span_take(&rest, ",");
	span_skip_blanks(&rest);
	if (span_is_empty(rest) || !take_label_word(&rest, key) || !span_take(&rest, ":"))
		return false;
	span_skip_blanks(&rest);
	if (!take_label_word(&rest, value))
		return false;
	*labels = rest;
	return true;
}

bool goroutine_line_call(struct span line, struct goroutine_call *call)
{
	const char *open = NULL;

	if (span_is_empty(line) || char_is_space(*line.at) || !drop_end(&line, ")"))
		return false;
	open = memrchr(line.at, '(', span_length(line));
	if (!open || open == line.at)
		return false;
	call->function = (struct span){line.at, open};
	call->arguments = (struct span){open + 1, line.end};
	call->inlined = span_equals(call->arguments, "...");
	return true;
}

bool goroutine_line_place(struct span line, struct goroutine_place *place)
{
	struct goroutine_place found = {.file = {line.end, line.end}};
	uint64_t ignored;
	struct span digits;

	if (!span_take(&line, "\t"))
		return false;
	found.has_address = drop_number(&line, "pc=", &found.address);
	drop_end(&line, " ");
	drop_number(&line, " sp=", &ignored);
	drop_number(&line, " fp=", &ignored);
	found.offset = drop_number(&line, " +", &ignored);
	digits.end = line.end;
	while (line.end > line.at && char_is_digit(line.end[-1]))
		line.end--;
	digits.at = line.end;
	if (drop_end(&line, ":") && !span_is_empty(line) && span_decimal(digits, &found.line))
		found.file = line;
	else if (!found.has_address || !span_is_empty(line))
		return false;
	*place = found;
	return true;
}

bool goroutine_line_creator(struct span line, struct span *function)
{
	const char *behind;

	if (!span_take(&line, "created by ") || span_is_empty(line))
		return false;
	behind = span_find(line, " in goroutine ");
	*function = (struct span){line.at, behind ? behind : line.end};
	return true;
}

bool goroutine_line_elided(struct span line)
{
	return span_take(&line, "...") && drop_end(&line, " frames elided...");
}

bool goroutine_line_foreign(struct span line, uint64_t *address)
{
	return span_take(&line, "non-Go function at pc=0x") && span_hex(line, address);
}
