/* SPDX-License-Identifier: MIT */
/*
 * Writes one protobuf message as gzip, field by field, without ever holding
 * all of it: strings, numbers, and messages that the generated code packs. The
 * same fields give the same bytes; no time and no name is in the gzip header.
 *
 *     proto_writer_init(&writer, out);
 *     proto_write_message(&writer, 1, &value_type.base);
 *     proto_write_number(&writer, 9, nanos);
 *     good = proto_writer_end(&writer, error);
 */
#ifndef REPORT_PROFILE_PROTO_WRITER_H
#define REPORT_PROFILE_PROTO_WRITER_H

#include <protobuf-c/protobuf-c.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"
#include "report/profile/gzip_writer.h"

struct proto_writer {
	FILE *out;
	struct gzip_writer *zip;
	uint8_t *packed; /* the present message */
	size_t packed_capacity;
	uint8_t *waiting; /* bytes to compress */
	size_t waiting_count;

	/* Full buffers are compressed on a thread of their own. */
	pthread_t thread;
	bool threaded;
	uint8_t *compressing;
	bool failed; /* of the thread until it has ended */
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	bool busy, ending; /* guarded by the mutex */
};

/* What stands in front of a field: its number and wire type. */
#define PROTO_NUMBER_TAG(field) ((uint64_t)(field) << 3)
#define PROTO_BYTES_TAG(field) ((uint64_t)(field) << 3 | 2)

/* The most bytes that a number takes. */
#define PROTO_VARINT_SIZE 10

/* Puts a number at `at`: seven bits a byte, the lowest first; the top bit says that more follow. Returns the end. */
uint8_t *proto_put_varint(uint8_t *at, uint64_t number);

void proto_writer_init(struct proto_writer *writer, FILE *out);

void proto_write_message(struct proto_writer *writer, uint32_t field,
			 const ProtobufCMessage *message);
void proto_write_string(struct proto_writer *writer, uint32_t field, const char *bytes,
			size_t length);

/* 0 is not written: it is what readers take for a field that is not there. */
void proto_write_number(struct proto_writer *writer, uint32_t field, int64_t number);

/* Written even if it is 0, as pprof writes some fields. */
void proto_write_any_number(struct proto_writer *writer, uint32_t field, int64_t number);

/* Finishes the file and frees the writer. False with an error if anything could not be written. */
bool proto_writer_end(struct proto_writer *writer, struct error *error);

#endif
