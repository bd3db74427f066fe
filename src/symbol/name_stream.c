/* SPDX-License-Identifier: MIT */
#include "symbol/name_stream.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"

/*
 * A record: its length in bytes, the index (NOTE: the rest is a text for a person),
 * the number of frames, and for each of them its numbers and its two texts, each
 * ended by a NUL.
 */
#define NOTE UINT32_MAX
enum { FULL = 1 << 16, LONGEST = 1 << 26 };

struct head {
	uint32_t length, index, count;
};

struct numbers {
	uint64_t line, column, start_line;
};

static void flush(struct name_writer *writer)
{
	for (size_t done = 0; done < writer->buffer.length;) {
		ssize_t count = write(writer->out, writer->buffer.bytes + done,
				      writer->buffer.length - done);

		if (count < 0 && errno != EINTR)
			break; /* nobody reads it */
		if (count > 0)
			done += (size_t)count;
	}
	text_reset(&writer->buffer);
}

static void end_record(struct name_writer *writer, size_t start)
{
	uint32_t length = (uint32_t)(writer->buffer.length - start);

	memcpy(writer->buffer.bytes + start, &length, sizeof(length));
	if (writer->buffer.length >= FULL)
		flush(writer);
}

static size_t begin_record(struct name_writer *writer, uint32_t index, uint32_t count)
{
	struct head head = {0, index, count};
	size_t start = writer->buffer.length;

	text_add(&writer->buffer, (const char *)&head, sizeof(head));
	return start;
}

static void write_frames(void *context, uint32_t index, const struct symbol_frame *frames,
			 uint32_t count)
{
	struct name_writer *writer = context;
	size_t start = begin_record(writer, index, count);

	for (uint32_t i = 0; i < count; i++) {
		struct numbers numbers = {frames[i].line, frames[i].column, frames[i].start_line};

		text_add(&writer->buffer, (const char *)&numbers, sizeof(numbers));
		text_add(&writer->buffer, frames[i].function, strlen(frames[i].function) + 1);
		text_add(&writer->buffer, frames[i].file, strlen(frames[i].file) + 1);
	}
	end_record(writer, start);
}

static void write_note(void *context, const char *message)
{
	struct name_writer *writer = context;
	size_t start = begin_record(writer, NOTE, 0);

	text_add(&writer->buffer, message, strlen(message) + 1);
	end_record(writer, start);
}

struct symbol_sink name_writer_sink(struct name_writer *writer)
{
	return (struct symbol_sink){write_frames, write_note, writer};
}

void name_writer_end(struct name_writer *writer)
{
	flush(writer);
	text_clear(&writer->buffer);
}

/* Takes a text and its NUL from the front; NULL if there is none. */
static const char *take_text(const char **at, const char *end)
{
	const char *text = *at, *nul = memchr(text, '\0', (size_t)(end - text));

	if (nul)
		*at = nul + 1;
	return nul ? text : NULL;
}

static bool read_frame(const char **at, const char *end, struct symbol_frame *frame)
{
	struct numbers numbers;

	if ((size_t)(end - *at) < sizeof(numbers))
		return false;
	memcpy(&numbers, *at, sizeof(numbers));
	*at += sizeof(numbers);
	frame->function = take_text(at, end);
	frame->file = frame->function ? take_text(at, end) : NULL;
	frame->line = numbers.line;
	frame->column = numbers.column;
	frame->start_line = numbers.start_line;
	return frame->file != NULL;
}

static bool read_record(struct name_reader *reader, const struct head *head, const char *at)
{
	const char *end = at + head->length - sizeof(*head);

	if (head->index == NOTE) {
		const char *note = take_text(&at, end);

		if (note)
			reader->sink->note(reader->sink->context, note);
		return note;
	}
	if (head->index >= reader->count || head->count > head->length / sizeof(struct numbers))
		return false;
	array_reserve(reader->frames, reader->frame_capacity, head->count);
	for (uint32_t i = 0; i < head->count; i++)
		if (!read_frame(&at, end, &reader->frames[i]))
			return false;
	reader->sink->take(reader->sink->context, head->index, reader->frames, head->count);
	return true;
}

bool name_reader_take(struct name_reader *reader, const char *bytes, size_t length)
{
	size_t at = 0;
	struct head head;

	text_add(&reader->buffer, bytes, length);
	while (reader->buffer.length - at >= sizeof(head)) {
		memcpy(&head, reader->buffer.bytes + at, sizeof(head));
		if (head.length < sizeof(head) || head.length > LONGEST)
			return false;
		if (reader->buffer.length - at < head.length)
			break;
		if (!read_record(reader, &head, reader->buffer.bytes + at + sizeof(head)))
			return false;
		at += head.length;
	}
	memmove(reader->buffer.bytes, reader->buffer.bytes + at, reader->buffer.length - at);
	reader->buffer.length -= at;
	return true;
}

void name_reader_clear(struct name_reader *reader)
{
	text_clear(&reader->buffer);
	free(reader->frames);
	*reader = (struct name_reader){0};
}
