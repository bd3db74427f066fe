/* SPDX-License-Identifier: MIT */
/*
 * What py-spy dump prints: the stacks of a Python program's threads, leaf
 * first. With -l the values of variables stand below each frame, deeper.
 *
 *     Thread 24731 (active+gil): "MainThread"
 *         fib (app.py:6)
 *             Arguments:
 */
#include <string.h>

#include "format/lines.h"
#include "format/list.h"
#include "format/stack_writer.h"
#include "format/stacks/frame_name.h"
#include "profile/thread_dump.h"

#define FRAME_INDENT 4

struct header {
	struct span id, state, name;
};

struct dump {
	struct lines lines;
	struct stack_writer writer;
	bool open;
	uint64_t threads;
};

static bool parse_header(struct span line, struct header *header)
{
	const char *bracket;

	*header = (struct header){{line.end, line.end}, {line.end, line.end}, {line.end, line.end}};
	if (!span_take(&line, "Thread "))
		return false;
	span_take(&line, "0x");
	header->id = span_take_hex(&line);
	if (span_is_empty(header->id) || !span_take(&line, " ("))
		return false;
	bracket = memchr(line.at, ')', span_length(line));
	if (!bracket)
		return false;
	header->state = (struct span){line.at, bracket};
	line.at = bracket + 1;
	if (span_take(&line, ": \"") && !span_is_empty(line) && line.end[-1] == '"')
		header->name = (struct span){line.at, line.end - 1};
	return true;
}

static void end_thread(struct dump *dump)
{
	const int64_t one = 1;

	if (dump->open)
		stack_writer_end(&dump->writer, &one, 1);
	dump->threads += dump->open;
	dump->open = false;
}

static void read_line(struct dump *dump, struct span line)
{
	struct header header;
	struct frame_name frame;
	struct span rest = line;

	if (parse_header(line, &header)) {
		end_thread(dump);
		dump->open = true;
		stack_writer_label(&dump->writer, THREAD_LABEL_NAME, header.name);
		stack_writer_label(&dump->writer, THREAD_LABEL_STATE, header.state);
		stack_writer_label(&dump->writer, "tid", header.id);
	} else if (dump->open && span_skip_blanks(&rest) == FRAME_INDENT && !span_is_empty(rest)) {
		frame_name_split(FRAME_PYSPY, span_trim(rest), &frame);
		stack_writer_push(&dump->writer, frame.name, frame.file, frame.line);
	}
}

static bool read_lines(struct dump *dump, struct error *error)
{
	struct span line;
	bool more;

	stack_writer_type(&dump->writer, THREAD_TYPE, "count");
	for (;;) {
		if (!lines_next(&dump->lines, &line, &more, error))
			return false;
		if (!more)
			break;
		read_line(dump, line);
	}
	end_thread(dump);
	if (dump->lines.open)
		lines_warn_cut(&dump->lines, dump->writer.builder, "dump");
	return dump->threads ||
	       error_set(error, "the dump has no threads; take it again: py-spy dump --pid PID");
}

static bool read_pyspy_dump(struct input *input, struct builder *builder, struct error *error)
{
	struct dump dump = {0};
	bool good;

	lines_init(&dump.lines, input);
	stack_writer_init(&dump.writer, builder);
	good = read_lines(&dump, error);
	lines_clear(&dump.lines);
	stack_writer_clear(&dump.writer);
	return good;
}

/* A head with a frame below it. */
static int probe_pyspy_dump(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length}, line;
	struct header header;
	struct frame_name frame;
	bool thread = false;

	while (span_take_line(&head, &line)) {
		struct span rest = line;

		if (thread && span_skip_blanks(&rest) == FRAME_INDENT &&
		    frame_name_split(FRAME_PYSPY, span_trim(rest), &frame))
			return 90;
		thread = parse_header(line, &header);
	}
	return 0;
}

const struct format format_pyspy_dump = {
	.name = "pyspy_dump",
	.summary = "threads of a Python program: py-spy dump",
	.probe = probe_pyspy_dump,
	.embedded = true,
	.prefixed = true,
	.read = read_pyspy_dump,
};
