#include "report/profile/proto_writer.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"

#define WAITING_SIZE ((size_t)1 << 16)
#define ZIPPED_SIZE ((size_t)1 << 14)

/* Wire types of the format. */
enum { WIRE_NUMBER = 0, WIRE_BYTES = 2 };

void proto_writer_init(struct proto_writer *writer, FILE *out)
{
	*writer = (struct proto_writer){.out = out};
	writer->waiting = alloc(WAITING_SIZE);
	/* As fast as the Go runtime writes profiles. 15 + 16: the largest window, in a gzip file. */
	if (deflateInit2(&writer->zip, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) !=
	    Z_OK)
		alloc_fail(0);
}

static void compress_waiting(struct proto_writer *writer, int flush)
{
	uint8_t zipped[ZIPPED_SIZE];

	writer->zip.next_in = writer->waiting;
	writer->zip.avail_in = (uInt)writer->waiting_count;
	do {
		size_t length;

		writer->zip.next_out = zipped;
		writer->zip.avail_out = sizeof(zipped);
		deflate(&writer->zip, flush);
		length = sizeof(zipped) - writer->zip.avail_out;
		if (fwrite(zipped, 1, length, writer->out) != length)
			writer->failed = true;
	} while (writer->zip.avail_out == 0);
	writer->waiting_count = 0;
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
			compress_waiting(writer, Z_NO_FLUSH);
	}
}

/* Seven bits a byte, the lowest first; the top bit says that more follow. */
static void write_varint(struct proto_writer *writer, uint64_t number)
{
	uint8_t bytes[10];
	size_t count = 0;

	for (; number >= 0x80; number >>= 7)
		bytes[count++] = (uint8_t)(number | 0x80);
	bytes[count++] = (uint8_t)number;
	write_bytes(writer, bytes, count);
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
	write_varint(writer, (uint64_t)field << 3 | WIRE_BYTES);
	write_varint(writer, length);
	write_bytes(writer, bytes, length);
}

void proto_write_number(struct proto_writer *writer, uint32_t field, int64_t number)
{
	if (!number)
		return;
	write_varint(writer, (uint64_t)field << 3 | WIRE_NUMBER);
	write_varint(writer, (uint64_t)number);
}

bool proto_writer_end(struct proto_writer *writer, struct error *error)
{
	bool good;

	compress_waiting(writer, Z_FINISH);
	good = !writer->failed;
	deflateEnd(&writer->zip);
	free(writer->packed);
	free(writer->waiting);
	*writer = (struct proto_writer){0};
	return good || error_set(error, "cannot write the profile; free some room");
}
