/* SPDX-License-Identifier: MIT */
/*
 * What strace prints: with -c a table, else a line for each call, with -T the
 * time it took and with -k its stack, leaf first. With -f the thread stands in
 * front, and of a call that another interrupts the second part counts.
 *
 *      46.68    0.000907         907         1           execve
 *     [pid 4711] 12:00:01.5 read(3, "x"..., 4) = -1 EAGAIN (Resource ...) <0.000012>
 *      > /usr/lib/libc.so.6(read+0x10) [0xf8350]
 */
#include <stdlib.h>
#include <string.h>

#include "format/lines.h"
#include "format/list.h"
#include "format/stack_writer.h"
#include "profile/system_calls.h"

enum {
	CALLS,
	TIME,
	ERRORS,
	VALUES,
};

struct strace {
	struct lines lines;
	struct stack_writer writer;
	bool open; /* frames may follow the call */
	bool timed;
	int64_t values[VALUES];
	uint64_t rows;
};

/* "0.000907" seconds in nanoseconds. */
static bool parse_seconds(struct span word, int64_t *nanoseconds)
{
	struct span whole = span_take_digits(&word), fraction;
	int64_t parts = 0;

	if (!span_decimal(whole, nanoseconds) || *nanoseconds > INT64_MAX / 2000000000 ||
	    !span_take(&word, "."))
		return false;
	fraction = span_take_digits(&word);
	for (size_t i = 0; i < 9; i++)
		parts = parts * 10 + (fraction.at + i < fraction.end ? fraction.at[i] - '0' : 0);
	*nanoseconds = *nanoseconds * 1000000000 + parts;
	return span_is_empty(word);
}

static bool is_name(struct span word)
{
	if (span_is_empty(word) || char_is_digit(*word.at))
		return false;
	for (; word.at < word.end; word.at++)
		if (!char_is_digit(*word.at) && *word.at != '_' &&
		    ((*word.at | 32) < 'a' || (*word.at | 32) > 'z'))
			return false;
	return true;
}

/* A row of the table: "46.68 0.000907 907 1 [2] execve". */
static bool parse_row(struct span line, struct span *name, int64_t values[VALUES])
{
	struct span words[7];
	size_t count = 0;
	int64_t share;

	for (span_skip_space(&line); !span_is_empty(line) && count < 7; span_skip_space(&line))
		words[count++] = span_take_word(&line);
	if ((count != 5 && count != 6) || !parse_seconds(words[0], &share) ||
	    !parse_seconds(words[1], &values[TIME]) || !span_decimal(words[3], &values[CALLS]))
		return false;
	values[ERRORS] = 0;
	if (count == 6 && !span_decimal(words[4], &values[ERRORS]))
		return false;
	*name = words[count - 1];
	return is_name(*name) && !span_equals(*name, "total");
}

/* Takes "[pid 4711]" or "4711", and a time; thread may stay empty. */
static void take_front(struct span *line, struct span *thread)
{
	struct span rest = *line, word;

	*thread = (struct span){rest.at, rest.at};
	span_skip_space(&rest);
	if (span_take(&rest, "[pid")) {
		span_skip_space(&rest);
		*thread = span_take_digits(&rest);
		span_take(&rest, "]");
	}
	for (;;) {
		span_skip_space(&rest);
		word = rest;
		while (!span_is_empty(word) &&
		       (char_is_digit(*word.at) || strchr(":.-+", *word.at)))
			word.at++;
		if (word.at == rest.at || span_is_empty(word) || *word.at != ' ')
			break;
		if (span_is_empty(*thread) && !memchr(rest.at, '.', (size_t)(word.at - rest.at)) &&
		    !memchr(rest.at, ':', (size_t)(word.at - rest.at)))
			*thread = (struct span){rest.at, word.at};
		rest = word;
	}
	*line = rest;
}

