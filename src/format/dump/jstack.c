/* SPDX-License-Identifier: MIT */
/*
 * Thread dumps of Java, whole or amid a log: each thread is a sample, with the
 * processor time that it took. What the dump says of it are labels:
 *
 *     thread      its name                 state   "BLOCKED (on object monitor)"
 *     waits_for   the lock, by address     holds   each lock that it has
 *
 * What Java itself found to be deadlocked is a comment of the profile.
 */
#include <stdlib.h>

#include "format/dump/jstack_line.h"
#include "format/lines.h"
#include "format/list.h"
#include "format/stack_writer.h"
#include "profile/thread_dump.h"

struct jstack {
	struct builder *builder;
	struct lines lines;
	struct stack_writer writer;
	struct jstack_header header; /* of the open thread; in `name` and `state` */
	struct text name, state;
	struct text waits; /* what the thread waits for; empty: nothing */
	bool open, idle_monitor;
	uint64_t threads, dumps;
	struct text waiter; /* of a deadlock: who waits, until it is said for whom */
};

static struct span span_of_text(const struct text *text)
{
	return (struct span){text_string(text), text_string(text) + text->length};
}

static void set_text(struct text *text, struct span span)
{
	text_reset(text);
	text_add(text, span.at, span_length(span));
}

static void end_thread(struct jstack *jstack)
{
	int64_t values[] = {1, jstack->header.cpu};

	if (!jstack->open)
		return;
	if (!jstack->writer.depth)
		stack_writer_push(&jstack->writer, span_of("[no Java frames]"), span_of(""), 0);
	stack_writer_label(&jstack->writer, THREAD_LABEL_NAME, span_of_text(&jstack->name));
	stack_writer_label(&jstack->writer, THREAD_LABEL_STATE, span_of_text(&jstack->state));
	stack_writer_label(&jstack->writer, THREAD_LABEL_WAITS_FOR, span_of_text(&jstack->waits));
	stack_writer_end(&jstack->writer, values, 2);
	jstack->threads++;
	jstack->open = false;
}

static void begin_thread(struct jstack *jstack, const struct jstack_header *header)
{
	end_thread(jstack);
	jstack->open = true;
	jstack->header = *header;
	set_text(&jstack->name, header->name);
	set_text(&jstack->state, header->state);
	text_reset(&jstack->waits);
}

static void add_lock(struct jstack *jstack, enum jstack_lock kind, struct span address,
		     struct span type)
{
	struct text lock = {0};

	text_printf(&lock, "%.*s %.*s", (int)span_length(address), address.at,
		    (int)span_length(type), type.at);
	if (kind != JSTACK_HOLDS && !jstack->waits.length)
		set_text(&jstack->waits, span_of_text(&lock));
	/* Who waits on an object has given its monitor back, though the dump lists it as locked. */
	else if (kind == JSTACK_HOLDS && !span_equals(span_of_text(&jstack->waits), lock.bytes))
		stack_writer_label(&jstack->writer, THREAD_LABEL_HOLDS, span_of_text(&lock));
	text_clear(&lock);
}

/* Of the threads that Java found to wait for one another: "NAME": ... which is held by "NAME" */
static void read_deadlock(struct jstack *jstack, struct span line)
{
	struct span rest = span_trim(line);
	struct text comment = {0};

	if (span_take(&rest, "which is held by ") && jstack->waiter.length) {
		text_printf(&comment, THREAD_DEADLOCK "%s waits for %.*s",
			    text_string(&jstack->waiter), (int)span_length(rest), rest.at);
		builder_comment(jstack->builder,
				builder_string(jstack->builder, comment.bytes, comment.length));
		text_clear(&comment);
	} else if (span_length(rest) > 2 && *rest.at == '"' && rest.end[-1] == ':') {
		set_text(&jstack->waiter, (struct span){rest.at, rest.end - 1});
	}
}

static void read_line(struct jstack *jstack, struct span line)
{
	struct jstack_header header;
	struct span name, file, rest = span_trim(line);
	enum jstack_lock lock;
	int64_t number;

	if (jstack_line_header(line, &header)) {
		begin_thread(jstack, &header);
		return;
	}
	if (span_starts(rest, "Full thread dump "))
		jstack->dumps++;
	if (!jstack->open || span_is_empty(line) || !char_is_space(*line.at)) {
		if (!span_is_empty(rest) && !char_is_space(*line.at))
			end_thread(jstack);
		read_deadlock(jstack, line);
		return;
	}
	lock = jstack_line_lock(line, &name, &file);
	if (span_take(&rest, "java.lang.Thread.State: "))
		set_text(&jstack->state, rest);
	else if (jstack_line_frame(line, &name, &file, &number))
		stack_writer_push(&jstack->writer, name, file, number);
	else if (lock != JSTACK_NONE)
		add_lock(jstack, lock, name, file);
}

static bool read_lines(struct jstack *jstack, struct error *error)
{
	struct span line;
	bool more;

	stack_writer_type(&jstack->writer, THREAD_TYPE, "count");
	stack_writer_type(&jstack->writer, "cpu_time", "nanoseconds");
	builder_profile(jstack->builder)->default_type = builder_text(jstack->builder, THREAD_TYPE);
	for (;;) {
		if (!lines_next(&jstack->lines, &line, &more, error))
			return false;
		if (!more)
			break;
		read_line(jstack, line);
	}
	end_thread(jstack);
	if (jstack->lines.open)
		lines_warn_cut(&jstack->lines, jstack->builder, "dump");
	if (jstack->dumps > 1)
		builder_warn(jstack->builder,
			     "the text has %llu dumps; all their threads are counted",
			     (unsigned long long)jstack->dumps);
	return jstack->threads ||
	       error_set(error, "the thread dump has no threads; take it again: jstack PID");
}

static bool read_jstack(struct input *input, struct builder *builder, struct error *error)
{
	struct jstack jstack = {.builder = builder};
	bool good;

	lines_init(&jstack.lines, input);
	stack_writer_init(&jstack.writer, builder);
	good = read_lines(&jstack, error);
	lines_clear(&jstack.lines);
	stack_writer_clear(&jstack.writer);
	text_clear(&jstack.name);
	text_clear(&jstack.state);
	text_clear(&jstack.waits);
	text_clear(&jstack.waiter);
	return good;
}

static int probe_jstack(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length}, line;
	struct jstack_header header;
	bool thread = false;

	while (span_take_line(&head, &line)) {
		if (span_starts(line, "Full thread dump "))
			return 92;
		if (thread && span_find(line, "java.lang.Thread.State: "))
			return 91;
		thread = jstack_line_header(line, &header);
	}
	return 0;
}

const struct format format_jstack = {
	.name = "jstack",
	.summary = "thread dump of Java: jstack, jcmd Thread.print, kill -3",
	.probe = probe_jstack,
	.embedded = true,
	.prefixed = true,
	.read = read_jstack,
};
