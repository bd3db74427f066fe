/* SPDX-License-Identifier: MIT */
/*
 * Stacks that DTrace has counted: indented frames, leaf first, and a number on
 * a line of its own.
 *
 *                   unix`mach_cpu_idle+0x6
 *                   unix`thread_start+0x8
 *                  2183
 */
#include <string.h>

#include "format/lines.h"
#include "format/list.h"
#include "format/stack_writer.h"

struct dtrace {
	struct lines lines;
	struct stack_writer writer;
	uint64_t rows;
};

/* "unix`cpu_idle+0xaf" or "0xfffffd7ffeb2b3d4" */
static bool parse_frame(struct span line, struct span *frame)
{
	const char *at;

	if (span_is_empty(line) || !char_is_space(*line.at))
		return false;
	*frame = span_trim(line);
	if (span_is_empty(*frame))
		return false;
	if (span_starts(*frame, "0x"))
		return !memchr(frame->at, ' ', span_length(*frame));
	if (!memchr(frame->at, '`', span_length(*frame)))
		return false;
	for (at = frame->end; at > frame->at && char_is_hex(at[-1]); at--)
		continue;
	if (at - frame->at > 3 && memcmp(at - 3, "+0x", 3) == 0)
		frame->end = at - 3;
	return true;
}

static bool parse_count(struct span line, int64_t *count)
{
	return !span_is_empty(line) && char_is_space(*line.at) &&
	       span_decimal(span_trim(line), count);
}

static void read_line(struct dtrace *dtrace, struct span line)
{
	struct span frame;
	int64_t count;

	if (parse_frame(line, &frame)) {
		stack_writer_push(&dtrace->writer, frame, span_of(""), 0);
	} else if (dtrace->writer.depth && parse_count(line, &count)) {
		stack_writer_end(&dtrace->writer, &count, 1);
		dtrace->rows++;
	} else if (!span_is_empty(span_trim(line)) && dtrace->writer.depth &&
		   char_is_space(*line.at)) {
		/* A name without a module, or the command of a tuple. */
		stack_writer_push(&dtrace->writer, span_trim(line), span_of(""), 0);
	} else {
		stack_writer_drop(&dtrace->writer);
	}
}

static bool read_lines(struct dtrace *dtrace, struct error *error)
{
	struct span line;
	bool more;

	stack_writer_type(&dtrace->writer, "samples", "count");
	dtrace->writer.frames.mangled = true;
	for (;;) {
		if (!lines_next(&dtrace->lines, &line, &more, error))
			return false;
		if (!more)
			break;
		read_line(dtrace, line);
	}
	if (dtrace->writer.depth)
		lines_warn_cut(&dtrace->lines, dtrace->writer.builder, "profile");
	return dtrace->rows ||
	       error_set(error, "the output of DTrace has no stack that is counted; "
				"aggregate some: @[ustack()] = count();");
}

static bool read_dtrace(struct input *input, struct builder *builder, struct error *error)
{
	struct dtrace dtrace = {0};
	bool good;

	lines_init(&dtrace.lines, input);
	stack_writer_init(&dtrace.writer, builder);
	good = read_lines(&dtrace, error);
	lines_clear(&dtrace.lines);
	stack_writer_clear(&dtrace.writer);
	return good;
}

/* A frame with a backquote and, if there is room for it, a number below the stack. */
static int probe_dtrace(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length}, line;
	size_t frames = 0, quoted = 0;
	int64_t count;

	while (span_take_line(&head, &line)) {
		struct span frame;

		if (parse_frame(line, &frame)) {
			frames++;
			quoted += memchr(line.at, '`', span_length(line)) != NULL;
		} else if (quoted && parse_count(line, &count)) {
			return 86;
		} else if (span_is_empty(span_trim(line))) {
			frames = quoted = 0;
		}
	}
	return 0;
}

const struct format format_dtrace = {
	.name = "dtrace",
	.summary = "stacks counted by DTrace, @[ustack()] = count()",
	.probe = probe_dtrace,
	.embedded = true,
	.read = read_dtrace,
};
