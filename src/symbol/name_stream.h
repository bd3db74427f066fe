/* SPDX-License-Identifier: MIT */
/*
 * Answers about a binary on their way from the process that reads it. Whoever
 * reads the stream does not trust whoever wrote it.
 */
#ifndef SYMBOL_NAME_STREAM_H
#define SYMBOL_NAME_STREAM_H

#include "base/text.h"
#include "symbol/binary_names.h"

/* Writes what it takes to a descriptor. */
struct name_writer {
	int out;
	struct text buffer;
};

/* The sink of a zeroed writer whose `out` is set. */
struct symbol_sink name_writer_sink(struct name_writer *writer);

/* Writes what is left. */
void name_writer_end(struct name_writer *writer);

/* Gives the frames to a sink; zeroed but for `sink` and `count` at the start. */
struct name_reader {
	const struct symbol_sink *sink;
	uint32_t count; /* indices are below it */
	struct text buffer;
	struct symbol_frame *frames;
	size_t frame_capacity;
};

/* Takes the next bytes. False if they are no such stream. */
bool name_reader_take(struct name_reader *reader, const char *bytes, size_t length);
void name_reader_clear(struct name_reader *reader);

#endif
