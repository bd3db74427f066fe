/* SPDX-License-Identifier: MIT */
#include "format/lines.h"

#include <string.h>

#include "source/unpacker.h"

/* The longest honest line is a folded stack; without a bound one line could fill the memory. */
#define LINE_LIMIT ((size_t)16 * 1024 * 1024)

void lines_init(struct lines *lines, struct input *input)
{
	*lines = (struct lines){.input = input};
	log_prefix_learn(&lines->prefix, input->prefix);
}

void lines_clear(struct lines *lines)
{
	text_clear(&lines->carry);
	log_prefix_clear(&lines->prefix);
}

/* Makes sure that there are bytes, unless the input ends. */
static bool fill(struct lines *lines, struct error *error)
{
	size_t length;

	if (lines->at < lines->end || lines->ended)
		return true;
	if (!input_next(lines->input, &lines->at, &length, error))
		return false;
	lines->ended = length == 0;
	lines->end = lines->ended ? lines->at : lines->at + length;
	return true;
}

/* Gathers a line that goes on beyond its chunk. */
static bool carry_line(struct lines *lines, struct span *line, struct error *error)
{
	const char *newline = NULL;

	text_reset(&lines->carry);
	do {
		size_t length = (size_t)(lines->end - lines->at);

		newline = memchr(lines->at, '\n', length);
		if (newline)
			length = (size_t)(newline - lines->at);
		if (length > LINE_LIMIT - lines->carry.length)
			return error_set(error,
					 "line %llu is longer than 16 MiB; name a profile or "
					 "capture it again",
					 (unsigned long long)lines->number);
		text_add(&lines->carry, lines->at, length);
		lines->at += length + (newline != NULL);
		if (!newline && !fill(lines, error))
			return false;
	} while (!newline && !lines->ended);
	lines->open = !newline;
	*line = (struct span){text_string(&lines->carry),
			      text_string(&lines->carry) + lines->carry.length};
	return true;
}

bool lines_next(struct lines *lines, struct span *line, bool *more, struct error *error)
{
	const char *newline;

	if (!fill(lines, error))
		return false;
	*more = !lines->ended;
	if (!*more)
		return true;
	lines->number++;
	newline = memchr(lines->at, '\n', (size_t)(lines->end - lines->at));
	if (newline) {
		*line = (struct span){lines->at, newline};
		lines->at = newline + 1;
		lines->open = false;
	} else if (!carry_line(lines, line, error)) {
		return false;
	}
	if (!span_is_empty(*line) && line->end[-1] == '\r')
		line->end--;
	log_prefix_take(&lines->prefix, line);
	lines->last = *line;
	return true;
}

bool lines_read(struct lines *lines, void *bytes, size_t length, size_t *got, struct error *error)
{
	*got = 0;
	while (*got < length) {
		size_t take = length - *got;

		if (!fill(lines, error))
			return false;
		if (lines->ended)
			return true;
		if (take > (size_t)(lines->end - lines->at))
			take = (size_t)(lines->end - lines->at);
		memcpy((char *)bytes + *got, lines->at, take);
		lines->at += take;
		lines->offset += take;
		*got += take;
	}
	return true;
}

void lines_warn_cut(const struct lines *lines, struct builder *builder, const char *what)
{
	builder_warn(
		builder,
		"the text ends inside line %llu, without a line end: it may be a partial %s; capture it "
		"again",
		(unsigned long long)lines->number, what);
}

/* The header of a profile in text, or bytes that no line of text has. */
static bool begins_profile(struct span line)
{
	struct span rest = line;

	if (unpacker_find(line.at, span_length(line)))
		return true;
	for (const char *at = line.at; at < line.end; at++)
		if ((unsigned char)*at < '\a')
			return true;
	span_take_word(&rest);
	return span_starts(rest, " profile: ") || span_starts(line, "--- contention") ||
	       span_starts(line, "--- mutex") || span_starts(line, "heap_v2/");
}

bool lines_excuse(const struct lines *lines, bool good, const struct error *problem,
		  struct error *error)
{
	return good || (lines->open && !begins_profile(lines->last)) ||
	       error_set(error, "%s", problem->message);
}

bool lines_broken(const struct lines *lines, const char *kind, const char *problem,
		  struct error *error)
{
	unsigned long long number = lines->number;

	if (number > 1 && begins_profile(lines->last))
		return error_set(error,
				 "two profiles, one behind the other: the second begins at line "
				 "%llu; part them: head -n %llu FILE >1.txt; tail -n +%llu FILE >2",
				 number, number - 1, number);
	return error_set(error, "malformed %s: line %llu %s; mend the line or capture it again",
			 kind, number, problem);
}
