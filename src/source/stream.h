/* SPDX-License-Identifier: MIT */
/*
 * Where bytes come from: a file, standard input ("-") or a pipe, unpacked on
 * the way (unpacker.h; any number of members, and one compression in another).
 * Reading and unpacking run on a thread of their own, a few chunks ahead of
 * the consumer.
 */
#ifndef SOURCE_STREAM_H
#define SOURCE_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/job.h"
#include "source/http.h"

struct stream;

/* The first chunk has at least so many bytes, if there are so many. */
#define STREAM_FIRST_CHUNK 4096

/* Opens a file or "-". NULL with an error that does not repeat the name. progress counts bytes of the file. */
struct stream *stream_open(const char *location, struct progress *progress, struct error *error);

struct capture;
struct unwrap;

/*
 * The body of an answer, as stream_open. The stream owns the exchange from now on, and what takes
 * the profile out of the body and keeps a copy; NULL: nothing does.
 */
struct stream *stream_open_http(struct http *http, struct unwrap *unwrap, struct capture *capture,
				struct progress *progress, struct error *error);

/*
 * The next chunk of unpacked bytes, owned by the stream until the next call.
 * *length 0 is the end. False with an error on I/O errors, broken packed data
 * and when progress was cancelled.
 */
bool stream_next(struct stream *stream, const char **bytes, size_t *length, struct error *error);

void stream_close(struct stream *stream);

#endif
