/* SPDX-License-Identifier: MIT */
#include "report/profile/proto_writer.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/thread.h"

#define WAITING_SIZE ((size_t)1 << 18)

void proto_writer_init(struct proto_writer *writer, FILE *out)
{
	*writer = (struct proto_writer){.out = out};
	writer->waiting = alloc(WAITING_SIZE);
	pthread_mutex_init(&writer->mutex, NULL);
	pthread_cond_init(&writer->changed, NULL);
	writer->zip = gzip_writer_new(out);
}

static void compress_bytes(struct proto_writer *writer, const uint8_t *bytes, size_t count,
			   bool last)
{
	if (!writer->failed && !gzip_writer_add(writer->zip, bytes, count, last))
		writer->failed = true;
}

static void *run_compression(void *argument)
{
	struct proto_writer *writer = argument;

	pthread_mutex_lock(&writer->mutex);
	for (;;) {
		while (!writer->busy && !writer->ending)
			pthread_cond_wait(&writer->changed, &writer->mutex);
		if (!writer->busy)
			break;
		pthread_mutex_unlock(&writer->mutex);
		compress_bytes(writer, writer->compressing, WAITING_SIZE, false);
		pthread_mutex_lock(&writer->mutex);
		writer->busy = false;
		pthread_cond_signal(&writer->changed);
	}
	pthread_mutex_unlock(&writer->mutex);
	return NULL;
}

/* Small profiles are done before a thread would have started. */
static void start_thread(struct proto_writer *writer)
{
	writer->threaded = thread_start(&writer->thread, run_compression, writer) == 0;
	if (writer->threaded)
		writer->compressing = alloc(WAITING_SIZE);
}

/* Hands the full buffer to the thread and goes on with the one that it has done. */
static void hand_over(struct proto_writer *writer)
{
	uint8_t *full = writer->waiting;

	writer->waiting_count = 0;
	if (!writer->threaded)
		start_thread(writer);
	if (!writer->threaded) {
		compress_bytes(writer, full, WAITING_SIZE, false);
		return;
	}
	pthread_mutex_lock(&writer->mutex);
	while (writer->busy)
		pthread_cond_wait(&writer->changed, &writer->mutex);
	writer->waiting = writer->compressing;
	writer->compressing = full;
	writer->busy = true;
	pthread_cond_signal(&writer->changed);
	pthread_mutex_unlock(&writer->mutex);
}

static void end_thread(struct proto_writer *writer)
{
	if (!writer->threaded)
		return;
	pthread_mutex_lock(&writer->mutex);
	writer->ending = true;
	pthread_cond_signal(&writer->changed);
	pthread_mutex_unlock(&writer->mutex);
	pthread_join(writer->thread, NULL);
}

static void write_bytes(struct proto_writer *writer, const void *bytes, size_t length)
{
	const uint8_t *from = bytes;

	while (length > 0) {
		size_t part = WAITING_SIZE - writer->waiting_count;

		part = length < part ? length : part;
		memcpy(writer->waiting + writer->waiting_count, from, part);
		writer->waiting_count += part;
		from += part;
		length -= part;
		if (writer->waiting_count == WAITING_SIZE)
			hand_over(writer);
	}
}

uint8_t *proto_put_varint(uint8_t *at, uint64_t number)
{
	for (; number >= 0x80; number >>= 7)
		*at++ = (uint8_t)(number | 0x80);
	*at++ = (uint8_t)number;
	return at;
}

static void write_varint(struct proto_writer *writer, uint64_t number)
{
	uint8_t bytes[PROTO_VARINT_SIZE];

	write_bytes(writer, bytes, (size_t)(proto_put_varint(bytes, number) - bytes));
}

void proto_write_message(struct proto_writer *writer, uint32_t field,
			 const ProtobufCMessage *message)
{
	size_t size = protobuf_c_message_get_packed_size(message);

	array_reserve(writer->packed, writer->packed_capacity, size);
	if (size)
		protobuf_c_message_pack(message, writer->packed);
	proto_write_string(writer, field, (const char *)writer->packed, size);
}

void proto_write_string(struct proto_writer *writer, uint32_t field, const char *bytes,
			size_t length)
{
	write_varint(writer, PROTO_BYTES_TAG(field));
	write_varint(writer, length);
	write_bytes(writer, bytes, length);
}

void proto_write_number(struct proto_writer *writer, uint32_t field, int64_t number)
{
	if (number)
		proto_write_any_number(writer, field, number);
}

void proto_write_any_number(struct proto_writer *writer, uint32_t field, int64_t number)
{
	write_varint(writer, PROTO_NUMBER_TAG(field));
	write_varint(writer, (uint64_t)number);
}

bool proto_writer_end(struct proto_writer *writer, struct error *error)
{
	bool good;

	end_thread(writer);
	compress_bytes(writer, writer->waiting, writer->waiting_count, true);
	good = !writer->failed;
	gzip_writer_free(writer->zip);
	free(writer->packed);
	free(writer->waiting);
	free(writer->compressing);
	pthread_mutex_destroy(&writer->mutex);
	pthread_cond_destroy(&writer->changed);
	*writer = (struct proto_writer){0};
	return good || error_set(error, "cannot write the profile; free some room");
}
