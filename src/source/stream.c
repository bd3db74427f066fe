/* SPDX-License-Identifier: MIT */
#include "source/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/thread.h"
#include "source/captures.h"
#include "source/layers.h"
#include "source/unwrap.h"

#define CHUNK_SIZE ((size_t)256 * 1024)
#define CHUNK_COUNT 8 /* how far unpacking may run ahead */

struct chunk {
	char *bytes;
	size_t length;
};

struct stream {
	int descriptor;    /* -1: none */
	bool pollable;     /* reading may block for long */
	struct http *http; /* read instead of the descriptor; NULL: none */
	struct unwrap *unwrap;
	struct capture *capture;
	struct progress *progress;
	struct progress unwatched; /* when the caller gave none */

	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	/* Guarded by the mutex: a ring of filled chunks, and how it ended. */
	struct chunk chunks[CHUNK_COUNT];
	uint64_t produced, consumed;
	bool closing, ended, failed;
	struct error error;

	/* Of the thread alone. */
	struct layers layers;
	uint64_t read_total;
	bool holding; /* the consumer has chunk `consumed` in its hands */
};

static bool fill_cancelled(struct stream *stream)
{
	bool closing;

	pthread_mutex_lock(&stream->mutex);
	closing = stream->closing;
	pthread_mutex_unlock(&stream->mutex);
	return closing || atomic_load(&stream->progress->cancelled);
}

/* Waits for bytes of the file and reads them; 0 is the end, -1 an error. */
static ssize_t read_file(void *context, void *bytes, size_t capacity, struct error *error)
{
	struct stream *stream = context;

	for (;;) {
		struct pollfd poller = {stream->descriptor, POLLIN, 0};
		ssize_t got;

		if (fill_cancelled(stream)) {
			error_set(error, "cancelled");
			return -1;
		}
		if (stream->pollable && poll(&poller, 1, 50) == 0)
			continue;
		got = read(stream->descriptor, bytes, capacity);
		if (got >= 0) {
			stream->read_total += (size_t)got;
			atomic_store(&stream->progress->done, stream->read_total);
			return got;
		}
		if (errno != EINTR && errno != EAGAIN) {
			error_set(error, "%s at byte %llu; check the disk or copy the file again",
				  strerror(errno), (unsigned long long)stream->read_total);
			return -1;
		}
	}
}

/* The end of an answer, good or not. */
static ssize_t end_answer(struct stream *stream, enum http_state state, struct error *error)
{
	bool whole = state == HTTP_END && stream->read_total &&
		     (!stream->unwrap || unwrap_is_whole(stream->unwrap));

	if (state == HTTP_WAIT)
		error_set(error, "cancelled");
	else if (state == HTTP_END && !whole)
		error_set(error, "%s",
			  stream->read_total ? "the answer holds no profile; see the address"
					     : http_nothing(stream->http));
	capture_end(stream->capture, whole);
	stream->capture = NULL;
	return whole ? 0 : -1;
}

/* The same for the body of an answer. */
static ssize_t read_answer(void *context, void *bytes, size_t capacity, struct error *error)
{
	struct stream *stream = context;
	size_t length = 0;

	/* What holds a profile may come in pieces that hold none of it. */
	while (!length) {
		enum http_state state = HTTP_WAIT;

		while (state == HTTP_WAIT && !fill_cancelled(stream))
			state = http_read(stream->http, bytes, capacity, &length, error);
		atomic_store(&stream->progress->total, http_length(stream->http));
		if (state != HTTP_BYTES)
			return end_answer(stream, state, error);
		stream->read_total += length;
		atomic_store(&stream->progress->done, stream->read_total);
		if (stream->unwrap)
			length = unwrap_take(stream->unwrap, bytes, length);
		capture_add(stream->capture, bytes, length);
	}
	return (ssize_t)length;
}

/* The next free chunk of the ring, or NULL when nobody wants more. */
static struct chunk *free_chunk(struct stream *stream)
{
	struct chunk *chunk = NULL;

	pthread_mutex_lock(&stream->mutex);
	while (!stream->closing && stream->produced - stream->consumed == CHUNK_COUNT)
		pthread_cond_wait(&stream->changed, &stream->mutex);
	if (!stream->closing)
		chunk = &stream->chunks[stream->produced % CHUNK_COUNT];
	pthread_mutex_unlock(&stream->mutex);
	if (chunk && !chunk->bytes)
		chunk->bytes = alloc(CHUNK_SIZE);
	return chunk;
}

static void hand_over(struct stream *stream)
{
	pthread_mutex_lock(&stream->mutex);
	stream->produced++;
	pthread_cond_signal(&stream->changed);
	pthread_mutex_unlock(&stream->mutex);
}