/* "read(3, "x", 4) = 4 <0.000012>" or "<... read resumed>..."; what has no result has not ended. */
static bool parse_call(struct span line, struct span *name, struct span *thread,
		       int64_t values[VALUES])
{
	const char *result = NULL;
	struct span word;

	take_front(&line, thread);
	span_take(&line, "<... ");
	word = line;
	while (!span_is_empty(word) && (char_is_digit(*word.at) || *word.at == '_' ||
					((*word.at | 32) >= 'a' && (*word.at | 32) <= 'z')))
		word.at++;
	*name = (struct span){line.at, word.at};
	if (!is_name(*name) || (!span_starts(word, "(") && !span_starts(word, " resumed>")))
		return false;
	for (const char *at = word.at; at + 3 < line.end; at++)
		if (at[0] == ' ' && at[1] == '=' && at[2] == ' ')
			result = at + 3;
	if (!result)
		return false;
	word = (struct span){result, line.end};
	values[CALLS] = 1;
	values[ERRORS] = span_starts(word, "-1 E");
	values[TIME] = 0;
	word = span_trim(word);
	if (!span_is_empty(word) && word.end[-1] == '>') {
		for (result = word.end - 1; result > word.at && result[-1] != '<'; result--)
			continue;
		parse_seconds((struct span){result, word.end - 1}, &values[TIME]);
	}
	return true;
}

/* " > /usr/lib/libc.so.6(read+0x10) [0xf8350]" */
static bool parse_frame(struct span line, struct span *name, struct span *file)
{
	const char *bracket, *plus;

	if (!span_take(&line, " > "))
		return false;
	bracket = memchr(line.at, '(', span_length(line));
	*file = (struct span){line.at, bracket ? bracket : line.end};
	*name = *file;
	if (!bracket)
		return true;
	*name = (struct span){bracket + 1, line.end};
	plus = span_find(*name, "+0x");
	if (plus)
		name->end = plus;
	if (span_is_empty(*name) || *name->at == ')') {
		*name = *file;
		for (const char *at = file->at; at < file->end; at++)
			if (*at == '/')
				name->at = at + 1;
	}
	return true;
}

static void end_call(struct strace *strace)
{
	if (strace->open)
		stack_writer_end(&strace->writer, strace->values, VALUES);
	strace->open = false;
}

static void add_call(struct strace *strace, struct span name, struct span thread,
		     const int64_t *values)
{
	end_call(strace);
	memcpy(strace->values, values, sizeof(strace->values));
	stack_writer_push(&strace->writer, name, span_of(""), 0);
	stack_writer_label(&strace->writer, "tid", thread);
	strace->open = true;
	strace->timed = strace->timed || values[TIME];
	strace->rows++;
}

static void read_line(struct strace *strace, struct span line)
{
	int64_t values[VALUES];
	struct span name, thread = {line.at, line.at}, file;

	if (strace->open && parse_frame(line, &name, &file))
		stack_writer_push(&strace->writer, name, file, 0);
	else if (parse_row(line, &name, values) || parse_call(line, &name, &thread, values))
		add_call(strace, name, thread, values);
	else
		end_call(strace);
}

static bool read_lines(struct strace *strace, struct error *error)
{
	struct builder *builder = strace->writer.builder;
	struct span line;
	bool more;

	stack_writer_type(&strace->writer, SYSTEM_CALL_TYPE, "count");
	stack_writer_type(&strace->writer, SYSTEM_CALL_TIME, "nanoseconds");
	stack_writer_type(&strace->writer, SYSTEM_CALL_ERRORS, "count");
	for (;;) {
		if (!lines_next(&strace->lines, &line, &more, error))
			return false;
		if (!more)
			break;
		read_line(strace, line);
	}
	end_call(strace);
	builder_profile(builder)->default_type =
		builder_text(builder, strace->timed ? SYSTEM_CALL_TIME : SYSTEM_CALL_TYPE);
	return strace->rows ||
	       error_set(error, "strace saw no call end; trace again: strace -f -c PROGRAM");
}

static bool read_strace(struct input *input, struct builder *builder, struct error *error)
{
	struct strace strace = {0};
	bool good;

	lines_init(&strace.lines, input);
	stack_writer_init(&strace.writer, builder);
	good = read_lines(&strace, error);
	lines_clear(&strace.lines);
	stack_writer_clear(&strace.writer);
	return good;
}

/* The head of the table, or lines of which most are calls. */
static int probe_strace(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length}, line, name, thread;
	int64_t values[VALUES];
	size_t calls = 0, frames = 0, others = 0;

	while (span_take_line(&head, &line)) {
		if (span_find(line, "usecs/call") && span_find(line, "syscall"))
			return 90;
		if (span_is_empty(head))
			break;
		if (parse_call(line, &name, &thread, values))
			calls++;
		else if (parse_frame(line, &name, &thread))
			frames++;
		else
			others++;
	}
	return calls && calls + frames > 2 * others ? 84 : 0;
}

const struct format format_strace = {
	.name = "strace",
	.summary = "system calls: strace -c, -T, -k",
	.probe = probe_strace,
	.embedded = true,
	.read = read_strace,
};
