/* SPDX-License-Identifier: MIT */
/*
 * Packs bytes as one gzip member into a stream, as fast as the Go runtime
 * writes profiles (level 1): by ISA-L's igzip where it is there, else by zlib.
 * The same bytes give the same file; no time and no name is in its header.
 */
#ifndef REPORT_PROFILE_GZIP_WRITER_H
#define REPORT_PROFILE_GZIP_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct gzip_writer;

/* Free with gzip_writer_free. */
struct gzip_writer *gzip_writer_new(FILE *out);

/* Packs more bytes; with `last` ends the member. False if the stream could not be written. */
bool gzip_writer_add(struct gzip_writer *writer, const void *bytes, size_t length, bool last);

void gzip_writer_free(struct gzip_writer *writer);

#endif
