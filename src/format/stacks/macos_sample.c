/* SPDX-License-Identifier: MIT */
/*
 * The call graph of macOS's sample and spindump: each line has the samples of
 * a function and of all it calls, and stands deeper than its caller.
 *
 *     Call graph:
 *         2532 Thread_2663   DispatchQueue_1: com.apple.main-thread  (serial)
 *         + 2532 main  (in Chrome) + 522  [0x106776d9a]
 *         +   ! 32 bar  (in Chrome) + 60  [0x1069e17ae]  bar.c:12
 */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "format/frame_table.h"
#include "format/lines.h"
#include "format/list.h"

struct call {
	size_t column;
	int64_t left; /* samples that no callee has taken so far */
	location_id location;
};

struct sample {
	struct builder *builder;
	struct lines lines;
	struct frame_table frames;
	struct call *calls; /* the root first */
	size_t depth, capacity;
	location_id *stack;
	size_t stack_capacity;
	bool inside; /* the call graph */
	uint64_t rows;
};

struct row {
	size_t column;
	int64_t count;
	struct span name, file;
	int64_t line;
};

/* "bar.c:12" at the end, behind the address. */
static void parse_place(struct span text, struct row *row)
{
	const char *at = text.end;

	while (at > text.at && char_is_digit(at[-1]))
		at--;
	if (at == text.end || at - text.at < 2 || at[-1] != ':' ||
	    !span_decimal((struct span){at, text.end}, &row->line))
		return;
	row->file = (struct span){text.at, at - 1};
}

static bool parse_row(struct span line, struct row *row)
{
	struct span rest = line, digits;
	const char *in, *bracket;

	while (!span_is_empty(rest) && strchr(" \t+!:|", *rest.at))
		rest.at++;
	*row = (struct row){.column = (size_t)(rest.at - line.at), .file = {line.end, line.end}};
	digits = span_take_digits(&rest);
	if (!row->column || !span_decimal(digits, &row->count) || !span_skip_blanks(&rest) ||
	    span_is_empty(rest))
		return false;
	row->name = span_trim(rest);
	in = span_find(rest, "  (in ");
	if (!in)
		return true;
	row->name = span_trim((struct span){rest.at, in});
	bracket = span_find((struct span){in, rest.end}, "]");
	if (bracket)
		parse_place(span_trim((struct span){bracket + 1, rest.end}), row);
	return true;
}

/* The innermost call is over: what its callees did not take is its own. */
static void end_call(struct sample *sample)
{
	const struct call *call = &sample->calls[sample->depth - 1];

	if (call->left > 0) {
		array_reserve(sample->stack, sample->stack_capacity, sample->depth);
		for (size_t i = 0; i < sample->depth; i++)
			sample->stack[i] = sample->calls[sample->depth - 1 - i].location;
		builder_sample(sample->builder, sample->stack, sample->depth, &call->left, 1, NULL,
			       0);
	}
	sample->depth--;
}

static void end_calls(struct sample *sample, size_t column)
{
	while (sample->depth && sample->calls[sample->depth - 1].column >= column)
		end_call(sample);
}

static void read_line(struct sample *sample, struct span line)
{
	struct call call;
	struct row row;

	if (span_starts(line, "Call graph:")) {
		sample->inside = true;
		return;
	}
	if (!sample->inside)
		return;
	if (!parse_row(line, &row)) {
		sample->inside = span_is_empty(span_trim(line)) && !sample->depth;
		end_calls(sample, 0);
		return;
	}
	end_calls(sample, row.column);
	if (sample->depth)
		sample->calls[sample->depth - 1].left -= row.count;
	call = (struct call){row.column, row.count,
			     frame_table_add(&sample->frames, row.name, row.file, row.line)};
	array_push(sample->calls, sample->depth, sample->capacity, call);
	sample->rows++;
}

static bool read_lines(struct sample *sample, struct error *error)
{
	struct span line;
	bool more;

	builder_type(sample->builder, builder_text(sample->builder, "samples"),
		     builder_text(sample->builder, "count"));
	sample->frames.mangled = true;
	for (;;) {
		if (!lines_next(&sample->lines, &line, &more, error))
			return false;
		if (!more)
			break;
		read_line(sample, line);
	}
	if (sample->lines.open && sample->depth)
		lines_warn_cut(&sample->lines, sample->builder, "call graph");
	end_calls(sample, 0);
	return sample->rows ||
	       error_set(error, "the call graph is empty; sample again: sample PID");
}

static bool read_sample(struct input *input, struct builder *builder, struct error *error)
{
	struct sample sample = {.builder = builder};
	bool good;

	lines_init(&sample.lines, input);
	frame_table_init(&sample.frames, builder);
	good = read_lines(&sample, error);
	lines_clear(&sample.lines);
	frame_table_clear(&sample.frames);
	free(sample.calls);
	free(sample.stack);
	return good;
}

static int probe_sample(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length}, line;
	struct row row;
	bool inside = false;

	while (span_take_line(&head, &line)) {
		if (inside && parse_row(line, &row))
			return 90;
		inside = span_starts(line, "Call graph:");
	}
	return span_starts((struct span){bytes, bytes + length}, "Analysis of sampling ") ? 80 : 0;
}

const struct format format_macos_sample = {
	.name = "macos_sample",
	.summary = "call graph of macOS's sample",
	.probe = probe_sample,
	.embedded = true,
	.read = read_sample,
};
