/* SPDX-License-Identifier: MIT */
/*
 * The log of collections of a Java virtual machine, -Xlog:gc or gc*, with any
 * decorations, amid other lines:
 *
 *     [5.819s][info][gc] GC(126) Pause Remark 41M->22M(64M) 2.403ms
 *     [5.822s][info][gc] GC(126) Concurrent Mark Cycle 9.966ms
 */
#include "format/java/jvm_collection.h"
#include "format/lines.h"
#include "format/list.h"

struct xlog {
	struct lines lines;
	struct stack_writer writer;
	uint64_t collections;
	int64_t end;
};

static bool is_digit_or_point(char c)
{
	return char_is_digit(c) || c == '.';
}

/* Takes the last word, and blanks before it. */
static struct span take_last(struct span *text)
{
	struct span word;
	const char *at = text->end;

	while (at > text->at && at[-1] != ' ')
		at--;
	word = (struct span){at, text->end};
	while (at > text->at && at[-1] == ' ')
		at--;
	text->end = at;
	return word;
}

/* "2.403ms" or "0.0024s" in nanoseconds. */
static bool parse_length(struct span word, int64_t *nanoseconds)
{
	struct span number = word;
	double scale;

	while (number.at < number.end && is_digit_or_point(*number.at))
		number.at++;
	scale = span_equals(number, "ms") ? 1e6 : span_equals(number, "s") ? 1e9 : 0;
	return scale > 0 &&
	       jvm_collection_number((struct span){word.at, number.at}, scale, nanoseconds);
}

/* "41M" */
static bool take_size(struct span *text, int64_t *bytes)
{
	struct span digits = span_take_digits(text);
	double scale = span_take(text, "K")   ? 0x1p10
		       : span_take(text, "M") ? 0x1p20
		       : span_take(text, "G") ? 0x1p30
					      : span_take(text, "B");

	return scale > 0 && jvm_collection_number(digits, scale, bytes);
}

/* "41M->22M(64M)" */
static bool parse_heap(struct span word, int64_t *values)
{
	return take_size(&word, &values[JVM_GC_BEFORE]) && span_take(&word, "->") &&
	       take_size(&word, &values[JVM_GC_AFTER]) && span_take(&word, "(") &&
	       take_size(&word, &values[JVM_GC_HEAP]);
}

/* "[5.819s]" among the decorations; 0: there is none. */
static int64_t parse_uptime(struct span front)
{
	int64_t time;

	for (const char *at = front.at; at < front.end; at++) {
		struct span rest = {at + 1, front.end};
		const char *close = *at == '[' ? span_find(rest, "]") : NULL;

		if (close && parse_length((struct span){rest.at, close}, &time))
			return time;
	}
	return 0;
}

/* A whole collection; false for the lines of its phases. */
static bool parse_line(struct span line, struct span *name, int64_t values[JVM_GC_COLUMN_COUNT])
{
	const char *id = span_find(line, "GC(");
	struct span text, word, digits, before;
	int64_t length;
	bool pause;

	if (!id)
		return false;
	text = (struct span){id + 3, line.end};
	digits = span_take_digits(&text);
	if (span_is_empty(digits) || !span_take(&text, ") "))
		return false;
	text = span_trim(text);
	pause = span_starts(text, "Pause ");
	if (!pause && !span_starts(text, "Concurrent ") &&
	    !span_starts(text, "Garbage Collection") && !span_starts(text, "Minor Collection") &&
	    !span_starts(text, "Major Collection"))
		return false;
	for (int i = 0; i < JVM_GC_COLUMN_COUNT; i++)
		values[i] = 0;
	word = take_last(&text);
	/* ZGC writes the heap last, and no length. */
	if (!parse_length(word, &length))
		return false;
	before = text;
	word = take_last(&before);
	if (parse_heap(word, values))
		text = before;
	values[JVM_GC_COLLECTIONS] = 1;
	values[pause ? JVM_GC_PAUSE : JVM_GC_CONCURRENT] = length;
	values[JVM_GC_START] = parse_uptime((struct span){line.at, id});
	*name = text;
	return true;
}

static bool read_lines(struct xlog *xlog, struct error *error)
{
	int64_t values[JVM_GC_COLUMN_COUNT];
	struct span line, name;
	bool more;

	jvm_collection_types(&xlog->writer);
	for (;;) {
		if (!lines_next(&xlog->lines, &line, &more, error))
			return false;
		if (!more)
			break;
		if (!parse_line(line, &name, values))
			continue;
		stack_writer_push(&xlog->writer, name, span_of(""), 0);
		stack_writer_end(&xlog->writer, values, JVM_GC_COLUMN_COUNT);
		xlog->collections++;
		xlog->end = values[JVM_GC_START];
	}
	builder_profile(xlog->writer.builder)->duration_nanos = xlog->end;
	if (xlog->lines.open)
		lines_warn_cut(&xlog->lines, xlog->writer.builder, "log");
	return xlog->collections ||
	       error_set(error,
			 "the log has no whole collection; run longer with -Xlog:gc:file=gc.log");
}

static bool read_xlog_gc(struct input *input, struct builder *builder, struct error *error)
{
	struct xlog xlog = {0};
	bool good;

	lines_init(&xlog.lines, input);
	stack_writer_init(&xlog.writer, builder);
	good = read_lines(&xlog, error);
	lines_clear(&xlog.lines);
	stack_writer_clear(&xlog.writer);
	return good;
}

/* A collection, or what the machine says of its collector in front. */
static int probe_xlog_gc(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length}, line, name;
	int64_t values[JVM_GC_COLUMN_COUNT];

	while (span_take_line(&head, &line))
		if (parse_line(line, &name, values) ||
		    (span_find(line, "[gc") &&
		     (span_find(line, "] Using ") || span_find(line, "] GC("))))
			return 87;
	return 0;
}

const struct format format_xlog_gc = {
	.name = "xlog_gc",
	.summary = "log of Java's collector, -Xlog:gc, each collection a sample",
	.probe = probe_xlog_gc,
	.embedded = true,
	.read = read_xlog_gc,
};
