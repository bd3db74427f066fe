/* SPDX-License-Identifier: MIT */
/*
 * What `go build -gcflags=-m` prints of the heap, also with -m=2 and amid the
 * rest of a build:
 *
 *     webload/main.go:153:6: moved to heap: raw
 *     webload/main.go:197:27: make([]byte, 512 + i) escapes to heap
 *
 * Each place is a sample of one location, whose function is the message; see
 * profile/escape.h.
 */
#include "base/array.h"
#include "profile/escape.h"

#include <string.h>

#include "base/intern.h"
#include "format/lines.h"
#include "format/list.h"

struct escape {
	struct builder *builder;
	struct lines lines;
	struct intern seen; /* file, line, column and message: inlined code repeats them */
	uint64_t count;
};

struct message {
	struct span file, text;
	int64_t line, column;
};

static bool take_number(struct span *span, int64_t *number)
{
	struct span digits = span_take_digits(span);

	return !span_is_empty(digits) && span_decimal(digits, number) && *number > 0 &&
	       span_take(span, ":");
}

/* "file.go:12:3: message", also behind the prefix of a log, which ends in a blank. */
static bool parse_message(struct span line, struct message *message)
{
	const char *first = line.at, *start, *at;

	while ((at = span_find(line, ".go:"))) {
		message->file = (struct span){first, at + 3};
		while ((start = memchr(message->file.at, ' ', span_length(message->file))))
			message->file.at = start + 1;
		line.at = at + 4;
		message->text = line;
		if (take_number(&message->text, &message->line) &&
		    take_number(&message->text, &message->column) && span_take(&message->text, " "))
			return true;
	}
	return false;
}

static bool ends_with(struct span span, const char *end)
{
	size_t length = strlen(end);

	return span_length(span) > length && !memcmp(span.end - length, end, length);
}

/* The two messages that mean an allocation. With a colon behind it one is explained by -m=2, and said again. */
static bool is_allocation(struct span text)
{
	return span_starts(text, "moved to heap: ") || ends_with(text, " escapes to heap");
}

static void add_place(struct escape *escape, const struct message *message)
{
	struct builder *builder = escape->builder;
	struct span file = message->file;
	struct function function;
	struct location location;
	struct line line;
	location_id place;
	string_id key[4];
	uint64_t id = escape->seen.count;

	span_take(&file, "./");
	key[0] = builder_string(builder, file.at, span_length(file));
	key[1] = builder_string(builder, message->text.at, span_length(message->text));
	key[2] = (string_id)message->line;
	key[3] = (string_id)message->column;
	if (intern_add(&escape->seen, key) != id)
		return;
	function = (struct function){.id = id + 1, .name = key[1], .file = key[0]};
	line = (struct line){.function = builder_function(builder, &function),
			     .line = message->line};
	location = (struct location){.id = id + 1, .mapping = NONE};
	place = builder_location(builder, &location, &line, 1);
	builder_sample(builder, &place, 1, &(int64_t){1}, 1, NULL, 0);
	escape->count++;
}

static bool read_lines(struct escape *escape, struct error *error)
{
	struct message message;
	struct span line;
	bool more;

	builder_type(escape->builder, builder_text(escape->builder, ESCAPE_TYPE),
		     builder_text(escape->builder, "count"));
	for (;;) {
		if (!lines_next(&escape->lines, &line, &more, error))
			return false;
		if (!more)
			break;
		if (parse_message(line, &message) && is_allocation(message.text))
			add_place(escape, &message);
	}
	return escape->count ||
	       error_set(error, "nothing in it escapes to the heap; name the output of go build "
				"-gcflags=-m");
}

static bool read_escape(struct input *input, struct builder *builder, struct error *error)
{
	struct escape escape = {.builder = builder};
	bool good;

	lines_init(&escape.lines, input);
	intern_init(&escape.seen, 4 * sizeof(string_id));
	good = read_lines(&escape, error);
	lines_clear(&escape.lines);
	intern_clear(&escape.seen);
	return good;
}

static int probe_escape(const char *bytes, size_t length)
{
	static const char *const starts[] = {"can inline ", "inlining call to ", "leaking param",
					     "cannot inline ", "moved to heap: "};
	struct span head = {bytes, bytes + length}, line;
	struct message message;

	while (span_take_line(&head, &line)) {
		if (!parse_message(line, &message))
			continue;
		for (size_t i = 0; i < COUNT(starts); i++)
			if (span_starts(message.text, starts[i]))
				return 87;
		if (is_allocation(message.text) || ends_with(message.text, " does not escape"))
			return 87;
	}
	return 0;
}

const struct format format_escape = {
	.name = "escape",
	.summary = "output of go build -gcflags=-m, each place that allocates a sample",
	.probe = probe_escape,
	.embedded = true,
	.read = read_escape,
};
