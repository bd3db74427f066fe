/* SPDX-License-Identifier: MIT */
/*
 * The maps that bpftrace prints at its end, counted by stacks:
 *
 *     @[                                       or @name[
 *         schedule+80
 *         do_nanosleep+113
 *     ,
 *         clock_nanosleep+74
 *         main+20
 *     , sleepy]: 12
 *
 * Stacks are leaf first, that of the kernel before that of the program. What
 * else is a key is the root of the stack (the last one), or a label.
 */
#include <string.h>

#include "format/lines.h"
#include "format/list.h"
#include "format/stack_writer.h"
#include "format/stacks/perf_line.h"

struct bpftrace {
	struct lines lines;
	struct stack_writer writer;
	bool open; /* inside a map's brackets */
	struct text name, key;
	uint64_t rows;
};

/* "@name[": the name, and what follows the bracket. */
static bool take_map(struct span *line, struct span *name)
{
	struct span rest = *line;

	if (!span_take(&rest, "@"))
		return false;
	name->at = rest.at;
	while (!span_is_empty(rest) && *rest.at != '[' && !char_is_space(*rest.at))
		rest.at++;
	name->end = rest.at;
	if (!span_take(&rest, "["))
		return false;
	*line = rest;
	return true;
}

/* Takes "]: 12" from the end. */
static bool take_count(struct span *line, int64_t *count)
{
	struct span rest = span_trim(*line);
	const char *at = rest.end;

	while (at > rest.at && (char_is_digit(at[-1]) || at[-1] == '-'))
		at--;
	if (at - rest.at < 3 || memcmp(at - 3, "]: ", 3) != 0 ||
	    !span_decimal((struct span){at, rest.end}, count))
		return false;
	*line = (struct span){rest.at, at - 3};
	return true;
}

/* "schedule+80", "0x7fef9d25e9a1" or, in the form of perf, "7fef9d25 main+20 (/bin/app)". */
static void push_frame(struct bpftrace *trace, struct span text)
{
	struct perf_frame frame;
	const char *at;

	text = span_trim(text);
	if (span_is_empty(text))
		return;
	if (perf_line_only_frame(text, &frame))
		text = frame.symbol;
	for (at = text.end; at > text.at && char_is_digit(at[-1]); at--)
		continue;
	if (at < text.end && at - text.at > 1 && at[-1] == '+')
		text.end = at - 1;
	stack_writer_push(&trace->writer, text, span_of(""), 0);
}

/* Keys beside the stacks: "pid, comm". The last is kept, those before are labels. */
static void read_keys(struct bpftrace *trace, struct span text)
{
	while (!span_is_empty(text)) {
		const char *comma = span_find(text, ", ");
		struct span key = span_trim((struct span){text.at, comma ? comma : text.end});

		text.at = comma ? comma + 2 : text.end;
		if (span_is_empty(key) || span_equals(key, ","))
			continue;
		if (trace->key.length)
			stack_writer_label(&trace->writer, "key",
					   span_of(text_string(&trace->key)));
		text_reset(&trace->key);
		text_add(&trace->key, key.at, span_length(key));
	}
}

static void end_row(struct bpftrace *trace, int64_t count)
{
	if (trace->key.length)
		stack_writer_push(&trace->writer, span_of(text_string(&trace->key)), span_of(""),
				  0);
	stack_writer_label(&trace->writer, "map", span_of(text_string(&trace->name)));
	stack_writer_end(&trace->writer, &count, 1);
	text_reset(&trace->key);
	trace->open = false;
	trace->rows++;
}

static void read_line(struct bpftrace *trace, struct span line)
{
	struct span name;
	int64_t count;
	bool last;

	if (take_map(&line, &name)) {
		stack_writer_drop(&trace->writer);
		text_reset(&trace->key);
		text_reset(&trace->name);
		text_add(&trace->name, name.at, span_length(name));
		trace->open = true;
	} else if (trace->open && !span_is_empty(line) && char_is_space(*line.at)) {
		push_frame(trace, line);
		return;
	}
	if (!trace->open)
		return;
	last = take_count(&line, &count);
	read_keys(trace, line);
	if (last)
		end_row(trace, count);
}

static bool read_lines(struct bpftrace *trace, struct error *error)
{
	struct span line;
	bool more;

	stack_writer_type(&trace->writer, "samples", "count");
	trace->writer.frames.mangled = true;
	for (;;) {
		if (!lines_next(&trace->lines, &line, &more, error))
			return false;
		if (!more)
			break;
		read_line(trace, line);
	}
	if (trace->open)
		lines_warn_cut(&trace->lines, trace->writer.builder, "map");
	return trace->rows ||
	       error_set(error,
			 "the output of bpftrace has no map of stacks that is whole; "
			 "print one: bpftrace -e 'profile:hz:99 { @[ustack, comm] = count(); }'");
}

static bool read_bpftrace(struct input *input, struct builder *builder, struct error *error)
{
	struct bpftrace trace = {0};
	bool good;

	lines_init(&trace.lines, input);
	stack_writer_init(&trace.writer, builder);
	good = read_lines(&trace, error);
	lines_clear(&trace.lines);
	stack_writer_clear(&trace.writer);
	text_clear(&trace.name);
	text_clear(&trace.key);
	return good;
}

/* A map with a count, or with a frame below it. */
static int probe_bpftrace(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length}, line;
	bool open = false;

	while (span_take_line(&head, &line)) {
		struct span name, rest = line;
		int64_t count;

		if (open && !span_is_empty(line) && char_is_space(*line.at))
			return 87;
		open = take_map(&rest, &name);
		if (open && take_count(&rest, &count))
			return 86;
	}
	return 0;
}

const struct format format_bpftrace = {
	.name = "bpftrace",
	.summary = "maps of bpftrace, @[ustack, comm] = count()",
	.probe = probe_bpftrace,
	.embedded = true,
	.read = read_bpftrace,
};