static bool fill_chunks(struct stream *stream, struct error *error)
{
	if (!layers_open(&stream->layers, STREAM_FIRST_CHUNK, error))
		return false;
	for (;;) {
		struct chunk *chunk = free_chunk(stream);

		if (!chunk)
			return error_set(error, "cancelled");
		if (!layers_read(&stream->layers, chunk->bytes, CHUNK_SIZE, &chunk->length, error))
			return false;
		if (!chunk->length)
			return true;
		hand_over(stream);
	}
}

static void *run_stream(void *argument)
{
	struct stream *stream = argument;
	struct error error;
	sigset_t pipe;
	bool good;

	/* A server that is gone is an error of the connection, whatever library writes to it. */
	sigemptyset(&pipe);
	sigaddset(&pipe, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &pipe, NULL);
	good = fill_chunks(stream, &error);

	pthread_mutex_lock(&stream->mutex);
	stream->ended = true;
	stream->failed = !good;
	if (!good)
		stream->error = error;
	pthread_cond_signal(&stream->changed);
	pthread_mutex_unlock(&stream->mutex);
	return NULL;
}

static bool open_file(struct stream *stream, const char *location, struct error *error)
{
	struct stat status;

	if (strcmp(location, "-") == 0)
		stream->descriptor = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
	else
		stream->descriptor = open(location, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (stream->descriptor < 0 || fstat(stream->descriptor, &status) != 0)
		return error_set(error, "%s; check the name and the permissions", strerror(errno));
	if (S_ISDIR(status.st_mode))
		return error_set(error, "is a directory; name a profile in it");
	if (isatty(stream->descriptor))
		return error_set(error, "is a terminal; name a file or pipe a profile in");
	if (S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode))
		return error_set(error, "is a device; name a file or pipe a profile in");
	if (S_ISREG(status.st_mode))
		atomic_store(&stream->progress->total, (uint64_t)status.st_size);
	else
		stream->pollable = true;
	return true;
}

static void free_unread(struct stream *stream)
{
	if (stream->descriptor >= 0)
		close(stream->descriptor);
	http_close(stream->http);
	unwrap_free(stream->unwrap);
	capture_end(stream->capture, false);
	free(stream);
}

/* Starts the thread of a stream whose source is open; frees the stream if that fails. */
static struct stream *start(struct stream *stream, struct error *error)
{
	int status;

	stream->layers.read = stream->http ? read_answer : read_file;
	stream->layers.context = stream;
	pthread_mutex_init(&stream->mutex, NULL);
	pthread_cond_init(&stream->changed, NULL);
	status = thread_start(&stream->thread, run_stream, stream);
	if (status != 0) {
		error_set(error, "no thread for reading (%s); raise the limit of processes",
			  strerror(status));
		free_unread(stream);
		return NULL;
	}
	return stream;
}

struct stream *stream_open(const char *location, struct progress *progress, struct error *error)
{
	struct stream *stream = alloc_zero(1, sizeof(*stream));

	stream->progress = progress ? progress : &stream->unwatched;
	if (!open_file(stream, location, error)) {
		free_unread(stream);
		return NULL;
	}
	return start(stream, error);
}

struct stream *stream_open_http(struct http *http, struct unwrap *unwrap, struct capture *capture,
				struct progress *progress, struct error *error)
{
	struct stream *stream = alloc_zero(1, sizeof(*stream));

	stream->progress = progress ? progress : &stream->unwatched;
	stream->descriptor = -1;
	stream->http = http;
	stream->unwrap = unwrap;
	stream->capture = capture;
	return start(stream, error);
}

bool stream_next(struct stream *stream, const char **bytes, size_t *length, struct error *error)
{
	bool good = true;

	*bytes = NULL;
	*length = 0;
	pthread_mutex_lock(&stream->mutex);
	if (stream->holding) {
		stream->consumed++;
		stream->holding = false;
		pthread_cond_signal(&stream->changed);
	}
	while (stream->produced == stream->consumed && !stream->ended)
		pthread_cond_wait(&stream->changed, &stream->mutex);
	if (stream->produced != stream->consumed) {
		const struct chunk *chunk = &stream->chunks[stream->consumed % CHUNK_COUNT];

		*bytes = chunk->bytes;
		*length = chunk->length;
		stream->holding = true;
	} else if (stream->failed) {
		*error = stream->error;
		good = false;
	}
	pthread_mutex_unlock(&stream->mutex);
	return good;
}

void stream_close(struct stream *stream)
{
	if (!stream)
		return;
	pthread_mutex_lock(&stream->mutex);
	stream->closing = true;
	pthread_cond_signal(&stream->changed);
	pthread_mutex_unlock(&stream->mutex);
	pthread_join(stream->thread, NULL);
	for (int i = 0; i < CHUNK_COUNT; i++)
		free(stream->chunks[i].bytes);
	pthread_mutex_destroy(&stream->mutex);
	pthread_cond_destroy(&stream->changed);
	layers_close(&stream->layers);
	free_unread(stream);
}
